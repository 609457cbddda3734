"""The view of a talk without numbers, for a group that has no result of its own.

Promise: it tells no number about the group, and no reason but the one that every hidden
cell has. What it tells of the group in which it is counted, all people of that one may read.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from teamhealth.advice.highlights import Highlights, highlights
from teamhealth.advice.suggesting import Suggestion, suggest
from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.model import GroupResult
from teamhealth.instruments.retro import Line
from teamhealth.outlets.print_facts import Facts, Source

_PROMPTS = 4


@dataclass(frozen=True, slots=True)
class Above:
    """What the summary of the group in which this one is counted says."""

    group: GroupResult
    responses: int
    found: Highlights


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question that opens a talk, and the theme it belongs to."""

    theme: str
    text: str


@dataclass(frozen=True, slots=True)
class GuideView:
    """The guide for one group. ``counted_in`` names where it is counted, empty where that is nowhere.

    ``above`` is None where there is nothing to tell, or the reader may not see it. ``start`` is
    a small practice for a group that has no idea of its own.
    """

    facts: Facts
    group: GroupResult
    counted_in: str
    above: Above | None
    titles: Mapping[str, str]
    prompts: tuple[Prompt, ...]
    rules: tuple[Line, ...]
    card: tuple[Line, ...]
    start: Suggestion | None


def guide_view(source: Source, group: GroupResult, *, above: bool) -> GuideView:
    """Work out the guide for a group without a result, from what everybody may see."""
    seen, library = source.seen, source.library
    wider = seen.group(group.counted_in) if group.counted_in else None
    told = _above(source, wider) if above and wider else None
    found = told.found if told else highlights(seen, group.id, library.banding)
    asked = [theme.id for theme in seen.themes if theme.id != LEADER_THEME]
    return GuideView(
        facts=source.facts,
        group=group,
        counted_in=wider.name if wider else "",
        above=told,
        titles=source.words.themes,
        prompts=_prompts(source, asked, found),
        rules=library.retro.ground_rules,
        card=library.retro.card,
        start=next(iter(suggest(library.practices, found, asked, 1)), None),
    )


def _above(source: Source, wider: GroupResult) -> Above | None:
    if wider.responses is None:
        return None
    found = highlights(source.seen, wider.id, source.library.banding)
    return Above(wider, wider.responses, found)


def _prompts(source: Source, asked: list[str], found: Highlights) -> tuple[Prompt, ...]:
    """Return a question a theme: those that are talked about above first, then as they were asked."""
    named = [one.theme for one in (found.care, found.keep) if one]
    chosen = dict.fromkeys([*named, *asked])
    return tuple(
        Prompt(source.words.themes[theme], source.library.theme(theme).prompts[0])
        for theme in list(chosen)[:_PROMPTS]
    )
