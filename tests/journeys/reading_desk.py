"""Results pages read number by number: tables, drawings, charts, sentences, and what is left over.

Every function fails where a page says something else than the second calculation, and
``nothing_else`` where it says a number that nobody accounts for.
"""

import re
from itertools import product

from tests.journeys.sixty import QUESTIONS, TITLES, statements_of
from tests.journeys.written import HIDDEN, LEADING, WORDS, name, rounded
from tests.reading import figures, rows, said

CHECKED = ("themes", "spread", "words", "groups", "heat", "by-group")
_TABLE = r'<table[^>]*class="[^"]*\b{}\b[^"]*".*?</table>'
_TURNED = "Turned round: blue is disagreement"
_SPLIT = "People in this group see this very differently"
_ELSEWHERE = [  # names and content that hold figures of their own, and what is checked by itself
    r"<head>.*?</head>", r'<header class="desk-top">.*?</header>', r"<article>.*?</article>",
    r'<aside[^>]*aria-label="About this theme">.*?</aside>',
    r'<ul class="said">.*?</ul>', r'<p class="note source">.*?</p>',
    r'<details class="fold sec"[^>]*><summary>How these figures were made.*?</details>',
    r'<table[^>]*aria-label="Spread of answers.*?</table>', r'<ul class="heatkey">.*?</ul>',
]  # fmt: skip


def text_of(item):
    """Give a statement as it was asked in English."""
    return QUESTIONS[item].text["en"]


def themes(html, group, *, leader=False):
    """Read the table of themes: means, intervals, the usual range, and where each dot lies."""
    told = [row for row in rows(html, "themes") if row[0] != "Theme"]
    expected = {}
    for theme in group.themes():
        mean = group.mean(theme)
        here, asked = len(group.rests_on(theme)) if mean else 0, len(statements_of([theme]))
        part = f"{here} of {asked} statements" if 0 < here < asked else ""
        between = group.between(theme) + from_silent(group, theme)
        cells = ["", mean, between, group.between(theme, "label")]
        expected[TITLES[theme] + part + split(group, theme)] = cells if mean else [HIDDEN]
    assert {row[0]: row[1:5] for row in told} == expected, group.path
    _drawn(html, group)
    if leader:
        fold = re.search(r"It is (?:about )?<strong>.*?</p>", html, re.DOTALL)[0]
        assert said(fold).rstrip(".").removeprefix("It is ") == about(group, LEADING)


def split(group, theme):
    """Give what stands below the name of a theme that people see very differently."""
    return _SPLIT if group.divided(theme) else ""


def in_map(group, theme):
    """Word a theme's mean in the map of groups."""
    mean = group.mean(theme) or HIDDEN
    return f"{mean}≠ seen very differently" if group.divided(theme) else mean


def from_silent(group, theme):
    """Word where an interval would begin for the silent."""
    return f" from {group.silent(theme)}" if group.silent(theme) else ""


def about(group, theme):
    """Word a theme's mean as a sentence does."""
    mean, ends = group.mean(theme), group.between(theme).replace("–", " and ")
    start = "4.8 or higher" if mean.startswith("≥") else f"about {mean}"
    return f"{start}. Likely between {ends}"


def _drawn(html, group):
    table = re.search(_TABLE.format("themes"), html, re.DOTALL)[0]
    for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)[1:]:
        theme = next(t for t, title in TITLES.items() if f">{title}<" in row)
        dots = re.findall(r'class="dot(?: split)?" cx="([\d.]+)%"', row)
        lines = re.findall(r'class="iv" x1="([\d.]+)%".*? x2="([\d.]+)%"', row)
        fields = re.findall(r'class="usual" x="([\d.]+)%".*? width="([\d.]+)%"', row)
        mean = group.found.cells.get((group.path, theme, "", "mean"))
        assert [_value(x) for x in dots] == ([near(mean[0])] if mean else [])
        expected = _ends(group, theme, "mean")
        if group.silent(theme):
            told = group.found.cells[group.path, theme, "", "mean_if_silent"][0]
            expected = [(near(told), expected[0][0]), *expected]
        assert [tuple(map(_value, ends)) for ends in lines] == expected
        spans = [(_value(x), _value(float(x) + float(width))) for x, width in fields]
        assert spans == _ends(group, theme, "label")


def _value(per_cent):
    return near(1 + float(per_cent) / 25)


def near(value):
    """Give a value as precisely as a drawing has it."""
    return round(value, 2)


def _ends(group, theme, what):
    ends = group.found.ranges.get((group.path, theme, what))
    return [tuple(map(near, ends))] if ends else []


def _cells(group, theme, item, *, drawn):
    turned = QUESTIONS[item].reverse
    if (share := group.per_cent(theme, item)) and not drawn:
        low, high = group.people(item)
        many = f"between {low} and {high}" if low < high else f"{low}"
        likely = f"likely {many} of the {group.invited} in the group"
        return [f"{share} {'disagree' if turned else 'agree'}{likely}"]
    if share:
        agree = " ".join([share, *["disagree"] * turned, group.of_all(item)])
        return ["", agree, group.item_mean(theme, item)]
    word = group.word(theme, item)
    return [WORDS[word][turned] if word else HIDDEN]


def statements(html, group, asked):
    """Read the statements of some themes, in words or as spreads, with the labels on their bars."""
    drawn, worded = (
        {row[0].removesuffix(_TURNED): row[1:] for row in rows(html, cls) if len(row) > 1}
        for cls in ("spread", "words")
    )
    told, expected = worded | drawn, {}
    told.pop("Statement", None)
    for theme, item in statements_of(asked):
        cells = _cells(group, theme, item, drawn=text_of(item) in drawn)
        expected[text_of(item)] = cells
    assert told == {text: cells for text, cells in expected.items() if text in told}
    may_lack = {text_of(item) for _, item in statements_of(("", LEADING))}
    for text in expected.keys() - told.keys():
        assert text in may_lack, text
        assert expected[text] == [HIDDEN], text
    _bars(html, group, [p for p in statements_of(asked) if text_of(p[1]) in drawn])


def _bars(html, group, drawn):
    per_cents = {row[0]: row[1:] for row in rows(html, "t") if len(row) == 6}
    rest = set(per_cents) - {"Statement"}
    for theme, item in drawn:
        if not group.per_cent(theme, item):
            continue
        shares = group.shares(theme, item)
        if text_of(item) in rest:
            given = shares[::-1] if QUESTIONS[item].reverse else shares
            assert per_cents[text_of(item)] == [f"{share} %" for share in given]
            rest.discard(text_of(item))
        row = next(r for r in re.findall(r"<tr.*?</tr>", html, re.DOTALL)
                   if f">{text_of(item)}<" in r and 'class="lik"' in r)  # fmt: skip
        labels = re.findall(r'<text class="x(\d)"[^>]*>(\d+)</text>', row)
        assert all(shares[int(answer) - 1] == label for answer, label in labels)
    assert not rest & {text_of(item) for _, item in statements_of(TITLES)}


def charts(html, group):
    """Read the charts' own data: the means with their intervals, the spread of answers."""
    for figure in figures(html):
        dots = [trace for trace in figure["data"] if trace.get("mode") == "markers"]
        if dots:
            _interval_chart(figure, group, dots[-1])
        else:
            _spread_chart(figure, group)


def _interval_chart(figure, group, dots):
    order = sorted(  # as in the table: the highest first
        (theme for theme in group.themes() if group.mean(theme)),
        key=lambda theme: -group.found.cells[group.path, theme, "", "mean"][0],
    )
    apart = "; people see this very differently"
    assert dots["text"] == [
        group.mean(theme).replace(" ", "\u00a0") + (apart if group.divided(theme) else "")
        for theme in order
    ]
    assert dots["x"] == [float(group.mean(theme).removeprefix("≥ ")) for theme in order]
    bars = [
        trace
        for trace in figure["data"]
        if trace["type"] == "bar" and not trace["name"].startswith("if those missing")
    ]
    for trace, what in zip(reversed(bars), ("mean", "label"), strict=False):
        shown = [theme for theme in order if group.between(theme, what)]
        assert trace["text"] == [group.between(theme, what) for theme in shown]
        for at, theme in enumerate(shown):
            low, high = group.found.ranges[group.path, theme, what]
            assert abs(trace["base"][at] - low) < 1e-6
            assert abs(trace["x"][at] - (high - low)) < 1e-4


def _spread_chart(figure, group):
    cells = group.found.cells
    told = [p for p in statements_of((*group.themes(), "")) if group.per_cent(*p)]
    for answer, trace in enumerate(figure["data"], 1):
        wide = [cells[(group.path, *place, f"share_{answer}")][0] for place in told]
        assert trace["x"] == [near(share) for share in wide]
        assert trace["text"] == [rounded(share, 0) for share in wide]


def nothing_else(html, group, *, also=()):
    """Fail for a number outside the checked tables that is none of this group's own."""
    for cls, pattern in product(CHECKED, [_TABLE]):
        html = re.sub(pattern.format(cls), "", html, flags=re.DOTALL)
    for pattern in _ELSEWHERE:
        html = re.sub(pattern, "", html, flags=re.DOTALL)
    words = said(html)
    if group.responses is not None:
        for theme in TITLES:
            if group.mean(theme):
                words = words.replace(about(group, theme), "")
                if group.divided(theme):
                    words = words.replace(f"The mean, {group.mean(theme)}, stands", "")
        also = {*also, *group.taken.split(" of "), group.margin(), group.one_person()}
        also |= set(re.findall(r"\d+", " ".join(group.enps() or ())))
        also |= set(re.findall(r"\d+", group.score_between() if group.enps() else ""))
    usual = {"1", "5", "95", "30"}  # the scale, its ends, "95 %", a talk of half an hour
    found = set(re.findall(r"\d+(?:\.\d+)?", words)) - usual
    assert found <= set(map(str, also)), (group.path, found - set(map(str, also)), words)


def listed(words):
    """Join words as English does; by commas alone where one holds an *and* itself."""
    if any(" and " in word for word in words):
        return ", ".join(words)
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def unlike(html, groups):
    """Read what stands out, in words: the labels of the second calculation and no others."""
    told = re.search(r"What stands out, in words</h2>(.*?)</section>", html, re.DOTALL)[1]
    expected = []
    for group in groups:
        parts = []
        for label in ("higher", "lower"):
            named = [TITLES[t] for t in group.themes() if group.label(t) == label]
            if named:
                parts.append(f"{label} than usual in {listed(named)}")
        if parts:
            expected.append(f"{name(group.path)} is {', and '.join(parts)}.")
    assert [said(one) for one in re.findall(r"<li>.*?</li>", told, re.DOTALL)] == expected
    return len(expected)
