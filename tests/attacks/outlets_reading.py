"""What a coalition of everybody who may read a survey is told: HR, the root's leader, every group's leader.

Read from CSV, JSON, the desk's pages and the PDFs alone, and put together. A number that
two outlets tell differently, or that a page or a PDF tells of people where the files do
not, is a failure.
"""

import csv
import io
import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from html import unescape

import pypdf

from tests.desk import HR
from tests.reading import rows
from tests.shelf import leader

_THEMES = 12  # at most; so many of them may have moved or be unlike the usual
HIDDEN = "Not shown, to protect anonymity."


@dataclass
class Told:
    """Everything that is told, by path of the group; a class by (attribute, values).

    ``counts`` are answers 1 … 5 of a place and item, ``enps`` detractors, passives and
    promoters, ``words`` and ``means`` by place and item or theme, ``more`` everything else.
    """

    names: dict = field(default_factory=dict)
    invited: dict = field(default_factory=dict)
    parent: dict = field(default_factory=dict)
    responses: dict = field(default_factory=dict)
    counts: dict = field(default_factory=dict)
    enps: dict = field(default_factory=dict)
    words: dict = field(default_factory=dict)
    means: dict = field(default_factory=dict)
    more: dict = field(default_factory=dict)
    comments: dict = field(default_factory=dict)

    def note(self, kind, place, value):
        """Keep a figure; fails if somebody else was told another one."""
        known = getattr(self, kind).setdefault(place, value)
        assert known == value or _near(known, value), (kind, place, known, value)


def _near(one, two):
    numbers = (int, float)
    return isinstance(one, numbers) and isinstance(two, numbers) and abs(one - two) < 1e-9


def read_all(shelf, survey, *, leaders, pages, reports):
    """Read everything; ``pages`` and ``reports`` are groups of which pages and PDFs are read, too.

    Without ``reports`` (None) that of the whole is not read either.
    """
    told = Told()
    for email in (HR, *map(leader, leaders)):
        read_json(told, json.loads(shelf.get(survey, "export.json", email).text))
        _read_csv(told, shelf.get(survey, "export.csv", email).text)
    for email in (HR, leader("g0")):
        for page in ("results", "matrix"):
            _read_groups(told, shelf.get(survey, page, email).text)
    for group in pages:
        for email in {HR, leader("g0"), leader(group)}:
            _read_page(told, shelf.get(survey, f"groups/{group}", email).text)
    for group in reports or ():
        _read_pdf(told, shelf.get(survey, f"groups/{group}/report.pdf", leader(group)))
    if reports is not None:
        _read_pdf(told, shelf.get(survey, "report.pdf"))
    return told


def _root(told):
    return min(told.invited, key=len)


def read_json(told, document):
    """Read the document of a survey."""
    ids = {group["id"]: group["path"] for group in document["groups"]}
    for group in document["groups"]:
        path = group["path"]
        told.note("names", group["name"], path)
        told.note("invited", path, group["invited"])
        if group["parent"] in ids:
            told.note("parent", path, ids[group["parent"]])
        told.note("responses", path, group.get("responses"))
        if "counts" in group["enps"]:
            told.note("enps", path, tuple(group["enps"]["counts"]))
        _read_cells(told, path, group)
    for attribute, classes in document.get("cross_cuts", {}).items():
        for one in classes:
            place = attribute, tuple(one["values"])
            told.note("responses", place, one["responses"])
            _read_cells(told, place, one)


def _read_cells(told, place, one):
    for item, cell in one["items"].items():
        if "counts" in cell:
            told.note("counts", (place, item), tuple(cell["counts"]))
            assert cell["n"] == sum(cell["counts"])
        elif "word" in cell:
            told.note("words", (place, item), cell["word"])
            assert set(cell) == {"state", "word"}
    for theme, cell in one["themes"].items():
        if cell["state"] == "shown":
            told.note("means", (place, theme), cell["mean"])


def _read_csv(told, text):
    read_rows(told, csv.DictReader(io.StringIO(text)))


def read_rows(told, rows):
    """Read cells, one a row, as the CSV has them."""
    shares = defaultdict(dict)
    for row in rows:
        if row["state"] != "shown":
            continue
        place = row["group"] or (row["attribute"], tuple(map(int, row["values"].split())))
        measure, item, theme = row["measure"], row["item"], row["theme"]
        if measure == "responses":
            told.note("responses", place, int(row["value"]))
        elif measure.startswith("share_") or measure in {"detractors", "passives", "promoters"}:
            shares[place, item, row["n"]][measure] = float(row["value"])
        elif measure == "favourable" and not re.match(r"[\d.]", row["value"]):
            told.note("words", (place, item), row["value"])
            assert int(row["n"]) == told.responses[place]
        elif measure == "mean" and not item:
            told.note("means", (place, theme), float(row["value"]))
        else:
            told.note("more", (place, theme, item, measure), row["value"])
    for (place, item, n), some in shares.items():
        counts = tuple(round(share * int(n) / 100) for _, share in sorted(some.items()))
        if item:
            told.note("counts", (place, item), counts)
        else:
            told.note("enps", place, (counts[0], counts[1], counts[2]))


def _read_groups(told, html):
    """Read the tables of groups: who is counted, of how many."""
    for table in ("groups", "heat"):
        for name, *cells in rows(html, table):
            if (
                path := told.names.get(re.sub(r"\d+ groups? below.*", "", name).strip())
            ) is None:
                continue
            if found := re.fullmatch(r"(\d+) of (\d+)", cells[0]):
                told.note("responses", path, int(found[1]))
                told.note("invited", path, int(found[2]))
            else:
                assert told.responses[path] is None, (path, cells)


def _read_page(told, html):
    """Read a group's page: its numbers of people, per cents of statements, how many comments."""
    words = words_of(html)
    name = re.search(r"<h1[^>]*><bdi>(.*?)</bdi>", html)[1]
    path = told.names[name]
    if HIDDEN in words and told.responses[path] is None:
        assert not re.search(r"\b\d+ of \d+\b", words.partition("Groups below")[0]), words
        _read_groups(told, html)
        return
    _people(told, path, words)
    _read_groups(told, html)
    for number in re.findall(r"(\d+) comments?\b", words):
        told.note("comments", path, int(number))
    cells = {tuple(_rounded(c)) for (where, _), c in told.counts.items() if where == path}
    for _, *per_cents in (row for row in rows(html, "t") if len(row) == 6):
        if all(re.fullmatch(r"\d+ %", cell) for cell in per_cents):
            given = tuple(int(cell.removesuffix(" %")) for cell in per_cents)
            assert given in cells or given[::-1] in cells, (path, given)


def words_of(html):
    """Give what is said, tags as spaces, so that no number runs into the next."""
    bare = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", bare)).split())


def _rounded(counts):
    n = sum(counts)
    return [int(100 * c / n + 0.5) for c in counts]


def _people(told, path, words):
    """See that every number of people is one that the files tell of this group or of those below.

    Between how many of all asked likely agree follows from a statement's per cent, behind which it stands.
    """
    known = {(told.responses[p], told.invited[p]) for p in told.invited if told.responses[p]}
    for taken, asked in re.findall(
        r"(?<![\d–.])(\d+) of (\d+)(?= (?:people|are in)|people)", words
    ):
        assert (int(taken), int(asked)) == (told.responses[path], told.invited[path])
    shown = sum(p != _root(told) and told.responses[p] is not None for p in told.invited)
    pairs = known | {(shown, len(told.invited) - 1)}
    for found in re.finditer(r"(?<![\d–.])(\d+) of (\d+)\b(?! statements)", words):
        pair = int(found[1]), int(found[2])
        before = words[max(0, found.start() - 12) : found.start()]
        assert pair in pairs or pair[1] <= _THEMES or "%" in before, (path, before, pair)


def _read_pdf(told, answer):
    if answer.status_code != 200:
        return
    read = pypdf.PdfReader(io.BytesIO(answer.data))
    words = " ".join(" ".join(page.extract_text().split()) for page in read.pages)
    name = re.search(r"^(.*?) – team health", read.metadata.title)[1]
    _people(told, told.names[name], words)


def nearest_below(told, shown):
    """Give per shown group the nearest shown ones below it."""
    found = {path: [] for path in shown}
    for path in shown:
        up = told.parent.get(path)
        while up is not None and up not in found:
            up = told.parent.get(up)
        if up is not None:
            found[up].append(path)
    return found
