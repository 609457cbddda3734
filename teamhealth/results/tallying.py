"""From sheets to numbers, a few hundred sheets at a time; afterwards no person is left.

What is kept of a group's sheets are sums: how many there were, five counts per item,
three of eNPS, and products of pairs of items of one theme. Comments are taken off the
ratings here and keep nothing but their group, their question and the mark by which their author finds them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations, islice

import numpy as np

from teamhealth.credentials.receipts import comment_mark
from teamhealth.disclosure.tree import Bools, Ints, Tree
from teamhealth.results.gathering import Gathering
from teamhealth.results.sheets import Form, Sheet
from teamhealth.stats.spread import Products

_AT_A_TIME = 500
_DETRACTOR, _PASSIVE = 6, 8  # the highest recommendation of each


@dataclass(frozen=True, slots=True)
class Written:
    """A comment off its sheet; ``group`` is the number of the group its author answers in."""

    group: int
    question: str
    body: str
    reply_hash: bytes


@dataclass
class Tally:
    """The sums of one survey per answering group (first axis).

    ``themes`` are the item columns of each theme, ``pairs`` all pairs within themes.
    ``counts`` are answers 1…5 per item, ``scores`` detractors, passives and promoters,
    ``products`` per pair: people, Σx, Σy, Σx², Σxy, Σy². ``gathering`` is for cross-cuts.
    """

    tree: Tree
    form: Form
    themes: list[tuple[int, ...]]
    pairs: list[tuple[int, int]]
    sheets: Ints
    counts: Ints
    scores: Ints
    products: Ints
    gathering: Gathering
    comments: list[Written] = field(default_factory=list)

    def add(self, group: int, sheets: Iterable[Sheet]) -> None:
        """Add the sheets of the people who answer in this group, by its number in the tree."""
        remaining = iter(sheets)
        while some := tuple(islice(remaining, _AT_A_TIME)):
            self._add(group, some)

    def _add(self, group: int, sheets: tuple[Sheet, ...]) -> None:
        answers = np.frombuffer(b"".join(s.answers for s in sheets), dtype=np.uint8)
        answers = answers.reshape(len(sheets), len(self.form.items))
        self.sheets[group] += len(sheets)
        for score in range(1, 6):
            self.counts[group, :, score - 1] += (answers == score).sum(axis=0)
        for sheet in sheets:
            if sheet.recommend is not None:
                rank = (sheet.recommend > _DETRACTOR) + (sheet.recommend > _PASSIVE)
                self.scores[group, rank] += 1
            self.comments += [
                Written(group, question, body, comment_mark(sheet.reply_hash, question))
                for question, body in sheet.comments
            ]
        if self.pairs:
            self._multiply(group, answers.astype(np.int64))
        self.gathering.add(group, sheets)

    def _multiply(self, group: int, answers: Ints) -> None:
        first, second = (list(side) for side in zip(*self.pairs, strict=True))
        x, y = answers[:, first], answers[:, second]
        both = (x > 0) & (y > 0)
        x, y = x * both, y * both
        sums = both, x, y, x * x, x * y, y * y
        for at, terms in enumerate(sums):
            self.products[group, :, at] += terms.sum(axis=0)

    def answered(self) -> Ints:
        """Return how many answered each item per answering group; eNPS is the last column."""
        return np.column_stack([self.counts.sum(axis=2), self.scores.sum(axis=1)])

    def within(self, covered: Bools, theme: int) -> list[Products]:
        """Return the pairs of a theme's items, each group's own means taken off.

        ``covered`` says, per answering group and item, whose answers are counted at all.
        """
        found = []
        for at, (a, b) in enumerate(self.pairs):
            if a in self.themes[theme]:
                n, x, y, xx, xy, yy = self.products[covered[:, a] & covered[:, b], at].T
                some = np.maximum(n, 1)
                found.append(
                    Products(
                        pairs=int(n.sum()),
                        xx=float((xx - x * x / some).sum()),
                        xy=float((xy - x * y / some).sum()),
                        yy=float((yy - y * y / some).sum()),
                    )
                )
        return found


def empty(tree: Tree, form: Form, themes: list[tuple[int, ...]]) -> Tally:
    """Return a tally of nothing yet; ``themes`` are columns of the form's items."""
    pairs = [pair for items in themes for pair in combinations(items, 2)]
    return Tally(
        tree=tree,
        form=form,
        themes=themes,
        pairs=pairs,
        sheets=np.zeros(len(tree), dtype=np.int64),
        counts=np.zeros((len(tree), len(form.items), 5), dtype=np.int64),
        scores=np.zeros((len(tree), 3), dtype=np.int64),
        products=np.zeros((len(tree), len(pairs), 6), dtype=np.int64),
        gathering=Gathering(len(form.attributes), len(form.items)),
    )
