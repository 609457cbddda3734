"""Whether each group's people see a theme alike: from its shown counts, where all its items show them."""

from teamhealth.cells.findings import Agreement, Alike
from teamhealth.results.reckoning import Cells, Reckoning
from teamhealth.stats import agreement, polarisation


def agreeing(reckoning: Reckoning, cells: Cells) -> dict[str, Alike]:
    """Say of groups whose theme rests on the same items whether their people agree.

    Nothing is said where the theme is told in words.
    """
    names, counts = reckoning.in_numbers(cells)
    if not names:
        return {}
    apart = polarisation.polarisation_each(counts).mean(axis=1).tolist()
    camps = polarisation.divided_each(counts).tolist()
    found = agreement.agree_each(counts)
    return {
        name: Alike(
            word=Agreement(one.word),
            uniform=one.uniform.value,
            skewed=one.skewed.value,
            deviation=one.deviation.value,
            polarisation=away,
            divided=split,
        )
        for name, one, away, split in zip(names, found, apart, camps, strict=True)
        if one.word is not None
    }
