"""What the strongest attacker knows who has a snapshot: its JSON, and who everybody is.

Nothing of the product is used but the JSON. Known besides are where everybody answers,
what they said of themselves and which questions they answered; not known is how. From
the numbers of people that are told it follows whom every figure covers.
"""

import heapq
from collections import Counter, defaultdict
from functools import cached_property

TEN = 10


class Knowledge:
    """Everything that follows about one question, or (None) about who answered at all.

    ``people`` are (group, what they told, their answers by question); attributes in the
    order of their names. The answers are there to see whether an attack was right.
    """

    def __init__(self, plain, people, question):
        self.plain, self.question = plain, question
        self.groups = plain["groups"]
        self.parent = {group["id"]: group["parent"] for group in self.groups}
        self.n = {group["id"]: self._n(group) for group in self.groups}
        self.people = [who for who in people if question is None or question in who[2]]

    def _n(self, shown):
        if self.question is None:
            return shown["responses"] or 0
        cell = shown["items"][self.question]
        return cell["n"] if cell else 0

    def _rings(self, n):
        """Take from every figure the next ones below it."""
        ring = {name: many for name, many in n.items() if many}
        for name in ring:
            up = self.parent[name]
            while up is not None and up not in ring:
                up = self.parent[up]
            if up is not None:
                ring[up] -= n[name]
        return ring

    @cached_property
    def rings(self):
        """How many people are in each block, by the group that releases it."""
        return {name: many for name, many in self._rings(self.n).items() if many}

    @cached_property
    def tens(self):
        """The same of distributions."""
        if self.question is None:
            return {}
        told = {group["id"]: self._told(group) for group in self.groups}
        return {name: many for name, many in self._rings(told).items() if many}

    @cached_property
    def behind_tens(self):
        """Return per group with a distribution the blocks behind it: whole ones, as they add up to ten."""
        loose = {g["id"]: [g["id"]] if g["id"] in self.rings else [] for g in self.groups}
        inside = {group["id"]: [] for group in self.groups}
        for group in reversed(self.groups):
            name, up = group["id"], self.parent[group["id"]]
            if self._told(group) and sum(self.rings[b] for b in loose[name]) >= TEN:
                inside[name] += loose[name]
                loose[name] = []
            if up is not None:
                loose[up] += loose[name]
                inside[up] += inside[name]
        return {g["id"]: inside[g["id"]] for g in self.groups if self._told(g)}

    def _told(self, group):
        return sum((group["items"][self.question] or {}).get("counts", ()))

    def block_of(self, group):
        """Return where the people of a group are released, None for nowhere."""
        while group is not None and group not in self.rings:
            group = self.parent[group]
        return group

    @cached_property
    def released(self):
        """Return everybody behind some figure: (block, what they told, their answers)."""
        found = [(self.block_of(group), *rest) for group, *rest in self.people]
        return [who for who in found if who[0] is not None]

    @cached_property
    def classes(self):
        """Return per attribute its classes that show the question, each a set of values."""
        return [
            [set(one["values"]) for one in some if self._n(one)] for _, some in self._cuts()
        ]

    def _cuts(self):
        return sorted(self.plain["cross_cuts"].items())

    def is_true(self):
        """See that everything covers whom it seems to cover, so that the equations are about them."""
        assert Counter(block for block, *_ in self.released) == Counter(self.rings)
        for at, (_, some) in enumerate(self._cuts()):
            for one in some:
                covered = sum(told[at] in one["values"] for _, told, _ in self.released)
                assert self._n(one) in (0, covered)

    @cached_property
    def atoms(self):
        """Count people by block and by the classes they are in."""
        return Counter(self._atom(*who[:2]) for who in self.released)

    def answers(self):
        """Return what the people of every atom answered."""
        found = defaultdict(list)
        for block, told, said in self.released:
            found[self._atom(block, told)].append(said[self.question])
        return found

    def _atom(self, block, told):
        return block, tuple(
            next((c for c, values in enumerate(some) if told[at] in values), -1)
            for at, some in enumerate(self.classes)
        )


def least_told(atoms, k):
    """Return the people of the least cut between blocks and classes if fewer than ``k``, else None.

    After Nagamochi and Ibaraki: nodes that a search by largest adjacency finds joined by k
    people are put together; a search that finds none has found a least cut.
    """
    near = defaultdict(lambda: defaultdict(int))
    for (block, cell), many in atoms.items():
        near["block", block]["cell", cell] += many
        near["cell", cell]["block", block] += many
    while len(near) > 1:
        start = next(iter(near))
        pull, heap, seen, joined, last = {start: 0}, [(0, 0, start)], set(), [], start
        while heap:
            less, _, node = heapq.heappop(heap)
            if node in seen or -less != pull[node]:
                continue
            seen.add(node)
            last = node
            for other, many in near[node].items():
                if other not in seen:
                    pull[other] = pull.get(other, 0) + many
                    heapq.heappush(heap, (-pull[other], len(pull) + len(heap), other))
                    if pull[other] >= k:
                        joined.append((node, other))
        if len(seen) == 1:
            del near[start]  # a component that is put together
        elif not joined:
            return pull[last]
        else:
            _join(near, joined)
    return None


def _join(near, pairs):
    at = {}

    def find(node):
        while node in at:
            node = at[node]
        return node

    for one, two in pairs:
        keep, gone = find(one), find(two)
        if keep == gone:
            continue
        at[gone] = keep
        for other, many in near.pop(gone).items():
            del near[other][gone]
            if other != keep:
                near[keep][other] += many
                near[other][keep] += many
