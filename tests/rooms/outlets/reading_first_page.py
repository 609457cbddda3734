"""Page one read sentence by sentence: each must be one that is known, and carried by its cells.

The rules are written anew here, from the words of the sentences, not from the code.
"""

import re
from functools import cache
from html import unescape
from statistics import median

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.findings import Band
from teamhealth.cells.model import Change, Compared
from teamhealth.instruments.library import library

MEDIUM_FROM, HIGH_FROM = library().banding.medium_from, library().banding.high_from
UP = {Change.VERY_LIKELY_HIGHER, Change.LIKELY_HIGHER}
DOWN = {Change.VERY_LIKELY_LOWER, Change.LIKELY_LOWER}
NUMBER = r"\d\.\d"


class Group:
    """One group's cells, and what may be said of them."""

    def __init__(self, seen, group, titles, previous=""):
        self.seen, self.group, self.previous = seen, group, previous
        self.titles = {titles[theme.id]: theme.id for theme in seen.themes}
        self.agreed = seen.survey.leader_theme == "agreed"
        self.all = {
            theme.id: group.themes[theme.id]
            for theme in seen.themes
            if theme.id in group.themes and (theme.id != LEADER_THEME or self.agreed)
        }
        no_score = {
            t.id for t in seen.themes if t.reliability and t.reliability.band is Band.APART
        }
        self.apart = [one for one in self.all if one in no_score and one != LEADER_THEME]
        self.cells = {
            theme: cell
            for theme, cell in self.all.items()
            if theme not in no_score and theme != LEADER_THEME
        }
        self.general = {t: c for t, c in self.all.items() if t != LEADER_THEME}

    def named(self, words):
        """Give the ids of titles as a sentence lists them."""
        found, rest = [], words
        while rest:
            title = max((t for t in self.titles if rest.startswith(t)), key=len)
            found.append(self.titles[title])
            rest = rest.removeprefix(title).removeprefix(", ").removeprefix(" and ")
        assert found
        return found

    def texts(self, words):
        """Give the cells of the themes named, each of which may be named."""
        return [self.cells[theme] for theme in self.named(words)]


def high(cell):
    """Tell whether two thirds of the interval lie in the high band."""
    return _share(cell, HIGH_FROM, 5.0) >= 2 / 3 - 1e-9


def low(cell):
    """Tell whether two thirds of the interval lie in the low band."""
    return _share(cell, 1.0, MEDIUM_FROM) >= 2 / 3 - 1e-9


def _share(cell, start, end):
    around = cell.interval
    if around is None:
        return 0.0
    if around.high <= around.low:
        return float(start <= around.low < end or around.low == end == 5.0)
    return max(0.0, min(around.high, end) - max(around.low, start)) / (around.high - around.low)


def divided(cell):
    """Tell whether people see it very differently."""
    return bool(cell.agreement and cell.agreement.divided)


def goes_up(cell):
    """Tell whether anything points up."""
    return high(cell) or cell.compared is Compared.HIGHER or cell.change in UP


def goes_down(cell):
    """Tell whether anything points down."""
    return low(cell) or cell.compared is Compared.LOWER or cell.change in DOWN


def to_keep(cell):
    """Tell whether a theme may be named as one to keep."""
    good = high(cell) or cell.compared is Compared.HIGHER
    return good and not goes_down(cell) and not divided(cell)


def to_care_for(cell):
    """Tell whether a theme may be named as one to care for."""
    return low(cell) or (goes_down(cell) and not goes_up(cell))


def torn(cell):
    """Tell whether a theme points both ways."""
    return goes_up(cell) and goes_down(cell)


def _none_high(g, *, others, compared):
    left = [c for c in g.cells.values() if not (others and (torn(c) or divided(c)))]
    assert not any(high(c) or (compared and c.compared is Compared.HIGHER) for c in left)
    _left_out(g, others, any(torn(c) or divided(c) for c in g.cells.values()))


def _none_low(g, *, others, compared):
    left = [c for c in g.cells.values() if not (others and torn(c))]
    assert not any(low(c) or (compared and c.compared is Compared.LOWER) for c in left)
    _left_out(g, others, any(torn(c) for c in g.cells.values()))


def _left_out(g, others, some):
    assert not others or some or g.apart or g.agreed


def _every(g, rule):
    assert not any(rule(cell) for cell in g.cells.values())


def _is(ok):
    assert ok


def _value(g, m):
    told = [float(m[name]) for name in ("mean", "low", "high")]
    cells = [cell for cell in g.cells.values() if cell.interval]
    means = [c.mean if c.full else min(c.mean, 4.8) for c in cells]
    found = [
        (mean, c.interval.low, c.interval.high) for mean, c in zip(means, cells, strict=True)
    ]
    assert any(all(abs(a - b) < 0.051 for a, b in zip(told, one, strict=True)) for one in found)


def _margin(g, m):
    halves = [(c.interval.high - c.interval.low) / 2 for c in g.general.values() if c.interval]
    assert abs(float(m["margin"]) - median(halves)) < 0.051
    assert abs(float(m["one"]) - 2 / g.group.responses) < 0.051


def _silent(g, number):
    assert g.group.invited - g.group.responses == number


def _responses(*names):
    return lambda g, _m: _is(g.group.response in names)


def _nothing(g, _m):
    assert not any(to_keep(c) or to_care_for(c) for c in g.cells.values())


def _moved(g, m, where):
    assert all(cell.change in where for cell in g.texts(m["t"]))
    named = {t for t, c in g.cells.items() if c.change in where}
    assert len(named) - 2 <= int(m["n"]) <= len(named)  # but those to keep and to care for


LEAD = [
    (r"(?P<t>.+?) looks strong\.", lambda g, m: _is(all(to_keep(c) and high(c) for c in g.texts(m["t"])))),
    (r"(?P<t>.+?) is higher than is usual in (?P<o>.+?)\.", lambda g, m: _is(all(to_keep(c) for c in g.texts(m["t"])))),
    (r"(?P<t>.+?) asks for care\.", lambda g, m: _is(all(to_care_for(c) for c in g.texts(m["t"])))),
    (r"Nothing clearly asks for care\.", lambda g, _m: _every(g, to_care_for)),
    (r"Nothing else stands out clearly\.", lambda g, _m: _every(g, to_keep)),
    (r"No theme stands out clearly\. Talk about the whole picture\.", _nothing),
    (r"No theme is singled out: each .*? whole picture\.", lambda g, _m: _is(not g.general)),
    (r"Too few answered the same statement for a result about any theme\.", lambda g, _m: _is(not g.general)),
    (r"Likely higher than in .+?: (?P<t>.+?)\.", lambda g, m: _is(all(c.change in UP for c in g.texts(m["t"])))),
    (r"Likely lower than in .+?: (?P<t>.+?)\.", lambda g, m: _is(all(c.change in DOWN for c in g.texts(m["t"])))),
    (r"(?P<n>\d+) themes are likely higher than in .+?, among them (?P<t>.+?)\.", lambda g, m: _moved(g, m, UP)),
    (r"(?P<n>\d+) themes are likely lower than in .+?, among them (?P<t>.+?)\.", lambda g, m: _moved(g, m, DOWN)),
    (r"No theme has clearly changed since .+?\.",
     lambda g, _m: _is({c.change for c in g.all.values()} - {None} == {Change.UNCLEAR})),
    (r"People in this group see (?P<t>.+?) very differently\.", lambda g, m: _is(all(divided(c) for c in g.texts(m["t"])))),
    (r"People in this group see (?P<n>\d+) themes very differently, among them (?P<t>.+?)\.",
     lambda g, m: _is(sum(map(divided, g.cells.values())) == int(m["n"]) and all(map(divided, g.texts(m["t"]))))),
    (r"Some voices are missing\.", _responses("some_silent")),
    (r"About half the group is silent here: a conversation starter, no more\.", _responses("half_silent")),
    (r"Fewer than four in ten are heard here: .*? not of the group\.(?: Among them:)?", _responses("too_silent")),
]  # fmt: skip

KEEP = [
    (r"One thing to keep Nothing stands out clearly", lambda g, _m: _every(g, to_keep)),
    (r"No theme is clearly high\.", lambda g, _m: _none_high(g, others=False, compared=False)),
    (r"No theme is clearly high or higher than usual\.", lambda g, _m: _none_high(g, others=False, compared=True)),
    (r"No other theme is clearly high\.", lambda g, _m: _none_high(g, others=True, compared=False)),
    (r"No other theme is clearly high or higher than usual\.", lambda g, _m: _none_high(g, others=True, compared=True)),
    (r"What the team values it will know itself: ask for it first\.", None),
    (r"Also to keep: (?P<t>.+?)\.", lambda g, m: _is(all(to_keep(c) for c in g.texts(m["t"])))),
    (r"There are (?P<n>\d+) other themes to keep\.", lambda g, m: _is(sum(map(to_keep, g.cells.values())) == int(m["n"]) + 1)),
]  # fmt: skip

CARE = [
    (r"One thing to care for Nothing stands out clearly", lambda g, _m: _every(g, to_care_for)),
    (r"No theme is clearly low\. That is an answer too\.", lambda g, _m: _none_low(g, others=False, compared=False)),
    (r"No theme is clearly low or lower than usual\. That is an answer too\.", lambda g, _m: _none_low(g, others=False, compared=True)),
    (r"No other theme is clearly low\. That is an answer too\.", lambda g, _m: _none_low(g, others=True, compared=False)),
    (r"No other theme is clearly low or lower than usual\. That is an answer too\.", lambda g, _m: _none_low(g, others=True, compared=True)),
    (r"There is no need to look for a fault\.", None),
    (r"Look at load, staffing and breaks first; habits come second\.", lambda g, _m: _is(to_care_for(g.cells["focus_recovery"]))),
    (r"Also to care for: (?P<t>.+?)\.", lambda g, m: _is(all(to_care_for(c) for c in g.texts(m["t"])))),
    (r"There are (?P<n>\d+) other themes to care for\.", lambda g, m: _is(sum(map(to_care_for, g.cells.values())) == int(m["n"]) + 1)),
]  # fmt: skip

EITHER = [
    (r"No theme has a value of its own here, so none is named\.", lambda g, _m: _is(not g.general)),
    (r"The signs for (?P<t>.+?) point both up and down, so (?:it is|they are) not named\.", lambda g, m: _is(all(torn(c) for c in g.texts(m["t"])))),
    (rf"About (?P<mean>{NUMBER}) of 5; the true value likely lies between (?P<low>{NUMBER}) and (?P<high>{NUMBER})\.", _value),
    (rf"(?P<mean>{NUMBER}) or higher of 5; the true value likely lies between (?P<low>{NUMBER}) and (?P<high>{NUMBER})\.", _value),
    (rf"About {NUMBER} of 5\.", None),
    (r"People in this group see this very differently\. The mean, [≥ ]*\d\.\d, stands for few of them\.", lambda g, _m: _is(any(map(divided, g.cells.values())))),
]  # fmt: skip

SIGNS = [
    (r"It is high on the scale\.", high),
    (r"It is low on the scale\.", low),
    (r"It is higher than is usual in .+?\.", lambda c: c.compared is Compared.HIGHER),
    (r"It is lower than is usual in .+?\.", lambda c: c.compared is Compared.LOWER),
    (r"It is very likely higher than in .+?\.", lambda c: c.change is Change.VERY_LIKELY_HIGHER),
    (r"It is likely higher than in .+?\.", lambda c: c.change is Change.LIKELY_HIGHER),
    (r"It is likely lower than in .+?\.", lambda c: c.change is Change.LIKELY_LOWER),
    (r"It is very likely lower than in .+?\.", lambda c: c.change is Change.VERY_LIKELY_LOWER),
]  # fmt: skip

SURE = [
    (r"How sure this is", None),
    (r"All (\d+) who were asked are in these figures\.", lambda g, _m: _silent(g, 0)),
    (r"One of the (\d+) who were asked is not in these figures\.", lambda g, _m: _silent(g, 1)),
    (r"(?P<n>\d+) of the (\d+) who were asked are not in these figures\.", lambda g, m: _silent(g, int(m["n"]))),
    (r"Not answering is everybody’s right; .*? to protect anonymity\.", None),
    (rf"A typical theme may be off by about (?P<margin>{NUMBER}) up or down\. If one person .*? by about (?P<one>{NUMBER})\.", _margin),
    (r"There is no survey before this one to compare with\.", lambda g, _m: _is(g.seen.survey.previous is None)),
    (r"With so few answers only a change of about half a point or more can be told\.", lambda g, _m: _is(any(c.change for c in g.all.values()))),
    (r"No change since the survey before is told here\.", lambda g, _m: _is(not any(c.change for c in g.general.values()))),
    (r"(?:About half|Fewer than four).*?(?:no more|not of the group)\.", _responses("half_silent", "too_silent")),
    (r"No change since .+? is told\.", _responses("half_silent")),
    (r"No change and no comparison is told\.", _responses("too_silent")),
    (r"No comparison is told\.", _responses("too_silent")),
    (r"(?P<t>.+?) (?:is|are) left out here: over all .*? make no one score\.", lambda g, m: _is(g.named(m["t"]) == g.apart)),
    (r"(?P<t>.+?) is left out here: it is for support only\.", lambda g, m: _is(g.agreed and g.named(m["t"]) == [LEADER_THEME])),
]  # fmt: skip


def read(html, group):
    """Read page one as it is before it becomes a PDF; fails for a sentence that nothing carries."""
    lead = words_of(re.search(r'<p class="lead">(.*?)</p>', html, re.DOTALL)[1])
    consume(lead, LEAD, group)
    pair = re.search(r'<div class="row pair">(.*?)<div class="row pair">', html, re.DOTALL)[1]
    keep, care = (words_of(part) for part in pair.split('<div class="cell">')[1:3])
    box(keep, "One thing to keep", KEEP, group, to_keep)
    box(care, "One thing to care for", CARE, group, to_care_for)
    consume(
        words_of(re.search(r'<div class="call">(.*?)</div>', html, re.DOTALL)[1]), SURE, group
    )
    return lead


def box(words, start, known, group, rule):
    """Read what is said of one theme, or why none is named; give the id of the theme."""
    theme, cell, rest = None, None, words
    if not words.startswith(f"{start} Nothing"):
        rest = words.removeprefix(f"{start} ")
        title = max((t for t in group.titles if rest.startswith(t)), key=len)
        rest = rest.removeprefix(title).strip()
        theme = group.titles[title]
        cell = group.cells[theme]
        assert rule(cell)
    signs = [
        (pattern, lambda _g, _m, holds=holds: _is(cell is not None and holds(cell)))
        for pattern, holds in SIGNS
    ]
    consume(rest, [*known, *EITHER, *signs], group)
    return theme


def consume(words, known, group):
    """Read words as sentences of those known, each of which must hold; fails for any other."""
    rest = words
    while rest:
        found = [(m, check) for pattern, check in known if (m := _shape(pattern).match(rest))]
        assert found, rest
        match, check = min(found, key=lambda one: (one[0].end(), "t" in one[0].groupdict()))
        if check:
            check(group, match)
        rest = rest[match.end() :]


@cache
def _shape(pattern):
    return re.compile(rf"{pattern}(?: |$)")


def words_of(html):
    html = re.sub(r"<svg.*?</svg>", " ", html, flags=re.DOTALL)
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
    return re.sub(r" ([.:,;])", r"\1", words)
