"""Tables and drawings of a printed page read against the cells: every row, every number, every bar."""

import re
from datetime import date

from teamhealth.cells.audience import LEADER_THEME
from tests.rooms.outlets.told import (
    ANSWERS,
    CHANGES,
    COMPARED,
    HIDDEN,
    SHARES,
    day,
    ends,
    favourable,
    near,
    silent,
    split,
)

_BLUE, _PALE, _GREY = "#1F5F8B", "#A9CBE0", "#E4E2DC"
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
    assert (dot.attrs["fill"] == "#fff") == split(cell)
    for colour, around in ((_PALE, cell.interval), (_GREY, cell.usual)):
        assert (colour in bars) == (around is not None)
        if around:
            _close(bars[colour]["x"], _at(around.low))
            _close(bars[colour]["width"], 80 * (around.high - around.low))
    assert ("#fff" in bars) == silent(cell)
    if silent(cell):
        _close(bars["#fff"]["x"], _at(cell.silent))
        _close(bars["#fff"]["width"], 80 * (cell.interval.low - cell.silent) + 6)


def themes(t, table, *, titles=None, brief=False):
    """Read a table of themes: each once, the highest first, with all that its cell says."""
    heads = [one.take() for one in table.parts("thead")[0].parts("th")][1:]
    strip(t, table.parts("thead")[0].parts("svg")[0])
    known = ["Value", "Likely"]
    past = _before(t) if titles is None else []
    known += _labels(past)
    compared, changed = f"Beside {t.seen.root.name}", "Since last time"
    changed = f"Since {t.before.survey.title}" if t.before else changed
    columns = heads[len(known) :]
    assert heads == known + [one for one in (compared, changed) if one in columns]
    cells = t.other_cells()
    assert (compared in columns) == (not brief and any(c.compared for c in cells))
    assert (changed in columns) == (not brief and any(c.change for c in cells))
    rows = table.parts("tbody")[0].parts("tr")
    how = {"past": past, "compared": compared in columns, "changed": changed in columns}
    found = [_theme(t, row, **how, brief=brief) for row in rows]
    order = [title for title, _ in found]
    wanted = t.general if titles is None else titles
    shown = sorted((x for x in wanted if t.cell(x)), key=lambda x: -t.cell(x).mean)
    assert order == shown + [x for x in wanted if not t.cell(x)], table.words()
    return [cell for _, cell in found if cell]


def _labels(past):
    """Give the heading of the column of the surveys before."""
    if not past:
        return []
    shape = "{0:%b} {0.year}" if len(past) < 3 else "{0:%b}"
    return [" · ".join(shape.format(date.fromisoformat(one.survey.closed)) for one in past)]


def _before(t):
    """Give the surveys before of which anything can be told beside today's statements."""
    past = list(reversed(t.earlier[:3]))
    while past and not any(_then(t, past[0], title) for title in t.general):
        past = past[1:]
    return past


def _then(t, survey, title):
    """Give the cell of a theme in a survey before, if it rests on the same statements."""
    theme, now = t.themes[title].id, t.cell(title)
    group = next((one for one in survey.groups if one.id == t.id), None)
    if theme == LEADER_THEME and survey.survey.leader_theme != "agreed":
        return None
    cell = group.themes.get(theme) if group else None
    return cell if cell and now and cell.items == now.items else None


def _theme(t, row, *, past, compared, changed, brief):
    head, *rest = [one for one in row.within if getattr(one, "tag", "") in {"th", "td"}]
    parts = [one.words() for one in head.parts("span", "part")]
    title = _title(head.take(), parts)
    cell = t.cell(title)
    if cell is None:
        assert parts == []
        assert [one.take() for one in rest] == [HIDDEN]
        return title, None
    asked, rests = len(t.themes[title].items), len(cell.items)
    assert parts == [
        *([f"{rests} of {asked} statements"] if rests < asked and not brief else []),
        *(["seen very differently"] if split(cell) else []),
        *(["no one score: read one by one"] if t.apart(title) else []),
    ], (title, parts)
    picture, mean, likely, *more = rest
    assert strip(t, picture.parts("svg")[0]) == title
    picture.take()
    if not brief:
        assert bool(mean.parts("b")) == (not split(cell) and not t.apart(title))
    t.is_mean(mean.take(), cell)
    whisker = [one.words() for one in likely.parts("span", "silent")]
    ends(likely.take().partition(" ")[0], cell.interval)
    assert bool(whisker) == (silent(cell) and not brief)
    if whisker:
        near(whisker[0][1:-1], cell.silent)
    if past:
        _values(t, title, past, more.pop(0).take())
    if compared:
        assert more.pop(0).take() == COMPARED[cell.compared]
    if changed:
        assert more.pop(0).take() == CHANGES[cell.change]
    assert not more
    return title, cell


def _title(words, parts):
    for part in reversed(parts):
        words = words.removesuffix(part).strip()
    return words


def _values(t, title, past, words):
    told = words.split(" · ") if words else []
    assert len(told) == (len(past) if title in t.general else 0)
    for text, survey in zip(told, past, strict=False):
        cell = _then(t, survey, title)
        if cell is None:
            assert text == "–"
        else:
            t.is_mean(text, cell)


def shared(question, cell, words):
    """See that words say how many answer a statement in its favourable sense."""
    verb = "disagree" if question.reverse else "agree"
    if cell.counts is None:
        word = SHARES[cell.word]
        plural = word in {"most", "about half"}
        assert words == f"{word} {verb}{'' if plural else 's'}".capitalize()
    else:
        share, said = re.fullmatch(r"(\d+)\s%\s(\w+)", words).groups()
        near(share, favourable(cell), 0)
        assert said == verb


def statements(t, table):
    """Read a table of statements: each theme's, with words or shares; give the ids of all."""
    heads = [one.take() for one in table.parts("thead")[0].parts("th")]
    assert heads in (["Favourable"], ["Theme", "Statement", "Favourable"])
    found = []
    for body in table.parts("tbody"):
        (name,) = [one.take() for one in body.parts("th", "theme")] or [None]
        some = [_statement(t, row) for row in body.parts("tr") if not _is_head(row)]
        for item in some:
            theme = t.items.get(item)
            assert name in (None, t.titles[theme] if theme else "Also asked"), (name, item)
        found += some
    return found


def _is_head(row):
    return len([one for one in row.parts() if one.tag in {"th", "td"}]) == 1 and row.parts(
        "th", "theme"
    )


def _statement(t, row):
    parts = [
        one for one in row.within if getattr(one, "tag", "") in {"th", "td"}
        and "theme" not in one.classes
    ]  # fmt: skip
    text, *rest = parts
    marked = [one.words() for one in text.parts("span", "turned")]
    words = text.take()
    question = t.asked[_title(words, marked)]
    assert marked == (["turned"] if question.reverse else [])
    cell = t.group.items.get(question.id)
    if cell is None:
        assert [one.take() for one in rest] == [HIDDEN]
        return question.id
    picture, told = rest
    if drawing := picture.parts("svg"):
        (_five if cell.counts is None else _spread)(cell, drawing[0])
    picture.take()
    small = [one.words() for one in told.parts("span", "of")]
    said = _title(told.take(), small)
    if cell.counts is None:
        assert said == SHARES[cell.word]
    else:
        near(re.fullmatch(r"(\d+)\s%", said)[1], favourable(cell), 0)
    if small:
        people(
            t,
            cell,
            re.fullmatch(r"(?P<low>\d+)(?:–(?P<high>\d+))? of\s(?P<asked>\d+)", small[0]),
        )
    elif cell.counts is not None and drawing:
        assert cell.people is None
    return question.id


def people(t, cell, said):
    """See that a range of people is a cell's, of all who were asked."""
    low, high, asked = said["low"], said["high"] or said["low"], said["asked"]
    assert (int(low), int(high)) == cell.people
    assert int(asked) == t.group.invited
    assert cell.counts[3] + cell.counts[4] <= t.group.invited


def _five(cell, drawing):
    word = SHARES[cell.word]
    told = drawing.parts("title")[0].words()
    assert told == f"{word}, on five steps from almost nobody to almost everybody"
    dot = drawing.parts("circle")[-1]
    _close(dot.attrs["cx"], 8 + 17 * _PLACES.index(word))
    drawing.drop()


def _spread(cell, drawing):
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


def agenda(t, table):
    """Read the steps of a talk; give how long they take together."""
    heads = [one.take() for one in table.parts("thead")[0].parts("th")]
    assert heads == ["Time", "Step", "What to say"]
    steps = {one.title: one for talk in t.library.retro_formats for one in talk.steps}
    total = 0
    for row in table.parts("tbody"):
        for line in row.parts("tr"):
            minutes, title, words = [
                one.take() for one in line.parts() if one.tag in {"td", "th"}
            ]
            told = int(re.fullmatch(r"(\d+) min", minutes)[1])
            total += told
            if t.group.responses is None:
                continue
            step = next(
                s for talk in t.library.retro_formats for s in talk.steps
                if s.title == title and words.startswith(" ".join(s.script.split()))
            )  # fmt: skip
            rest = words.removeprefix(" ".join(step.script.split())).strip()
            notes = [" ".join(one.split()) for one in (step.uses_results, step.notes) if one]
            assert rest in ("", " ".join(notes)), rest
            assert told == step.minutes
    assert steps
    return total


def digests(t, table):
    """Read what a survey is known by."""
    rows = {
        row.parts("th")[0].take(): row.parts("td")[0].take() for row in table.parts("tr")
    }  # fmt: skip
    facts = t.seen.survey
    survey = re.fullmatch(
        r"Open from (.+?) to (.+?); counted by Team Health (.+?)\.(?: (\d+) envelopes? held nothing that could be read\.)?",
        rows.pop("Survey"),
    )
    assert survey[1] == day(facts.opened)
    assert survey[2] == day(facts.closed)
    assert survey[3] == t.seen.code_version
    assert int(survey[4] or 0) == t.seen.void
    assert rows.pop("Survey’s fingerprint") == facts.fingerprint
    assert rows.pop("Digest of the questions") == facts.instrument_digest
    assert rows.pop("Mark of the results", "") == t.mark
    assert not rows


def card(t, table):
    """Read a card to be filled in."""
    for one in [*table.parts("caption"), *table.parts("th")]:
        known = {line.text for line in t.library.retro.card}
        assert one.take() in known | {"Action card, to fill in by hand"}
