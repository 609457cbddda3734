"""Reading the outlets of odd shapes: what must never be printed, and what must be said."""

import csv
import io
import json
import math
import re
from html.parser import HTMLParser

import pytest

from teamhealth.advice.highlights import highlights
from teamhealth.cells.audience import LEADER_THEME
from teamhealth.errors import RefusedError
from teamhealth.instruments.library import library
from tests.desk import HR
from tests.reading import figures, said
from tests.shelf import leader

HIDDEN = "Not shown, to protect anonymity."
NEVER = re.compile(
    r"\b(None|nan|NaN|inf|Infinity|undefined|null)\b|\{\{|\}\}|\{%|%\}|<bound|object at 0x"
    r"|\b0 of 0\b|(?<![\d.])1 (?:themes|groups|answers|statements|comments|people|envelopes|surveys)\b"
    r"|(?<!\w)[-\u2212]0(?:\.0)?(?![\w.])|(?<!\.)\.\.(?!\.)| ,(?! )"
)
"""What no reader should meet: a missing value, a name of the program, nought of nought, a bad plural."""

OF_WORDS = re.compile(r"one statement a theme|theme of one statement|told in (?:a )?words?\b")
"""What is true only where every theme has one statement, or where some statement is told in a word."""


def telling(snapshot, *, every):
    """Give the groups to look at: all, or the top, the first and last with a result, and a hidden one."""
    if every:
        return snapshot.groups
    shown = [group for group in snapshot.groups[1:] if group.responses is not None]
    hidden = [group for group in snapshot.groups[1:] if group.responses is None]
    some = (snapshot.root, *shown[:1], *shown[-1:], *hidden[-1:])
    return list({group.id: group for group in some}.values())


def table(text, found):
    """Read the CSV: every group has its cells, shown ones are numbers within their range, hidden ones empty."""
    rows = list(csv.DictReader(io.StringIO(text)))
    counted = {_whose(row): row["value"] for row in rows if row["measure"] == "responses"}
    of_groups = [value for (group, *_), value in counted.items() if group]
    assert of_groups == [str(group.responses or "") for group in found.snapshot.groups]
    for row in rows:
        if row["state"] == "protected":
            assert [row[field] for field in ("value", "low", "high", "n")] == [""] * 4, row
            continue
        assert row["state"] == "shown"
        assert counted[_whose(row)], row
        ends = [float(row[field]) for field in ("low", "high") if row[field]]
        assert all(map(math.isfinite, ends))
        if not re.match(r"[a-z_]+$", row["value"]):
            value = float(row["value"])
            assert math.isfinite(value)
            if ends and row["measure"] == "favourable_people":
                ends[0] = 0  # those who said so; the range is of all who were asked
            assert not ends or ends[0] - 1e-9 <= value <= ends[1] + 1e-9, row
        elif row["measure"] != "label":
            assert not ends, row


def _whose(row):
    return row["group"], row.get("attribute"), row.get("values")


def document(text, found):
    """Read the JSON: no number that is none, and exactly what the snapshot shows is shown."""
    told = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} in the JSON"))
    for group, one in zip(found.snapshot.groups, told["groups"], strict=True):
        assert (one["state"] == "shown") == (group.responses is not None)
        shown = {item for item, cell in one["items"].items() if cell["state"] == "shown"}
        assert shown <= group.items.keys()
        assert group.responses is not None or HIDDEN in one["sentence"]
    for cell in told["groups"][0]["themes"].values():
        if cell.get("usual"):  # most groups lie where the whole does
            assert cell["interval"]["low"] <= cell["usual"]["high"]
            assert cell["usual"]["low"] <= cell["interval"]["high"]


def pages(shelf, survey, found, groups):
    """Read the desk's pages as HR, and the groups' pages as whoever leads them."""
    theme = found.instrument.themes[0].id
    for page in ("results", "matrix", f"themes/{theme}"):
        words = page_of(_got(shelf.get(survey, page)))
        _of_the_whole(words, found, page)
    json.loads(shelf.get(survey, "matrix.json").text, parse_constant=pytest.fail)
    for group in groups:
        for who in (HR, leader(group.id)) if group.parent is None else (leader(group.id),):
            answer = shelf.get(survey, f"groups/{group.id}", who)
            words = page_of(_got(answer))
            _of_a_group(words, found, group)
            _of_findings(words, found, group)


def _got(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.get_data(as_text=True)


def page_of(html):
    """Give what a page says; fails for a table without rows, a heading without words, or what never is said."""
    kept = _Page()
    kept.feed(html)
    assert not kept.bare, (kept.bare, said(html))
    words = said(html)
    found = NEVER.search(_without_names(words))
    assert not found, (found, words[max(0, found.start() - 200) : found.end() + 60])
    for figure in figures(html):
        assert "NaN" not in json.dumps(figure)
    for low, high in re.findall(r"between (\d\.\d) and (\d\.\d)", words):
        assert float(low) <= float(high), words
    return words


def _without_names(words):
    """Take away group names that look like what is searched for."""
    return re.sub(r"=<b>\"\d+\" & \{\{ None \}\}<b>", "name", words)


class _Page(HTMLParser):
    """Finds tables without a row that says something, and headings and items that say nothing."""

    SAYING = frozenset({"h1", "h2", "h3", "li", "dd", "dt", "figcaption", "summary", "caption"})

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.bare, self.open, self.tables = [], [], []

    def handle_starttag(self, tag, _attrs):
        if tag == "table":
            self.tables.append(0)
        if tag in self.SAYING:
            self.open.append([tag, ""])
        if tag == "td" and self.tables:
            self.tables[-1] += 1

    def handle_endtag(self, tag):
        if tag == "table" and not self.tables.pop():
            self.bare.append("table")
        if tag in self.SAYING:
            name, words = self.open.pop()
            if name != tag or not words.strip():
                self.bare.append(tag)

    def handle_data(self, data):
        for one in self.open:
            one[1] += data


def _of_the_whole(words, found, page):
    root = found.snapshot.root
    if root.responses is None:
        assert not re.search(r"\d+ of \d+", words), words
        if page == "results":
            assert "Too few answered for any result." in words
    else:
        assert f"{root.responses:,} of {root.invited:,}" in words or page.startswith("themes")
        if page == "results":
            _of_findings(words, found, root)
    compared = any(c.compared for g in found.snapshot.groups for c in g.themes.values())
    assert ("within what one expects" not in words) or compared, words


def _of_a_group(words, found, group):
    if group.responses is None:
        assert HIDDEN in words
        where = group.counted_in and found.snapshot.group(group.counted_in).name
        assert f"Counted in {where}." in words if where else "Counted in" not in words
        assert not re.search(rf"\b\d+ of {group.invited}\b", words.split("Groups below")[0])
    else:
        assert f"{group.responses:,} of {group.invited:,}" in words


def _of_findings(words, found, group):
    """See that the reason given for a missing value of a theme is the true one."""
    themes = [t for t in found.snapshot.themes if t.id != LEADER_THEME]
    means = any(t.id in group.themes for t in themes)
    cells = [group.items.get(item) for t in themes for item in t.items]
    single = all(len(t.items) == 1 for t in found.instrument.themes)
    if not single:
        assert "one statement a theme" not in words
        assert "theme of one statement" not in words
    if group.responses is not None and not means:
        assert "No theme is clearly" not in words
        told = any(cell and cell.word for cell in cells)
        assert told or not OF_WORDS.search(words), (OF_WORDS.search(words), words)


def printed_whole(print_it, found):
    """Read the report on the whole; it is refused where there is no result."""
    root = found.snapshot.root
    if root.responses is None:
        with pytest.raises(RefusedError, match="to protect anonymity"):
            print_it()
        return
    words = print_it()
    assert not NEVER.search(_without_names(words)), NEVER.search(_without_names(words))
    assert f"{root.responses:,} of {root.invited:,}" in words
    _of_findings(words, found, root)


def printed_group(print_it, found, group):
    """Read a group's report; it is refused where the group has no result."""
    if group.responses is None:
        with pytest.raises(RefusedError, match="to protect anonymity"):
            print_it()
        return
    words = print_it()
    assert not NEVER.search(_without_names(words)), NEVER.search(_without_names(words))
    assert f"{group.responses:,} of {group.invited:,}" in words
    _of_findings(words, found, group)


def advice(found):
    """See that what is said to stand out rests on a cell of that group."""
    for group in found.snapshot.groups:
        told = highlights(found.snapshot, group.id, library().banding)
        for one in (told.keep, told.care, *told.risen, *told.fallen, told.leader):
            assert one is None or one.cell is group.themes[one.theme]
