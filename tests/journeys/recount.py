"""A second calculation of a survey's results from its known answers, written from docs/snapshot.md.

It shares no code with the product and knows every person, so it also says whom each
published figure covers.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

from tests.journeys.recount_doubt import doubt
from tests.journeys.recount_found import add_found
from tests.journeys.recount_plan import plan

WORDS = ("almost_everybody", "almost_nobody", "most", "a_minority", "about_half")


@dataclass
class Recount:
    """Everything that may be shown.

    ``cells`` are (path, theme, item, measure) → (value, n); ``ranges`` those of themes:
    (path, theme, "mean" or "label") → (low, high); ``covers`` are, per question, the sets
    of people behind the figures shown; ``tables`` five counts by (path, item) where numbers
    are told; ``rests`` (path, theme) → (items, whether numbers are told); ``people`` the
    ranges of favourable people by (path, item).
    """

    cells: dict = field(default_factory=dict)
    ranges: dict = field(default_factory=dict)
    covers: dict = field(default_factory=dict)
    tables: dict = field(default_factory=dict)
    rests: dict = field(default_factory=dict)
    people: dict = field(default_factory=dict)

    def responses(self, path):
        """Give a group's number of answers, None where it has no result."""
        return self.cells.get((path, "", "", "responses"), (None, None))[0]


def recount(firm, reportable):
    """Work everything out; ``reportable`` are the groups that may have a result."""
    found, shown = Recount(), plan(firm, reportable)
    for v, path in enumerate(firm.paths):
        if v in shown.whole.shown:
            n = len(shown.whole.cover(firm, v))
            found.cells[path, "", "", "responses"] = (n, n)
            _group(firm, v, found, shown, n)
    found.covers = shown.covers(firm)
    doubt(firm, shown, found)
    add_found(firm, found)
    return found


def _counts(firm, blocks, over, question, v):
    """Five counts over a group's figure, each smallest block clipped first."""
    summed = [0] * 5
    covered = over.cover(firm, v)
    for u in range(len(firm.ids)):
        block = blocks.at.get(u, frozenset())
        if block and block <= covered:
            for score, n in enumerate(_clipped(firm, block, question)):
                summed[score] += n
    return summed


def _clipped(firm, block, question):
    said = sorted(firm.answers[person][question] for person in block)
    counts = [said.count(score) for score in range(1, 6)]
    while counts[0] + counts[1] > len(block) - 2:
        counts[1 if counts[1] else 0] -= 1
        counts[2] += 1
    return counts


def _group(firm, v, found, shown, responses):
    path, counted = firm.paths[v], {}
    places = {q: theme for theme, items in firm.themes.items() for q in items}
    places |= dict.fromkeys(firm.extra, "")
    for q, theme in places.items():
        fine, ten = shown.fine[q], shown.ten[q]
        if v not in fine.shown:
            continue
        full = v in ten.shown
        counted[q] = counts = _counts(firm, fine, ten if full else fine, q, v)
        if full:
            found.tables[path, q] = counts
        told = _told(counts) if full else {"favourable": _word(counts)}
        for measure, value in told.items():
            found.cells[path, theme, q, measure] = (value, sum(counts) if full else responses)
    for theme, items in firm.themes.items():
        here = [q for q in items if q in counted]
        full = bool(here) and all((path, q) in found.tables for q in here)
        if 2 * len(here) < len(items) or (not full and len(here) < 2):
            continue
        mean = sum(_mean(counted[q]) for q in here) / len(here)
        told = float(mean) if full else min(4.8, floor(mean * 10 + Fraction(1, 2)) / 10)
        found.cells[path, theme, "", "mean"] = (told, responses)
        found.rests[path, theme] = (tuple(here), full)
    _enps(firm, v, found, shown.fine["enps"], shown.ten["enps"])


def _enps(firm, v, found, fine, ten):
    if v not in ten.shown:
        return
    kinds = [0, 0, 0]
    for block in (b for b in fine.at.values() if b <= ten.cover(firm, v)):
        said = [firm.answers[person]["enps"] for person in block]
        low, high = sum(s <= 6 for s in said), sum(s >= 9 for s in said)
        kept = min(low, len(block) - 2)
        for at, n in enumerate((kept, len(block) - kept - high, high)):
            kinds[at] += n
    n, path = sum(kinds), firm.paths[v]
    if n >= 20:
        score = 100 * (kinds[2] - kinds[0]) / n
        found.cells[path, "", "", "enps"] = (score, n)
    for name, count in zip(("detractors", "passives", "promoters"), kinds, strict=True):
        found.cells[path, "", "", name] = (100 * count / n, n)


def _told(counts):
    n = sum(counts)
    shares = {f"share_{score}": 100 * count / n for score, count in enumerate(counts, 1)}
    return {"favourable": 100 * sum(counts[3:]) / n, "mean": float(_mean(counts)), **shares}


def _mean(counts):
    return Fraction(sum(score * n for score, n in enumerate(counts, 1)), sum(counts))


def _word(counts):
    n, liked = sum(counts), counts[3] + counts[4]
    rules = (liked >= n - 1, liked <= 1, 5 * liked > 3 * n, 5 * liked < 2 * n, True)
    return WORDS[rules.index(True)]
