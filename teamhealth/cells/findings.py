"""What statistics found in a snapshot's figures, beside the figures themselves: the numbers behind each word.

Whatever is said of a group follows from what is shown of it; what is said of the whole
organisation is told to two decimals at most. So nothing here tells more about anybody.
Outlets print words, and these numbers only where a module's docstring says so.
"""

import enum
from dataclasses import dataclass


class Response(enum.StrEnum):
    """How many of those who were asked stand behind a group's figures: from 80, 60, 40 % and below."""

    NORMAL = "normal"
    SOME_SILENT = "some_silent"
    HALF_SILENT = "half_silent"
    TOO_SILENT = "too_silent"


class Agreement(enum.StrEnum):
    """Whether a group's people answer a theme alike, more than chance would have it."""

    AGREE = "agree"
    PARTLY = "partly"
    LITTLE = "little"


class Band(enum.StrEnum):
    """How well the items of a theme hang together: below .60, .70, .95, and above."""

    APART = "apart"
    ROUGH = "rough"
    FINE = "fine"
    REDUNDANT = "redundant"


@dataclass(frozen=True, slots=True)
class Alike:
    """A theme's agreement at one group, from its released counts of ten people or more.

    ``uniform`` and ``skewed`` are rwg(j) against both kinds of chance, ``deviation`` is
    AD, ``polarisation`` the items' mean; ``divided`` says that there are two camps.
    """

    word: Agreement
    uniform: float
    skewed: float
    deviation: float
    polarisation: float
    divided: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """What stands behind a word of change: the mean then, the shrunken difference, P(it is above 0)."""

    before: float
    difference: float
    above: float


@dataclass(frozen=True, slots=True)
class History:
    """The same group in the survey before: its path then, how many were asked, its responses (None: hidden).

    ``others`` says that different people may have answered: the group grew or shrank by
    more than 30 %, or its response changed by more than 20 points.
    """

    path: str
    invited: int
    responses: int | None
    others: bool


@dataclass(frozen=True, slots=True)
class Reliability:
    """A theme's ω, or α where ``by`` says so, over the whole organisation, to two decimals.

    ``turned`` are items that go against the others: probably scored the wrong way round.
    """

    value: float
    by: str
    band: Band
    turned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Driver:
    """One theme's share (0…1) of what all themes have to do with the outcome, with its 95 % range.

    ``top_three`` is how often it was among the first three when groups were drawn again;
    ``correlation`` is with the outcome. To two decimals; range and ``top_three`` in steps of .05.
    """

    theme: str
    share: float
    low: float
    high: float
    top_three: float
    correlation: float


@dataclass(frozen=True, slots=True)
class Drivers:
    """What moves together with ``outcome`` (an item's id), in the order of the themes, not ranked.

    ``r2`` to two decimals; ``early`` says that it is an early indication.
    """

    outcome: str
    r2: float
    early: bool
    themes: tuple[Driver, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """The rules a survey was counted by, beside its k.

    Distributions, spread and comments from ``numbers_from`` answers, the recommendation
    score from ``score_from``; at most the share ``left_out`` of a group's answers is
    counted further up, and at most the share ``elsewhere`` of its people answers there.
    """

    numbers_from: int
    score_from: int
    left_out: float
    elsewhere: float
