"""What the audit reads: the claims of a snapshot, and the evidence of the count behind them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ThemeClaim:
    """One theme as published at one group; groups, themes and items by number.

    ``asked`` is how many items the form asks of the theme; ``ends`` its interval,
    ``error`` and ``silent`` as published; the rest says whether something is told of
    agreement, change and comparison.
    """

    group: int
    theme: str
    items: tuple[int, ...]
    asked: int
    mean: float
    full: bool
    ends: tuple[float, float] | None
    error: float | None = None
    silent: float | None = None
    agrees: bool = False
    changed: bool = False
    compared: bool = False


@dataclass(frozen=True, slots=True)
class CutClaim:
    """One cross-cut as published, none of its classes or at least two (first axis).

    ``values`` of each class are numbers of options; ``n`` and ``words`` as in ``Claims``;
    the ``group`` of a theme is the class. ``full`` marks cells that tell numbers: none may.
    """

    attribute: str
    values: tuple[tuple[int, ...], ...]
    responses: Numbers
    n: Numbers
    full: Marks
    words: Numbers
    themes: tuple[ThemeClaim, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """What something told of the whole rests on: the groups that release all these item ``columns``.

    ``kind`` is reliability, groups or drivers, these with so many ``themes``.
    """

    name: str
    kind: str
    columns: tuple[int, ...]
    themes: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What statistics found, as published beside the figures.

    ``numbers`` are all of the whole organisation, each with its name. ``people`` marks
    cells (groups × items) with a range of people, ``scores`` groups with a range of the
    recommendation score; ``bands`` are groups' words of response, empty where none.
    """

    numbers: tuple[tuple[str, float], ...]
    bases: tuple[Basis, ...]
    people: Marks
    scores: Marks
    bands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claims:
    """What a snapshot publishes. Groups on the first axis, parents first; items on the second.

    ``n`` is 0 where a cell is hidden, ``full`` marks cells with ``counts``; a shown cell
    without them holds the word whose place is in ``words`` (everybody first). ``lists``
    is, per group, the one that lists its people's comments, −1 for none; ``invited`` are
    the people of its subtree who were asked.
    """

    names: tuple[str, ...]
    parent: tuple[int, ...]
    items: tuple[str, ...]
    k: int
    responses: Numbers
    n: Numbers
    full: Marks
    counts: Numbers
    words: Numbers
    enps: Numbers
    lists: tuple[int, ...]
    themes: tuple[ThemeClaim, ...]
    invited: Numbers
    cuts: tuple[CutClaim, ...] = ()
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class People:
    """Who is behind the classes, in numbers that only the count knows.

    One row per answering ``group`` and values ``told`` (a column per attribute):
    ``sheets`` people, and how many of them ``answered`` each item.
    """

    group: Numbers
    told: Numbers
    sheets: Numbers
    answered: Numbers


@dataclass(frozen=True, slots=True)
class Evidence:
    """What only the count knows: clipped counts per group and item, zero where hidden.

    ``ten`` is over the blocks of ten, ``fine`` over those of k; ``cuts`` are by
    attribute the same per class and item. ``keys`` are the groups in which people
    answered; ``behind`` are, by name of a basis, its people per answering group.
    """

    fine: Numbers
    ten: Numbers
    keys: Marks | None = None
    people: People | None = None
    cuts: tuple[Numbers, ...] = ()
    behind: Mapping[str, Numbers] = field(default_factory=dict)
