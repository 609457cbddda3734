"""The sheets of the spreadsheet: one row a group, a group's theme, a group's statement, a class's theme.

Promise: the cells of every other outlet, no more. A protected cell says the one sentence in
its first column of results and is empty in the others; below ten answers a statement is a word.
Groups stand in the order of the tree.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from teamhealth.cells import counts
from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.model import GroupResult, ItemCell, Range, ThemeCell
from teamhealth.i18n.messages import say
from teamhealth.outlets import numbers, spoken
from teamhealth.outlets.class_names import ClassName, class_name, in_order
from teamhealth.outlets.print_facts import Source

Value = str | float | int | None
Line = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, its heads with their widths in letters, and its rows, made when they are written."""

    name: str
    heads: tuple[tuple[str, int], ...]
    rows: Iterator[Line]


def of_groups(source: Source, groups: Sequence[GroupResult]) -> Sheet:
    """Return one row a group: how many were asked and answered, and the eNPS where it is told."""
    at = source.reader
    heads = (
        (say(at, "Group"), 44),
        (say(at, "Invited"), 10),
        (say(at, "Answers"), 34),
        (say(at, "eNPS"), 10),
        (say(at, "eNPS, low end"), 14),
        (say(at, "eNPS, high end"), 14),
        (say(at, "Promoters, %%"), 14),
        (say(at, "Passives, %%"), 14),
        (say(at, "Detractors, %%"), 14),
    )
    names = {group.id: group.name for group in source.seen.groups}
    return Sheet(say(at, "Groups"), heads, (_group(one, names, at) for one in groups))


def of_themes(source: Source, groups: Sequence[GroupResult]) -> Sheet:
    """Return one row a group and theme."""
    at = source.reader
    heads = (
        (say(at, "Group"), 44),
        (say(at, "Theme"), 30),
        (say(at, "Mean, 1–5"), 34),
        (say(at, "Likely from"), 12),
        (say(at, "Likely to"), 12),
        (say(at, "Note"), 20),
        (say(at, "Organisation’s mean"), 20),
        (say(at, "Beside the organisation"), 24),
        (say(at, "Usual from"), 12),
        (say(at, "Usual to"), 12),
        (say(at, "Since the survey before"), 24),
        (say(at, "Answers"), 10),
    )
    rows = (
        (
            group.path,
            source.words.themes[theme.id],
            *_theme(group.themes.get(theme.id), group, at),
        )
        for group in groups
        if group.responses is not None
        for theme in source.seen.themes
        if theme.id != LEADER_THEME or theme.id in group.themes
    )
    return Sheet(say(at, "Themes"), heads, rows)


def of_statements(source: Source, groups: Sequence[GroupResult]) -> Sheet:
    """Return one row a group and statement: a word below ten answers, else shares."""
    at = source.reader
    heads = (
        (say(at, "Group"), 44),
        (say(at, "Theme"), 30),
        (say(at, "Statement"), 60),
        (say(at, "Favourable answers"), 34),
        (say(at, "Favourable, %%"), 16),
        (say(at, "Mean, 1–5"), 12),
        *(
            (f"{place} · {answer}, %", 18)
            for place, answer in enumerate(source.words.answers, 1)
        ),
        (say(at, "Answers"), 10),
    )
    rows = (
        (group.path, title, source.words.questions[item], *_item(source, group, item))
        for group in groups
        if group.responses is not None
        for title, item in _asked(source, group)
    )
    return Sheet(say(at, "Statements"), heads, rows)


def of_classes(source: Source) -> Sheet:
    """Return one row a class and theme: what people told of themselves, over the whole survey."""
    at = source.reader
    heads = (
        (say(at, "People told"), 30),
        (say(at, "Who"), 44),
        (say(at, "Theme"), 30),
        (say(at, "Mean, 1–5"), 34),
        (say(at, "Likely from"), 12),
        (say(at, "Likely to"), 12),
        (say(at, "Note"), 20),
        (say(at, "Answers"), 10),
    )
    return Sheet(say(at, "By what people told"), heads, _class_rows(source))


def _group(group: GroupResult, names: dict[str, str], at: str) -> Line:
    if group.responses is None:
        where = names[group.counted_in] if group.counted_in else ""
        return (group.path, group.invited, spoken.hidden(at, where), *[None] * 6)
    cell = group.enps
    around = cell.interval if cell else None
    shares = counts.shares(cell.counts)[::-1] if cell else (None, None, None)
    ends = (around.low, around.high) if around else (None, None)
    score = cell.score if cell else None
    return (group.path, group.invited, group.responses, score, *ends, *shares)


def _theme(cell: ThemeCell | None, group: GroupResult, at: str) -> Line:
    if cell is None:
        return (spoken.hidden(at), *[None] * 9)
    return (
        *_mean(cell, at),
        cell.whole,
        spoken.compared(cell.compared, at) if cell.compared else None,
        *_ends(cell.usual),
        spoken.change(cell.change, at) if cell.change else None,
        group.responses,
    )


def _mean(cell: ThemeCell, at: str) -> Line:
    note = say(at, "4.8 or higher") if numbers.at_the_top(cell) else None
    return (cell.mean, *_ends(cell.interval), note)


def _ends(around: Range | None) -> Line:
    return (around.low, around.high) if around else (None, None)


def _asked(source: Source, group: GroupResult) -> Iterator[tuple[str, str]]:
    for theme in source.seen.themes:
        if theme.id != LEADER_THEME or any(item in group.items for item in theme.items):
            for item in theme.items:
                yield source.words.themes[theme.id], item
    for item in source.seen.extra:
        yield "", item


def _item(source: Source, group: GroupResult, item: str) -> Line:
    cell: ItemCell | None = group.items.get(item)
    if cell is None or (cell.counts is None and cell.word is None):
        return (spoken.hidden(source.reader), *[None] * 8)
    if cell.counts is None:
        word = spoken.share(cell.word, source.reader) if cell.word else None
        return (word, *[None] * 7, group.responses)
    shares = counts.shares(cell.counts)
    # Counts are turned already: what people chose of a turned statement is the other way round.
    given = shares[::-1] if source.instrument.question(item).reverse else shares
    favourable = counts.favourable(cell.counts)
    return (None, favourable, counts.mean(cell.counts), *given, sum(cell.counts))


def _class_rows(source: Source) -> Iterator[Line]:
    at = source.reader
    for attribute in source.instrument.attributes:
        if attribute.id not in source.seen.cross_cuts:
            continue
        question, classes = (
            attribute.text[source.words.language],
            source.seen.cross_cuts[attribute.id],
        )
        if not classes:
            yield (question, spoken.hidden(at), *[None] * 6)
        for one in in_order(classes):
            who = _called(class_name(attribute, one.values, source.words.language), at)
            for theme in source.seen.themes:
                if theme.id != LEADER_THEME:
                    cell = one.themes.get(theme.id)
                    told = _mean(cell, at) if cell else (spoken.hidden(at), *[None] * 3)
                    n = one.responses if cell else None
                    yield (question, who, source.words.themes[theme.id], *told, n)


def _called(name: ClassName, at: str) -> str:
    words = (" – " if name.stretch else " · ").join(name.options)
    if not name.not_said:
        return words
    unsaid = say(at, "not said")
    return f"{words} · {unsaid}" if words else unsaid
