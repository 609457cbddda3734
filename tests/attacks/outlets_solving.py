"""What follows for one to four people from what is told: equations about numbers of people and answers.

Two attackers. *Outside* has the outlets alone: of every kind of figure with a number of
people (responses, each statement's five counts, the recommendation's three) it takes from
each group the nearest ones below it. *Inside* knows besides who everybody is, what they
told of themselves and which statements they answered, and is told by an oracle whom every
figure covers, also where only a word stands; every cell, also one that only a leader or nobody may read, is an exact sum to it. So whatever
words, rounded means, theme means and per cents give, is in the span of its equations.
"""

from dataclasses import dataclass

from tests.attacks.knowledge import Knowledge, least_told
from tests.attacks.outlets_reading import nearest_below
from tests.equations import singled_out

K, TEN = 5, 10


@dataclass(frozen=True)
class Found:
    """A group of one to four people of whom something is known: what, where, how many, which answers."""

    what: str
    where: object
    people: int
    answers: tuple = ()


def outside(told):
    """Give what follows from the outlets alone by subtraction, for every kind of figure."""
    sizes = {path: n for path, n in told.responses.items() if isinstance(path, str) and n}
    found = [Found("responses", *one) for one in _rings(told, sizes)]
    for item in sorted({item for _, item in told.counts}):
        counts = {path: c for (path, one), c in told.counts.items() if one == item}
        found += _differences(told, item, counts)
    return found + _differences(told, "enps", told.enps) + _of_classes(told)


def _rings(told, sizes):
    for path, below in nearest_below(told, sizes).items():
        ring = sizes[path] - sum(sizes[one] for one in below)
        if ring and ring < K:
            yield path, ring


def _differences(told, what, counts):
    found = []
    for path, below in nearest_below(told, counts).items():
        ring = [c - sum(counts[b][s] for b in below) for s, c in enumerate(counts[path])]
        if any(ring) and sum(ring) < K:
            found.append(Found(what, path, sum(ring), tuple(ring)))
    return found


def _of_classes(told):
    """Give classes of one to four people, and what is left of the whole beside an attribute's classes."""
    sizes = {place: n for place, n in told.responses.items() if not isinstance(place, str)}
    whole = next(
        (n for path, n in told.responses.items() if path == min(told.invited, key=len)), 0
    )
    found = [Found("class", place, n) for place, n in sizes.items() if n < K]
    for attribute in {attribute for attribute, _ in sizes}:
        left = (whole or 0) - sum(n for (one, _), n in sizes.items() if one == attribute)
        if 0 < abs(left) < K:
            found.append(Found("class", attribute, left))
    return found


def inside(told, oracle, people, *, ranks):
    """Give what follows for somebody who knows everything but the answers.

    ``oracle`` is the snapshot's JSON, of which only the number of people behind each cell is
    used. With ``ranks`` small systems are solved by exact ranks, too.
    """
    plain = _as_told(told, oracle)
    items = sorted({item for _, item in (*told.counts, *told.words)})
    found = []
    for question in (None, *items):
        known = Knowledge(plain, people, question)
        known.is_true()
        found += [Found(question, b, n) for b, n in known.rings.items() if n < K]
        found += [Found(question, b, n) for b, n in known.tens.items() if n < TEN]
        least = least_told(known.atoms, K)
        found += [] if least is None else [Found(question, "tree and classes", least)]
        if ranks and (atoms := known.atoms):
            some = singled_out(_equations(known), atoms, K)
            found += [Found(question, tuple(some), sum(atoms[a] for a in some))] if some else []
        if question:
            _figures_are_those(known, plain, question)
    return found


def _equations(known):
    rows = [{atom: 1 for atom in known.atoms if atom[0] == block} for block in known.rings]
    for at, some in enumerate(known.classes):
        rows += [{a: 1 for a in known.atoms if a[1][at] == c} for c in range(len(some))]
    return rows


def _as_told(told, oracle):
    """Give the numbers behind every cell, also of those that nobody may read; fails if something else was told."""
    cells = {
        (group["path"], item)
        for group in oracle["groups"]
        for item, cell in group["items"].items()
        if cell
    }
    assert {place for place in told.counts if isinstance(place[0], str)} <= cells
    assert {place for place in told.words if isinstance(place[0], str)} <= cells
    return {
        "groups": [
            {
                "id": group["id"],
                "parent": group["parent"],
                "responses": told.responses[group["path"]],
                "items": {
                    item: _cell(told, group["path"], item, cell)
                    for item, cell in group["items"].items()
                },
            }
            for group in oracle["groups"]
        ],
        "cross_cuts": {
            attribute: [
                {
                    "values": one["values"],
                    "responses": told.responses[attribute, tuple(one["values"])],
                    "items": {
                        item: _cell(told, (attribute, tuple(one["values"])), item, cell)
                        for item, cell in one["items"].items()
                    },
                }
                for one in classes
            ]
            for attribute, classes in oracle["cross_cuts"].items()
        },
    }


def _cell(told, place, item, cell):
    if not cell or "counts" not in cell:
        return cell and {"n": cell["n"]}
    assert list(told.counts.get((place, item), cell["counts"])) == cell["counts"]
    return {"n": cell["n"], "counts": cell["counts"]}


def _figures_are_those(known, plain, question):
    """See that told counts are the answers of the covered people, but for what the clip made neutral."""
    said = {}
    for block, _, answers in known.released:
        counts = said.setdefault(block, [0] * 5)
        counts[answers[question] - 1] += 1
    for group in plain["groups"]:
        if not (counts := (group["items"][question] or {}).get("counts")):
            continue
        blocks = known.behind_tens[group["id"]]
        real = [sum(said[b][s] for b in blocks) for s in range(5)]
        assert sum(real) == sum(counts), (question, group["id"])
        assert counts[3:] == real[3:], (question, group["id"])
        assert counts[0] <= real[0], (question, group["id"])
        assert counts[1] <= real[1], (question, group["id"])
