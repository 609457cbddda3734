"""An attacker who bounds what they cannot solve: linear programs over everything that is shown.

Unknown are five counts per question for every few people of one block and one class. Known
are all sums, words and rounded means, who everybody is, and how the clip works. Of no
group of one to four people can it be proved that all of them answered unfavourably.
"""

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_array

from teamhealth.results import count as counting
from tests.attacks.knowledge import Knowledge
from tests.attacks.test_classes_and_tree import ITEMS, counted
from tests.rooms.results.makers import HARSH, USUAL

K = 5
FEW, MANY = 2, 40
"""Firms in ``make test``, and in ``make attack``."""
POSSIBLE, IMPOSSIBLE = 0, 2
ALL = [item for items in ITEMS.values() for item in items]


class Program:
    """All that is known of the answers to one theme's questions, as linear constraints."""

    def __init__(self, plain, people, theme):
        self.items = ITEMS[theme]
        self.known = {item: Knowledge(plain, people, item) for item in self.items}
        self.at, self.size, self.rows = {}, {}, []
        for item, known in self.known.items():
            for atom, n in known.atoms.items():
                self.size[item, atom] = n
                for score in range(1, 6):
                    self.at[item, atom, score] = len(self.at)
                self._say(self._of(item, [atom]), n, n)
            for group in plain["groups"]:
                self._group(item, known, group)
            for a, (_, some) in enumerate(sorted(plain["cross_cuts"].items())):
                shown = [one for one in some if one["items"][item]]
                for c, one in enumerate(shown):
                    atoms = [atom for atom in known.atoms if atom[1][a] == c]
                    self._cell(item, atoms, one["items"][item], many=True)
        self._themes(plain, theme)

    def _of(self, item, atoms, scores=range(1, 6), weight=None):
        return {
            self.at[item, atom, s]: weight * s if weight else 1
            for atom in atoms
            for s in scores
        }

    def _say(self, row, low, high):
        self.rows.append((row, low, high))

    def below(self, known, group):
        """Give the blocks behind a group's figure."""
        found = []
        for block in known.rings:
            up = block
            while up is not None and up != group:
                up = known.parent[up]
            found += [block] if up else []
        return found

    def _group(self, item, known, group):
        cell = group["items"][item]
        if not cell:
            return
        blocks = self.below(known, group["id"])
        atoms = [atom for atom in known.atoms if atom[0] in blocks]
        for block in blocks:
            mine = [atom for atom in atoms if atom[0] == block]
            self._say(self._of(item, mine, (1, 2)), 0, known.rings[block] - 2)
        if "counts" not in cell:
            self._cell(item, atoms, cell)
            return
        behind = known.behind_tens[group["id"]]
        assert sum(known.rings[block] for block in behind) == sum(cell["counts"])
        for score, n in enumerate(cell["counts"], 1):
            self._say(self._of(item, [a for a in atoms if a[0] in behind], (score,)), n, n)

    def _cell(self, item, atoms, cell, *, many=False):
        n = cell["n"]
        end = max(1, n // 10) if many else 1
        liked = [f for f in range(n + 1) if _word(f, n, end) == cell["word"]]
        self._say(self._of(item, atoms, (4, 5)), min(liked), max(liked))
        self._say(self._of(item, atoms, (1, 2)), 0, n - 2)

    def told_in_numbers(self, a, counts):
        """Add what classes do not tell: five counts, by class of the attribute and question."""
        for item, known in self.known.items():
            for c in range(len(known.classes[a])):
                atoms = [atom for atom in known.atoms if atom[1][a] == c]
                for score, n in enumerate(counts[c, ALL.index(item)].tolist(), 1):
                    self._say(self._of(item, atoms, (score,)), n, n)

    def _themes(self, plain, theme):
        for group in plain["groups"]:
            cell = group["themes"][theme]
            if cell and not cell["full"]:
                row = {}
                for item in cell["items"]:
                    known = self.known[item]
                    blocks = self.below(known, group["id"])
                    atoms = [atom for atom in known.atoms if atom[0] in blocks]
                    row |= self._of(item, atoms, weight=1 / group["items"][item]["n"])
                self._mean(row, cell)
        for a, (_, some) in enumerate(sorted(plain["cross_cuts"].items())):
            for c, one in enumerate(some):
                if cell := one["themes"][theme]:
                    row = {}
                    for item in cell["items"]:
                        atoms = [x for x in self.known[item].atoms if x[1][a] == c]
                        row |= self._of(item, atoms, weight=1 / one["items"][item]["n"])
                    self._mean(row, cell)

    def _mean(self, row, cell):
        top = 5 if cell["mean"] >= 4.8 else cell["mean"] + 0.05
        items = len(cell["items"])
        self._say(row, items * (cell["mean"] - 0.05) - 1e-9, items * top + 1e-9)

    def solve(self, extra, *, whole):
        """Look for answers that agree with everything and with one more constraint."""
        rows = [*self.rows, extra]
        matrix = lil_array((len(rows), len(self.at)))
        for i, (row, _, _) in enumerate(rows):
            for x, weight in row.items():
                matrix[i, x] = weight
        limits = LinearConstraint(
            matrix.tocsr(), [low for _, low, _ in rows], [high for _, _, high in rows]
        )
        found = milp(
            np.zeros(len(self.at)), constraints=limits, bounds=Bounds(0, np.inf),
            integrality=np.full(len(self.at), int(whole)), options={"time_limit": 20},
        )  # fmt: skip
        return found.status

    def proved(self, *, whole):
        """Give groups of one to four people of whom it follows that all were unfavourable."""
        found = []
        for item, known in self.known.items():
            for atom, said in known.answers().items():
                if len(said) < K and max(said) <= 2:
                    some_other = self._of(item, [atom], (1, 2)), 0, len(said) - 1
                    if self.solve(some_other, whole=whole) == IMPOSSIBLE:
                        found.append((item, atom))
        return found


def _word(liked, n, end):
    rules = (liked >= n - end, liked <= end, 5 * liked > 3 * n, 5 * liked < 2 * n, True)
    names = ("almost_everybody", "almost_nobody", "most", "a_minority", "about_half")
    return names[rules.index(True)]


def test_the_attack_proves_it_of_some_where_classes_tell_five_counts(monkeypatch):
    seen, proved = [], 0
    monkeypatch.setattr(counting, "_require_sound", lambda _, evidence: seen.append(evidence))
    for seed in (4, 43, 48, 52):  # of 60 firms, seven could be attacked
        plain, people = counted(seed, 60, HARSH)
        program = Program(plain, people, "t0")
        for a in range(2):
            program.told_in_numbers(a, seen[-1].cuts[a])
        assert program.solve(({}, 0, 0), whole=False) == POSSIBLE
        proved += len(program.proved(whole=False))
    assert proved > 1


@pytest.mark.parametrize("mix", [USUAL, HARSH], ids=["usual", "miserable"])
def test_of_no_few_people_it_can_be_proved_that_all_were_unfavourable(mix, request):
    attack = request.config.getoption("--attack")
    for seed in range(MANY if attack else FEW):
        plain, people = counted(seed, 40 if seed % 2 else 60, mix)
        for theme in list(ITEMS)[: 3 if attack else 1]:
            program = Program(plain, people, theme)
            assert program.solve(({}, 0, 0), whole=attack) == POSSIBLE, "a contradiction"
            assert program.proved(whole=attack) == [], (seed, theme)
