"""Drawings of a printed page read against the cells: every dot, every bar, every number in them."""

import re

from tests.rooms.outlets.named_themes import divided
from tests.rooms.outlets.told import ANSWERS, SHARES, ends, near, silent

_PALE, _GREY = "#A9CBE0", "#E4E2DC"
_PLACES = tuple(SHARES.values())


def _at(value):
    return 8 + (value - 1) * 80


def _close(attr, value):
    assert abs(float(attr) - value) < 0.05, (attr, value)


def strip(t, drawing):
    """Read the drawing of a theme; give its title."""
    words = drawing.parts("title")[0].words()
    drawing.drop()
    if words == "Scale from 1, disagree, to 5, agree":
        assert [one.words() for one in drawing.parts("text")] == list("12345")
        return None
    title = max((one for one in t.themes if words.startswith(f"{one}: ")), key=len)
    cell = t.cell(title)
    shape = (
        r"(?P<mean>.+?) of 5\.(?: Likely (?P<likely>[\d.–]+)\.)?"
        r"(?: Or from (?P<silent>[\d.]+), had the missing scored half a point lower\.)?"
        rf"(?: Usual in {re.escape(t.seen.root.name)}: (?P<usual>[\d.–]+)\.)?"
    )
    said = re.fullmatch(shape, words.removeprefix(f"{title}: "))
    t.is_mean(said["mean"], cell)
    ends(said["likely"], cell.interval)
    ends(said["usual"], cell.usual)
    assert bool(said["silent"]) == silent(cell)
    if said["silent"]:
        near(said["silent"], cell.silent)
    _drawn(drawing, cell)
    return title


def _drawn(drawing, cell):
    bars = {one.attrs["fill"]: one.attrs for one in drawing.parts("rect")}
    (dot,) = drawing.parts("circle")
    _close(dot.attrs["cx"], _at(cell.mean))
    assert (dot.attrs["fill"] == "#fff") == divided(cell)
    for colour, around in ((_PALE, cell.interval), (_GREY, cell.usual)):
        assert (colour in bars) == (around is not None)
        if around:
            _close(bars[colour]["x"], _at(around.low))
            _close(bars[colour]["width"], 80 * (around.high - around.low))
    assert ("#fff" in bars) == silent(cell)
    if silent(cell):
        _close(bars["#fff"]["x"], _at(cell.silent))
        _close(bars["#fff"]["width"], 80 * (cell.interval.low - cell.silent) + 6)


def five(cell, drawing):
    """Read the drawing of a statement that is told in a word."""
    word = SHARES[cell.word]
    told = drawing.parts("title")[0].words()
    assert told == f"{word}, on five steps from almost nobody to almost everybody"
    dot = drawing.parts("circle")[-1]
    _close(dot.attrs["cx"], 8 + 17 * _PLACES.index(word))
    drawing.drop()


def spread(cell, drawing):
    """Read five shares: in words, as numbers in the bars, and as the bars' own widths."""
    n = sum(cell.counts)
    shares = [100 * c / n for c in cell.counts]
    said = re.findall(r"([^:;]+): (\d+)\s%[;.]\s?", drawing.parts("title")[0].words())
    assert [name.strip() for name, _ in said] == list(ANSWERS)
    for (_, text), share in zip(said, shares, strict=True):
        near(text, share, 0)
    there = [share for share in shares if round(share, 2) > 0]
    start = -shares[0] - shares[1] - shares[2] / 2
    bars = drawing.parts("rect")
    labels = [one.words() for one in drawing.parts("text")]
    assert len(bars) == len(there)
    _close(bars[0].attrs["x"], 130 + 1.98 * start)
    for bar, share in zip(bars, there, strict=True):
        _close(bar.attrs["width"], max(1.98 * share - 0.8, 0.4))
    wide = [share for share in there if round(share, 2) >= 9]
    assert len(labels) == len(wide)
    for text, share in zip(labels, wide, strict=True):
        near(text, share, 0)
    drawing.drop()
