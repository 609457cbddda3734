"""What is said of each theme over the whole organisation, beside its figures: from sums, to two decimals.

Of people who are counted: those of answering groups whose answers to all of a theme's
items stand in some figure. How many of them answered everything is told nowhere: that
number lies so near to others that it would tell of the few who skipped a question.
"""

import math

import numpy as np

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.findings import Band, Reliability
from teamhealth.cells.model import ThemeFacts
from teamhealth.disclosure.tree import Bools
from teamhealth.instruments.model import Theme
from teamhealth.results.charter import Charter
from teamhealth.results.moments import Moments
from teamhealth.results.tallying import Tally
from teamhealth.stats import pooling, reliability, spread
from teamhealth.stats.figures import Reason

AGAINST = -0.1
"""Below this correlation with the others' sum an item is told to be probably scored the wrong way round;
nearer to 0 a hundred people's answers cannot tell, and where nearly all answer alike it always is."""


_BY_NOTHING = "alpha"  # what is told as 0 says no more than that


def theme_facts(charter: Charter, tally: Tally, covered: Bools) -> tuple[ThemeFacts, ...]:
    """Return the themes as pinned and what is known of each; ``covered`` by answering group and item.

    How much groups differ in *Steady leadership* is how much those who lead them do: it
    is told only where that theme is for everybody.
    """
    agreed = charter.survey.leader_theme == "agreed"
    facts = []
    for number, theme in enumerate(charter.instrument.themes):
        here: Bools = np.all(covered[:, list(tally.themes[number])], axis=1)
        told = theme.id != LEADER_THEME or agreed
        icc1, icc2 = _differing(tally.moments, number, here) if told else (None, None)
        facts.append(
            ThemeFacts(
                id=theme.id,
                items=theme.items,
                correlation=spread.correlation(tally.within(covered, number)),
                reliability=_reliability(tally.moments, number, theme, here),
                icc1=icc1,
                icc2=icc2,
            )
        )
    return tuple(facts)


def two_decimals(value: float) -> float:
    """Return a share, correlation or coefficient as it is told; never −0."""
    return round(value, 2) + 0.0


def _reliability(
    moments: Moments, number: int, theme: Theme, here: Bools
) -> Reliability | None:
    found = reliability.scale(*moments.covariance(number, here))
    if found.omega.reason is Reason.NO_VARIATION:
        # As where nearly all answer alike: None would tell what the clip keeps back.
        return Reliability(value=0.0, by=_BY_NOTHING, band=Band.APART)
    if math.isnan(found.omega.value):
        return None
    value = two_decimals(max(found.omega.value, 0.0))
    turned = np.array(found.rest) < AGAINST
    return Reliability(
        value=value,
        by=found.omega.by if value else _BY_NOTHING,
        band=Band(reliability.band(value)),
        turned=tuple(item for item, low in zip(theme.items, turned, strict=True) if low),
    )


def _differing(
    moments: Moments, number: int, here: Bools
) -> tuple[float, float] | tuple[None, None]:
    found = pooling.differing(*moments.scored(number, here))
    if found.reason is not None:
        return None, None
    return two_decimals(found.icc1), two_decimals(found.mean_icc2)
