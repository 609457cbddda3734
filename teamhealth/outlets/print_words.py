"""What templates of print say with lists of themes, and with means, in one language.

Promise: in a page that runs from right to left every title keeps its own direction.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from markupsafe import Markup, escape

from teamhealth.advice import sentences
from teamhealth.advice.highlights import Highlights
from teamhealth.advice.sentences import Say, Sentence
from teamhealth.cells.model import ThemeCell
from teamhealth.i18n import languages
from teamhealth.i18n.lists import listed
from teamhealth.outlets import numbers, spoken
from teamhealth.outlets.themes import ThemeRow


def filters(language: str) -> dict[str, Callable[..., object]]:
    """Return the filters with which templates of print speak a language."""
    right_to_left = languages.direction(language) == "rtl"

    def named(names: Iterable[str]) -> list[Markup]:
        shape = Markup("<bdi>%s</bdi>") if right_to_left else Markup("%s")
        return [shape % name for name in names]

    def titled(themes: Iterable[str], titles: Mapping[str, str]) -> list[Markup]:
        return named(titles[theme] for theme in themes)

    def joined(words: Iterable[str]) -> Markup:
        return Markup(listed([str(escape(word)) for word in words], language))  # noqa: S704

    def value(cell: ThemeCell) -> str:
        mean = numbers.TOP if numbers.at_the_top(cell) else cell.mean
        return numbers.decimal(mean, language)

    return {
        **spoken.filters(language),
        "opening": _opening,
        "named": named,
        "titled": titled,
        "listed": joined,
        "value": value,
        "tops": numbers.at_the_top,
        "by_agreement": by_agreement,
        "headline": sentences.headline,
        "named_first": _named_first,
        "only_divided": _only_divided,
        "nothing_to_keep": sentences.nothing_to_keep,
        "nothing_to_care_for": sentences.nothing_to_care_for,
    }


def _opening(words: str) -> str:
    """Return words as they begin a sentence."""
    return words[:1].upper() + words[1:]


_BESIDES = {Say.RISEN, Say.FALLEN, Say.STEADY, Say.DIVIDED}


def _named_first(found: Highlights) -> list[Sentence]:
    """Return the headline without what changed, and what people see very differently."""
    return [one for one in sentences.headline(found) if one.say not in _BESIDES]


def _only_divided(found: Highlights) -> list[Sentence]:
    return [one for one in sentences.headline(found) if one.say is Say.DIVIDED]


def by_agreement(rows: Sequence[ThemeRow]) -> list[tuple[str, list[ThemeRow]]]:
    """Return themes by how alike people answer, rare words first; what is not told is left out."""
    kinds: dict[str, list[ThemeRow]] = {"divided": [], "little": [], "partly": [], "agree": []}
    for row in rows:
        if row.divided:
            kinds["divided"].append(row)
        elif row.alike is not None:
            kinds[row.alike].append(row)
    told = [(kind, some) for kind, some in kinds.items() if some]
    most = max(told, key=lambda one: len(one[1]), default=None)
    return [one for one in told if one is not most] + ([most] if most else [])
