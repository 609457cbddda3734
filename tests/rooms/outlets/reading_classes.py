"""Tables by what people said of themselves read: each column must be one class of the snapshot."""

import re

from tests.rooms.outlets.told import HIDDEN, SHARES, ends


def classes(t, table):
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
