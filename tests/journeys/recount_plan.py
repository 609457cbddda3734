"""Whom each published figure covers, worked out a second time from docs/snapshot.md.

It shares no code with the product. Slow and plain: it tries every set of groups.
"""

import hashlib
from dataclasses import dataclass
from itertools import product


@dataclass
class Firm:
    """The tree, parents first, and who answers where.

    ``answers`` are by person and question, already turned where an item is reversed.
    """

    survey: str
    ids: list
    paths: list
    parent: list
    invited: list  # per group, who answers there
    people: list  # per group, the names of those who answered there
    answers: dict
    themes: dict  # theme → items
    extra: list
    k: int = 5

    def below(self, v):
        return [u for u in range(len(self.ids)) if v in self.upward(u)]

    def upward(self, v):
        while v >= 0:
            yield v
            v = self.parent[v]

    def lot(self, v):
        text = f"{self.survey}|{self.ids[v]}".encode()
        return int.from_bytes(hashlib.sha256(text).digest()[:6], "big")


@dataclass
class Blocks:
    shown: set
    at: dict  # group → people in the block released there

    def cover(self, firm, v):
        return frozenset().union(*(self.at.get(u, frozenset()) for u in firm.below(v)))


@dataclass
class Plan:
    """The blocks of the responses, and those of every question: of k people, and of ten."""

    whole: Blocks
    fine: dict
    ten: dict

    def covers(self, firm):
        """Give, per question, the sets of people behind the figures shown."""
        found = {"responses": [self.whole.cover(firm, v) for v in self.whole.shown]}
        for q, fine in self.fine.items():
            found[q] = [b.cover(firm, v) for b in (fine, self.ten[q]) for v in b.shown]
        return found


def plan(firm, reportable):
    """Decide what is shown of whom; ``reportable`` are the groups that may have a result."""
    items = [i for each in firm.themes.values() for i in each] + firm.extra
    total = {q: _who(firm, q) for q in [*items, "enps"]}
    sheets = [frozenset(people) for people in firm.people]
    worth = [
        sum(sum(len(total[q][u]) for u in firm.below(v)) >= firm.k for q in total)
        for v in range(len(firm.ids))
    ]
    whole = _best(
        firm, sheets, set(reportable), firm.k, lambda hidden: (_sum(worth, hidden), len(hidden))
    )
    order = lambda hidden: (len(hidden), _sum(worth, hidden))  # noqa: E731
    fine = {q: _best(firm, total[q], whole.shown, firm.k, order) for q in total}
    return Plan(whole, fine, _tens(firm, total, fine, items))


def _who(firm, question):
    return [frozenset(p for p in g if question in firm.answers[p]) for g in firm.people]


def _sum(worth, groups):
    return sum(worth[v] for v in groups)


def _best(firm, own, may, least, cost, *, allowed=None):
    """Try every set of groups; ``allowed`` is how many answers each may leave out."""
    n = [sum(len(own[u]) for u in firm.below(v)) for v in range(len(firm.ids))]
    could = [v for v in sorted(may) if n[v] >= least]
    allowed = allowed or {v: n[v] // 5 for v in could}
    best = None
    for choice in product((True, False), repeat=len(could)):
        shown = {v for v, yes in zip(could, choice, strict=True) if yes}
        if could and could[0] == 0 and 0 not in shown:
            continue  # the root is shown if it can be
        blocks, left = _settle(firm, own, shown, least)
        if any(left[v] > allowed[v] for v in shown):
            continue
        hidden = set(could) - shown
        rank = (*cost(hidden), sum(left[v] for v in shown), _lots(firm, hidden))
        if best is None or rank < best[0]:
            best = rank, Blocks(shown, blocks)
    return best[1] if best else Blocks(set(), {})


def _lots(firm, groups):
    return sum(firm.lot(v) for v in groups)


def _settle(firm, own, shown, least):
    loose = [set(people) for people in own]
    blocks, left = {}, {}
    for v in reversed(range(len(firm.ids))):
        left[v] = 0
        if v in shown and len(loose[v]) >= least:
            blocks[v] = frozenset(loose[v])
            continue
        left[v] = len(loose[v])
        if firm.parent[v] >= 0:
            loose[firm.parent[v]] |= loose[v]
    return blocks, left


def _tens(firm, total, fine, items):
    least = max(10, firm.k)
    groups = range(len(firm.ids))
    rich = {q: {v for v in f.shown if len(f.cover(firm, v)) >= least} for q, f in fine.items()}
    could = [sum(v in rich[q] for q in rich) for v in groups]
    order = lambda hidden: (len(hidden), _sum(could, hidden))  # noqa: E731
    ten = {}
    for q, blocks in fine.items():
        own = [blocks.at.get(v, frozenset()) for v in groups]
        allowed = {}
        for v in rich[q]:
            n = sum(len(total[q][u]) for u in firm.below(v))
            allowed[v] = n // 5 - (n - len(blocks.cover(firm, v)))
        ten[q] = _best(firm, own, rich[q], least, order, allowed=allowed)
    for theme in firm.themes.values():
        for v in groups:
            here = [q for q in theme if v in fine[q].shown]
            if not all(v in ten[q].shown for q in here):
                for q in here:
                    ten[q].shown.discard(v)
    for q in items:
        own = [fine[q].at.get(v, frozenset()) for v in groups]
        ten[q] = Blocks(ten[q].shown, _settle(firm, own, ten[q].shown, least)[0])
    return ten


def atoms(covers):
    """Split people by the published sets they are in; sums and differences of figures are unions of these."""
    people = frozenset().union(*covers)
    kinds = {}
    for person in people:
        kinds.setdefault(tuple(person in cover for cover in covers), set()).add(person)
    return list(kinds.values())
