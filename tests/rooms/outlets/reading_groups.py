"""Tables of many groups read: each group's row, each count of groups, each group that differs."""

import re

from teamhealth.cells.audience import LEADER_THEME
from tests.rooms.outlets.named_themes import divided
from tests.rooms.outlets.told import HIDDEN


def groups(t, table):
    """Read the groups in the order of the tree, each with its people, its means and the colours of them."""
    heads = [x.take() for x in table.parts("thead")[0].parts("th")]
    columns = [x for x, theme in t.themes.items() if theme.id != LEADER_THEME]
    assert heads == ["Answers", *columns]
    rows = [row for body in table.parts("tbody") for row in body.parts("tr")]
    at = 0
    for row in rows:
        head, *rest = [x for x in row.within if getattr(x, "tag", "") in {"th", "td"}]
        parts = [x.words() for x in head.parts("span", "part")]
        name = head.take().removesuffix("".join(parts)).strip()
        while t.below[at].name != name:
            at += 1
        group = t.below[at]
        at += 1
        t.seen_rows.append(group.id)
        told = [x.take() for x in rest]
        deeper = sum(_is_below(t, x, group) for x in t.below)
        if parts:
            assert re.fullmatch(rf"and {deeper} groups? below", parts[0])
        if group.responses is None:
            where = (
                f" Counted in {t.seen.group(group.counted_in).name}."
                if group.counted_in
                else ""
            )
            assert told == [HIDDEN + where]
            continue
        people = re.fullmatch(r"(\d+) of (\d+)(\*?)", told[0])
        assert (int(people[1]), int(people[2])) == (group.responses, group.invited)
        assert bool(people[3]) == (group.response == "too_silent")
        for title, text, cell in zip(columns, told[1:], rest[1:], strict=True):
            _mean(t, group.themes.get(t.themes[title].id), text, cell.classes)


def _is_below(t, group, top):
    while group.parent is not None:
        if group.parent == top.id:
            return True
        group = t.seen.group(group.parent)
    return False


def _mean(t, cell, text, classes):
    if cell is None:
        assert text == "·"
        return
    assert text.endswith("≠") == divided(cell)
    t.is_mean(text.removesuffix("≠"), cell)
    colours = set(classes) & {"higher", "lower"}
    assert colours == ({cell.compared} & {"higher", "lower"})


def lies(t, table):
    """Read how many groups lie higher, as usual and lower in each theme."""
    heads = [x.take() for x in table.parts("thead")[0].parts("th")]
    assert heads == ["Higher", "As usual", "Lower", "Not compared"]
    for row in table.parts("tbody")[0].parts("tr"):
        title, *counts = [x.take() for x in row.parts() if x.tag in {"th", "td"}]
        said = [getattr(g.themes.get(t.themes[title].id), "compared", None) for g in t.below]
        assert list(map(int, counts)) == [
            said.count(x) for x in ("higher", "usual", "lower", None)
        ]


def differing(t, table):
    """Read the groups without a row that differ, each with the themes in which it does."""
    assert [x.take() for x in table.parts("thead")[0].parts("th")] == [
        "Group", "Higher than usual", "Lower than usual", "Seen very differently",
    ]  # fmt: skip
    rest = [g for g in t.below if g.id not in t.seen_rows]
    for row in table.parts("tbody")[0].parts("tr"):
        head, *cells = [x for x in row.within if getattr(x, "tag", "") in {"th", "td"}]
        parts = "".join(x.words() for x in head.parts("span", "part"))
        name = head.take().removesuffix(parts).strip()
        group = next(g for g in rest if g.name == name and _between(t, g) == parts)
        holds = (
            lambda c: c.compared == "higher", lambda c: c.compared == "lower", divided,
        )  # fmt: skip
        for cell, rule in zip(cells, holds, strict=True):
            words = cell.take()
            named = [] if words == "–" else t.first.named(words)
            assert named == [
                x.id for x in t.seen.themes
                if x.id in group.themes and x.id != LEADER_THEME and rule(group.themes[x.id])
            ]  # fmt: skip


def _between(t, group):
    above = group.path.removeprefix(f"{t.group.path}/").rpartition("/")[0]
    return above.replace("/", " / ")
