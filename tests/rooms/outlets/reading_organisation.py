"""The report on many groups, of the whole or of a branch, read whole: each group's row, each count of groups, each class."""

import re

from teamhealth.cells.audience import LEADER_THEME
from tests.rooms.outlets import reading_first_page as one
from tests.rooms.outlets import reading_tables as tables
from tests.rooms.outlets import sentences
from tests.rooms.outlets.reading_pages import (
    box_pair,
    practices,
    read_rest,
    start,
    statements_of,
)
from tests.rooms.outlets.reading_pages import points as talking_points
from tests.rooms.outlets.told import HIDDEN, SHARES, ends, near, split

_BELONG = {
    "apart": "no: read them one by one", "rough": "roughly", "fine": "yes",
    "redundant": "yes, and they ask nearly the same",
}  # fmt: skip


def read_organisation(t, html):
    """Read the report on a group and all groups below it."""
    page = start(t, html)
    t.below = _below(t)
    t.seen_rows, t.class_means = [], []
    one.consume(page.parts("p", "lead")[0].take(), one.LEAD, t.first)
    box_pair(t, page.parts("div", "pair")[0])
    _sure(t, page.parts("div", "overview")[0])
    _counted(t, page.parts("div", "facts")[0])
    practices(t, page)
    talking_points(t, page)
    for table in page.parts("table", "themes"):
        if "moving" in table.classes:
            _moving(t, table)
        else:
            tables.themes(t, table)
    for cls, reader in _TABLES.items():
        for table in page.parts("table", cls):
            reader(t, table)
    read_rest(t, page, [*sentences.GROUPS, *sentences.TALK, *sentences.TEAM])
    if t.below and page.parts("table", "groups") and len(t.seen_rows) < len(t.below):
        assert page.parts("table", "lies") or not any(
            c.compared for g in t.below for c in g.themes.values()
        )


def _below(t):
    """Give the groups below, each before those below it, in the order of the tree."""
    children = {}
    for group in t.seen.groups:
        children.setdefault(group.parent, []).append(group)
    found, left = [], list(reversed(children.get(t.id, [])))
    while left:
        found.append(left.pop())
        left += reversed(children.get(found[-1].id, []))
    return found


def _counted(t, facts):
    """Read how many of the groups below have a result; the other facts are sentences."""
    for cell in facts.parts("div", "cell"):
        if found := re.match(r"(\d+) of (\d+) groups?\b", cell.words()):
            shown = sum(group.responses is not None for group in t.below)
            assert (int(found[1]), int(found[2])) == (shown, len(t.below))
            cell.parts("p", "big")[0].take()


def _sure(t, call):
    known = [
        *one.SURE,
        (r"Not answering is everybody’s right; a few answers may be left out, to protect anonymity\.",
         lambda _g, _m: one._is(t.id == t.seen.root.id)),
        (r"A typical theme may be off by about (?P<n>\d\.\d) up or down\.", lambda _g, m: sentences.margin(t, m)),
    ]  # fmt: skip
    one.consume(call.take(), known, t.first)


def _groups(t, table):
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
    assert text.endswith("≠") == split(cell)
    t.is_mean(text.removesuffix("≠"), cell)
    colours = set(classes) & {"higher", "lower"}
    assert colours == ({cell.compared} & {"higher", "lower"})


def _lies(t, table):
    heads = [x.take() for x in table.parts("thead")[0].parts("th")]
    assert heads == ["Higher", "As usual", "Lower", "Not compared"]
    for row in table.parts("tbody")[0].parts("tr"):
        title, *counts = [x.take() for x in row.parts() if x.tag in {"th", "td"}]
        said = [getattr(g.themes.get(t.themes[title].id), "compared", None) for g in t.below]
        assert list(map(int, counts)) == [
            said.count(x) for x in ("higher", "usual", "lower", None)
        ]


def _differing(t, table):
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
            lambda c: c.compared == "higher", lambda c: c.compared == "lower", split,
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


def _carry(t, table):
    assert [x.take() for x in table.parts("thead")[0].parts("th")] == [
        "Do its statements belong together?", "Can teams be told apart on it?",
    ]  # fmt: skip
    titles = []
    for row in table.parts("tbody")[0].parts("tr"):
        title, belong, apart = [x.take() for x in row.parts() if x.tag in {"th", "td"}]
        titles.append(title)
        facts = t.themes[title]
        found = facts.reliability
        if found is None:
            assert belong == "not known"
        else:
            said = re.fullmatch(
                r"(.+?) \(([ωα])\s(.+?)\)( These statements do not make one score here\.)?",
                belong,
            )
            assert said[1] == _BELONG[found.band]
            assert said[2] == {"omega": "ω", "alpha": "α"}[found.by]
            near(said[3], found.value, 2)
            assert bool(said[4]) == (found.band == "apart")
        if facts.icc1 is None:
            assert apart == "not known"
            continue
        word = "hardly" if facts.icc1 < 0.10 else "somewhat" if facts.icc1 < 0.25 else "much"
        rough = word != "hardly" and facts.icc2 is not None and facts.icc2 < 0.5
        assert apart == word + (" One team’s mean is a rough guide." if rough else "")
    assert titles == t.general


def _moving(t, table):
    assert [x.take() for x in table.parts("thead")[0].parts("th")][1:] == ["Share", "Likely"]
    for drawing in table.parts("svg"):
        told = drawing.parts("title")[0].words()
        assert (
            told == "Scale from nought to all of it"
            or "what the themes together have to do with it" in told
        )
        drawing.drop()
    by_title = {t.titles[x.theme]: x for x in t.seen.drivers.themes}
    for row in table.parts("tbody")[0].parts("tr"):
        head, _, share, likely = [
            x.take() for x in row.within if getattr(x, "tag", "") in {"th", "td"}
        ]
        title = max((x for x in by_title if head.startswith(x)), key=len)
        driver = by_title.pop(title)
        against = " goes the other way: the higher it is, the lower the answer to this"
        assert head == title + (against if driver.correlation < 0 else "")
        near(re.fullmatch(r"(\d+)\s%", share)[1], 100 * driver.share, 0)
        low, high = re.fullmatch(r"(\d+)–(\d+)\s%", likely).groups()
        near(low, 100 * driver.low, 0)
        near(high, 100 * driver.high, 0)
    assert not by_title


def _classes(t, table):
    """Read people by what they said of themselves: each column must be one class, its cells that class's."""
    first, *heads = table.parts("thead")[0].parts("th")
    assert first.take() in {"Theme", "Statement"}
    parts = [x.parts("span", "part")[0].words() for x in heads]
    sizes = [int(re.fullmatch(r"(\d+) answers", x)[1]) for x in parts]
    names = [x.take().removesuffix(part).strip() for x, part in zip(heads, parts, strict=True)]
    cuts = {one: sorted(some, key=_place) for one, some in t.seen.cross_cuts.items()}
    fitting = [
        some[at : at + len(sizes)]
        for attribute, some in cuts.items()
        for at in range(0, len(some), 6)
        if [x.responses for x in some[at : at + 6]] == sizes
        and [_name(t, attribute, x) for x in some[at : at + 6]] == names
    ]
    assert fitting, (sizes, names)
    rows = [row for body in table.parts("tbody") for row in body.parts("tr")]
    assert any(all(_class_row(t, row, some) for row in rows) for some in fitting)
    for row in rows:
        for cell in row.parts():
            if cell.tag in {"th", "td"}:
                cell.take()
    for drawing in table.parts("svg"):
        drawing.drop()


def _place(one_class):
    """Give the place of a class: that of its first option; who said nothing stands last."""
    return min((value for value in one_class.values if value), default=1000)


def _name(t, attribute, one_class):
    """Say who is in a class."""
    asked = next(x for x in t.instrument.attributes if x.id == attribute)
    said = [asked.options[value - 1]["en"] for value in one_class.values if value]
    if asked.ordered and len(said) > 1:
        said = [f"“{said[0]}” to “{said[-1]}”"]
    if 0 in one_class.values:
        said.append("not said")
    return (
        said[0].capitalize()
        if said == ["not said"]
        else " and ".join(filter(None, [", ".join(said[:-1]), said[-1]]))
    )


def _class_row(t, row, some):
    head, *cells = [x for x in row.within if getattr(x, "tag", "") in {"th", "td"}]
    parts = "".join(
        x.words() for x in [*head.parts("span", "part"), *head.parts("span", "turned")]
    )
    name = head.words().removesuffix(parts).strip()
    if name in t.asked:
        shown = [x.items.get(t.asked[name].id) for x in some]
        words = [SHARES[x.word] if x else HIDDEN for x in shown]
        said = [x.words() for x in cells]
        return said == words or (said == [HIDDEN] and not any(shown))
    for one_class, cell in zip(some, cells, strict=False):
        shown = one_class.themes.get(t.themes[name].id)
        if shown is None:
            if cell.words() != HIDDEN:
                return False
            continue
        mean, _, likely = (
            cell.words().partition(" ")
            if "≥" not in cell.words()
            else cell.words().rpartition(" ")
        )
        try:
            t.is_mean(mean, shown)
            ends(likely, shown.interval)
        except AssertionError:
            return False
    return True


_TABLES = {
    "groups": _groups,
    "lies": _lies,
    "differing": _differing,
    "carry": _carry,
    "classes": _classes,
    "statements": lambda t, table: statements_of(t, tables.statements(t, table)),
    "digests": tables.digests,
}
