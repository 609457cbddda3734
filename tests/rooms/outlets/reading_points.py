"""The statements to talk about, read as told and held to be the ones to talk about."""

import re

from teamhealth.cells.audience import LEADER_THEME
from tests.rooms.outlets.paper import flat
from tests.rooms.outlets.reading_statements import people, shared
from tests.rooms.outlets.told import average, favourable


def points(t, page, *, wall=False):
    """Read the statements to talk about, and see that they are the ones to talk about."""
    found = []
    for trio in page.parts("div", "trio"):
        for cell in trio.parts("div", "cell"):
            theme, quote, said, ask = cell.parts("p")
            question = t.asked[quote.take()]
            shown = t.group.items[question.id]
            name = theme.take()
            assert question.theme == t.themes[name].id
            small = [x.words() for x in said.parts("span", "of")]
            shared(question, shown, said.take().removesuffix("".join(small)).strip())
            if small:
                people(
                    t,
                    shown,
                    re.fullmatch(
                        r"likely (?:between )?(?P<low>\d+)(?: and (?P<high>\d+))? of the (?P<asked>\d+) in the group",
                        small[0],
                    ),
                )
            assert ask.take() == flat(t.library.theme(question.theme).prompts)[0]
            found.append(question.id)
    t.points = len(found)
    if "points" not in t.left_out:
        _worth_it(t, found, wall)


def _worth_it(t, found, wall):
    """First the one of the theme to care for that fewest share, last one to keep, few sharing those between."""
    told = {
        i: cell for i, cell in t.group.items.items()
        if i in t.items and t.items[i] != LEADER_THEME and not (wall and _low(cell))
    }  # fmt: skip
    of = lambda theme: {i: _share(c) for i, c in told.items() if t.items[i] == theme}  # noqa: E731
    kept = of(t.keep)
    rest = list(found)
    assert len({t.items[i] for i in found}) == len(found) <= 3
    if kept:
        assert _share(told[rest[-1]]) == max(kept.values())
        assert t.items[rest.pop()] == t.keep
    if cared := of(t.care):
        assert t.items[rest[0]] == t.care
        assert _share(told[rest.pop(0)]) == min(cared.values())
    few = {}
    for item, cell in told.items():
        if not _most(cell) and t.items[item] not in (t.keep, t.care):
            few[t.items[item]] = min(few.get(t.items[item], 200), _share(cell))
    least = sorted(few.values())[: 3 - bool(kept) - bool(cared)]
    assert [_share(told[i]) for i in rest] == least


def _share(cell):
    words = ("almost_nobody", "a_minority", "about_half", "most", "almost_everybody")
    return 25 * words.index(cell.word) if cell.counts is None else favourable(cell)


def _most(cell):
    return (
        cell.word in {"most", "almost_everybody"}
        if cell.counts is None
        else favourable(cell) > 60
    )


def _low(cell):
    return (
        cell.word in {"a_minority", "almost_nobody"}
        if cell.counts is None
        else average(cell) < 3
    )
