"""Tables of themes read against the cells: every row, every number, also those of the surveys before."""

from datetime import date

from teamhealth.cells.audience import LEADER_THEME
from tests.rooms.outlets.named_themes import divided
from tests.rooms.outlets.paper import without
from tests.rooms.outlets.reading_drawings import strip
from tests.rooms.outlets.told import CHANGES, COMPARED, HIDDEN, ends, near, silent


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
    title = without(head.take(), parts)
    cell = t.cell(title)
    if cell is None:
        assert parts == []
        assert [one.take() for one in rest] == [HIDDEN]
        return title, None
    asked, rests = len(t.themes[title].items), len(cell.items)
    assert parts == [
        *([f"{rests} of {asked} statements"] if rests < asked and not brief else []),
        *(["seen very differently"] if divided(cell) else []),
        *(["no one score: read one by one"] if t.apart(title) else []),
    ], (title, parts)
    picture, mean, likely, *more = rest
    assert strip(t, picture.parts("svg")[0]) == title
    picture.take()
    if not brief:
        assert bool(mean.parts("b")) == (not divided(cell) and not t.apart(title))
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


def _values(t, title, past, words):
    told = words.split(" · ") if words else []
    assert len(told) == (len(past) if title in t.general else 0)
    for text, survey in zip(told, past, strict=False):
        cell = _then(t, survey, title)
        if cell is None:
            assert text == "–"
        else:
            t.is_mean(text, cell)
