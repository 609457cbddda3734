"""Before a launch: which groups will certainly have no result of their own, and what to expect of the others.

Honest and simple: everybody answers with the same chance, independently. Real teams
differ more, so the count of results says *about*.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import comb

from sqlalchemy.orm import Session

from teamhealth.campaigns.pinning import Plan, plan
from teamhealth.roster.placing import place

RATE = 0.75
"""The share of people who usually answer."""

CROSSED = 4
"""If fewer than so many times k people are asked, probably nothing can be shown by what they tell of themselves.

Of made-up firms of which three in four people answer, two in five or fewer show something below 4 · k; of those
with 5 · k at least two in three. Fewer do where what people tell mostly follows the teams, as sites may.
"""

_CERTAIN = (
    60  # of so many people enough answer, whatever k: the chance of the contrary is below 10⁻⁹
)


@dataclass(frozen=True, slots=True)
class Outlook:
    """One group of at least one person.

    ``people`` answer in it or below it. ``chance`` is that of a result of its own, None if
    it can have none; then ``counted_in`` is the path of the group that counts its people.
    """

    path: str
    people: int
    chance: float | None
    counted_in: str | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a survey launched now could tell; ``groups`` in the order of the tree.

    ``on_paper`` of the ``people`` get a paper slip.
    """

    people: int
    on_paper: int
    k: int
    groups: tuple[Outlook, ...]

    @property
    def possible(self) -> tuple[Outlook, ...]:
        """The groups that can have a result of their own."""
        return tuple(group for group in self.groups if group.chance is not None)

    @property
    def is_small_to_cross(self) -> bool:
        """Whether probably nothing can be shown by what people tell of themselves."""
        return self.people < CROSSED * self.k

    @property
    def expected(self) -> int:
        """About how many of them will."""
        return round(sum(group.chance or 0 for group in self.possible))

    def lines(self) -> Iterator[str]:
        """Tell it in words, a line for each group without a result of its own."""
        yield f"{self.people} people will be invited."
        if self.on_paper:
            yield (
                f"{self.on_paper} of them get a paper slip and no letter. Once it is open, "
                "`teamhealth slips` prints the slips."
            )
        without = [group for group in self.groups if group.chance is None]
        if len(self.possible) == 1:
            whole = self.possible[0]
            yield f"You will get one result: {whole.path} as a whole."
        else:
            yield (
                f"If {RATE:.0%} answer, about {self.expected} of {len(self.possible)} groups get a "
                f"result of their own (it takes {self.k} answers)."
            )
        if without:
            yield f"Without a result of their own, whoever answers: {len(without)}."
        for group in without:
            yield f"  {group.path} ({group.people} people): counted in {group.counted_in}"


def forecast(db: Session, scope_path: str | None, k: int) -> Forecast:
    """Tell what a survey of a group (None: everybody) would give, by the roster as it is now.

    Raises NotFoundError for an unknown group and RefusedError for fewer than ``k`` people.
    """
    return of_plan(plan(place(db, scope_path), k), k)


def of_plan(plan: Plan, k: int) -> Forecast:
    """Tell what a survey of these people would give."""
    below = plan.tree.totals(plan.people).tolist()
    answering = plan.tree.totals(plan.launch.invited).tolist()
    groups = tuple(
        _outlook(plan, v, below[v], answering[v], k) for v in range(len(plan.tree)) if below[v]
    )
    return Forecast(len(plan.placement.people), sum(plan.on_paper), k, groups)


def chance(people: int, k: int, rate: float = RATE) -> float:
    """Return the chance that at least ``k`` of so many people answer, each with chance ``rate``."""
    if people >= _CERTAIN:
        return 1.0
    fewer = (comb(people, n) * rate**n * (1 - rate) ** (people - n) for n in range(k))
    return max(0.0, 1.0 - sum(fewer))


def _outlook(plan: Plan, v: int, below: int, answering: int, k: int) -> Outlook:
    groups = plan.placement.groups
    if plan.launch.reportable[v]:
        return Outlook(groups[v].path, answering, chance(answering, k), None)
    home = plan.tree.nearest(plan.tree.parent[v], plan.launch.reportable)
    return Outlook(groups[v].path, below, None, groups[home].path)
