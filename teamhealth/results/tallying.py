"""From sheets to numbers, a few hundred sheets at a time; afterwards no person is left.

What is kept of a group's sheets are sums: how many there were, five counts per item,
three of eNPS, products of pairs of items of one theme, and sums of theme scores. Comments are taken off the
ratings here and keep nothing but their group, their question and the mark by which their author finds them.

All sums are of whole numbers, so two tallies add up to the same in either order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, islice

import numpy as np

from teamhealth.credentials.receipts import comment_mark
from teamhealth.disclosure.tree import Bools, Ints
from teamhealth.results import moments
from teamhealth.results.gathering import Gathering
from teamhealth.results.moments import Moments, Scoring
from teamhealth.results.runs import Runs
from teamhealth.results.sheets import Form, Sheet, answers_of
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
    ``products`` per pair: people, Σx, Σy, Σx², Σxy, Σy². ``moments`` are for the whole
    organisation, ``gathering`` for cross-cuts.
    """

    form: Form
    themes: list[tuple[int, ...]]
    pairs: list[tuple[int, int]]
    sheets: Ints
    counts: Ints
    scores: Ints
    products: Ints
    moments: Moments
    gathering: Gathering
    comments: list[Written] = field(default_factory=list)

    def add(self, group: int, sheets: Iterable[Sheet]) -> None:
        """Add the sheets of the people who answer in this group, by its number in the tree."""
        self.add_all((group, sheet) for sheet in sheets)

    def add_all(self, sheets: Iterable[tuple[int, Sheet]]) -> None:
        """Add sheets, each with the number of its group; fastest where those of a group follow one another."""
        remaining = iter(sheets)
        while some := tuple(islice(remaining, _AT_A_TIME)):
            numbers, told = zip(*some, strict=True)
            self._add(Runs.of(numbers), told)
            self.gathering.add(numbers, told)
            self.comments += [
                Written(group, question, body, comment_mark(sheet.reply_hash, question))
                for group, sheet in some
                for question, body in sheet.comments
            ]

    def _add(self, runs: Runs, sheets: tuple[Sheet, ...]) -> None:
        answers = answers_of(sheets, len(self.form.items))
        runs.add(self.sheets, np.ones(len(sheets), dtype=np.int64))
        for score in range(1, 6):
            runs.add(self.counts[:, :, score - 1], answers == score)
        recommend = np.array([-1 if s.recommend is None else s.recommend for s in sheets])
        rank = (recommend > _DETRACTOR).astype(np.int64) + (recommend > _PASSIVE)
        is_rank = (rank[:, np.newaxis] == np.arange(3)) & (recommend >= 0)[:, np.newaxis]
        runs.add(self.scores, is_rank)
        scores = answers.astype(np.int64)
        if self.pairs:
            self._multiply(runs, scores)
        self.moments.add(runs, scores)

    def _multiply(self, runs: Runs, answers: Ints) -> None:
        first, second = (list(side) for side in zip(*self.pairs, strict=True))
        x, y = answers[:, first], answers[:, second]
        both = (x > 0) & (y > 0)
        x, y = x * both, y * both
        sums = both, x, y, x * x, x * y, y * y
        for at, terms in enumerate(sums):
            runs.add(self.products[:, :, at], terms)

    def plus(self, other: "Tally", groups: Sequence[int]) -> None:
        """Take in another tally, whose groups are these of ours, each once."""
        at = list(groups)
        self.sheets[at] += other.sheets
        self.counts[at] += other.counts
        self.scores[at] += other.scores
        self.products[at] += other.products
        self.moments.plus(other.moments, at)
        self.gathering.plus(other.gathering, at)
        self.comments += [replace(one, group=at[one.group]) for one in other.comments]

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


def empty(groups: int, form: Form, scoring: Scoring) -> Tally:
    """Return a tally of nothing yet for so many groups."""
    themes = list(scoring.themes)
    pairs = [pair for items in themes for pair in combinations(items, 2)]
    return Tally(
        form=form,
        themes=themes,
        pairs=pairs,
        sheets=np.zeros(groups, dtype=np.int64),
        counts=np.zeros((groups, len(form.items), 5), dtype=np.int64),
        scores=np.zeros((groups, 3), dtype=np.int64),
        products=np.zeros((groups, len(pairs), 6), dtype=np.int64),
        moments=moments.empty(groups, scoring),
        gathering=Gathering(len(form.attributes), len(form.items)),
    )
