"""From a plan and counted answers to the figures that are shown.

Answers arrive as five counts per answering group and item, reversed items turned; no
person is needed. Every figure is a sum over whole blocks: nothing reads a group's raw
total. Theme figures are functions of released item figures.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import compress

import numpy as np

from teamhealth.disclosure.blocks import homes
from teamhealth.disclosure.guards import clip, clip_enps, told, words
from teamhealth.disclosure.planning import Plan
from teamhealth.disclosure.tree import Bools, Ints, Tree

_SCORES = np.arange(1, 6)


@dataclass(frozen=True, slots=True)
class Workings:
    """Five clipped counts per group and item, over the fine and over the ten-blocks.

    For release and audit; they die with the count. Zero where hidden.
    """

    fine: Ints
    ten: Ints


@dataclass(frozen=True, slots=True)
class ThemeFigure:
    """One theme at one group: the item columns it rests on, its mean, words or numbers."""

    group: int
    theme: int
    items: tuple[int, ...]
    mean: float
    full: bool


@dataclass(frozen=True, slots=True)
class Release:
    """All that is shown of agreement items and themes, per group (first axis) and item.

    ``responses`` and ``n`` are 0 where hidden; where ``full`` is true the cell shows
    ``counts``, else the word at that place of ``guards.WORDS``.
    """

    responses: Ints
    n: Ints
    full: Bools
    counts: Ints
    words: Ints
    themes: tuple[ThemeFigure, ...]


def gather(tree: Tree, counts: Ints, block: Ints) -> Ints:
    """Sum counts over each block; groups and items first, answers last, 0 where no block is."""
    home = homes(tree, block)
    at, item = np.nonzero(home >= 0)
    summed = np.zeros_like(counts)
    np.add.at(summed, (home[at, item], item), counts[at, item])
    return summed


def cover(
    tree: Tree, counts: Ints, plan: Plan, *, guard: Callable[[Ints], Ints] = clip
) -> Workings:
    """Clip every block, then add blocks upward. ``guard`` is the clip; only tests pass another."""
    return add_up(tree, guard(gather(tree, counts, plan.fine.block)), plan)


def add_up(tree: Tree, blocks: Ints, plan: Plan) -> Workings:
    """Add blocks upward; ``blocks`` are clipped already, five counts per group and item."""
    fine = tree.totals(blocks) * plan.fine.shown[:, :, np.newaxis]
    ten = tree.totals(gather(tree, blocks, plan.ten.block)) * plan.ten.shown[:, :, np.newaxis]
    return Workings(fine, ten)


def release(plan: Plan, workings: Workings, themes: Sequence[Sequence[int]]) -> Release:
    """Return what is shown; ``themes`` as for ``planning.plan``."""
    n = workings.fine.sum(axis=-1)
    return Release(
        responses=plan.sheets.released[:, 0],
        n=n,
        full=plan.ten.shown,
        counts=workings.ten,
        words=words(workings.fine),
        themes=tuple(
            theme_figures(plan.fine.shown, plan.ten.shown, workings.fine, workings.ten, themes)
        ),
    )


def release_enps(tree: Tree, counts: Ints, plan: Plan, item: int) -> Ints:
    """Return detractors, passives and promoters per group, zeros where hidden.

    ``counts`` are the three per answering group, ``item`` the column of eNPS in the plan.
    """
    column = slice(item, item + 1)
    blocks = clip_enps(gather(tree, counts[:, np.newaxis, :], plan.fine.block[:, column]))
    ten = tree.totals(gather(tree, blocks, plan.ten.block[:, column]))
    return ten[:, 0] * plan.ten.shown[:, column]


def theme_figures(
    shown: Bools, rich: Bools, fine: Ints, ten: Ints, themes: Sequence[Sequence[int]]
) -> list[ThemeFigure]:
    """Return every theme that may be shown, from counts that are.

    ``shown`` says which items each group (or class) shows, ``rich`` which in numbers;
    ``fine`` are the counts behind words, ``ten`` those that are shown.
    """
    of_words = (fine @ _SCORES).tolist(), fine.sum(axis=-1).tolist()
    of_numbers = (ten @ _SCORES).tolist(), ten.sum(axis=-1).tolist()
    figures = []
    for t, items in enumerate(themes):
        here = shown[:, list(items)]
        full: Bools = np.all(rich[:, list(items)] | ~here, axis=1)
        many = here.sum(axis=1)
        may = (many > 0) & (2 * many >= len(items)) & ((many > 1) | full)
        rows = np.flatnonzero(may).tolist(), here[may].tolist(), full[may].tolist()
        for v, marks, is_full in zip(*rows, strict=True):
            held = tuple(compress(items, marks))
            total, n = of_numbers if is_full else of_words
            mean = _mean([(total[v][j], n[v][j]) for j in held])
            told_mean = float(mean) if is_full else told(mean)
            figures.append(ThemeFigure(v, t, held, told_mean, is_full))
    return figures


def _mean(pairs: list[tuple[int, int]]) -> Fraction:
    """Return the mean of the items' means exactly, each given as (sum of answers, people)."""
    top, bottom = 0, 1
    for total, n in pairs:
        top, bottom = top * n + total * bottom, bottom * n
    return Fraction(top, bottom * len(pairs))
