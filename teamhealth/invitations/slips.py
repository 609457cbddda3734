"""Paper slips: seats that anybody of a group may take by drawing a code from a hat.

Promises: a code is random, and nothing of it is stored but its hash; rows lie in the order
of random ids, codes on paper in the order in which they were drawn; slips beyond one for
each of a group's people on paper take its spare seats (``campaigns.seats``); who voids slips
is not told whether one was used.
"""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from teamhealth.campaigns import answering, lookup, seats
from teamhealth.campaigns.models import State, Survey
from teamhealth.credentials.codes import CODE_BYTES
from teamhealth.credentials.tokens import token_hash
from teamhealth.errors import NotFoundError, RefusedError
from teamhealth.invitations.models import Invitation
from teamhealth.roster.paths import tidy


@dataclass(frozen=True, slots=True)
class Supply:
    """The slips of one answering group: ``on_paper`` of its people draw one.

    ``printed`` counts those there are, void ones too; ``left_spare`` the spare seats that
    nobody has taken yet.
    """

    group_id: str
    path: str
    name: str
    on_paper: int
    printed: int
    left_spare: int

    @property
    def left(self) -> int:
        """How many can still be printed: for people on paper, and on spare seats."""
        return max(0, self.on_paper - self.printed) + self.left_spare

    def on_spare(self, count: int) -> int:
        """Return how many of ``count`` further slips would take a spare seat."""
        return count - min(count, max(0, self.on_paper - self.printed))


@dataclass(frozen=True, slots=True)
class Batch:
    """Slips to be printed for one group; ``tokens`` of 10 bytes in the order of the paper."""

    group: Supply
    tokens: tuple[bytes, ...]


def supplies(db: Session, survey: Survey) -> list[Supply]:
    """Return what there is for every group in which people answer, in the order of the tree."""
    rows = db.execute(
        select(Invitation.group_id, func.count().label("printed"))
        .where(Invitation.survey_id == survey.id, Invitation.paper)
        .group_by(Invitation.group_id)
    )
    printed = {row.group_id: row.printed for row in rows}
    return [
        Supply(
            group_id=group.group_id,
            path=group.path,
            name=group.name,
            on_paper=group.on_paper,
            printed=printed.get(group.group_id, 0),
            left_spare=group.spare - group.spent,
        )
        for group in lookup.groups_of(db, survey)
        if group.invited
    ]


def supply(db: Session, survey: Survey, path: str) -> Supply:
    """Return what there is for the group of that path.

    Raises NotFoundError if the survey has no such group, RefusedError, naming the group
    in which its people answer, if nobody answers in it.
    """
    home = answering.of_path(db, survey, path)
    if home.path != tidy(path):
        raise RefusedError(
            f"“{tidy(path)}” is too small to answer by itself: its people answer in “{home.path}”. "
            f"Nothing was done; slips for them are those of “{home.path}”."
        )
    return next(one for one in supplies(db, survey) if one.group_id == home.group_id)


def draw(
    survey: Survey, group: Supply, count: int | None, *, random: Callable[[int], bytes]
) -> Batch:
    """Draw codes for so many slips (None: all that are left); nothing is stored yet.

    ``random`` gives that many random bytes. Raises RefusedError unless the survey is open
    and there are so many seats left.
    """
    require_open(survey)
    wanted = group.left if count is None else count
    if not 1 <= wanted <= group.left:
        raise _too_many(group, wanted)
    return Batch(group, tuple(random(CODE_BYTES) for _ in range(wanted)))


def store(db: Session, survey_id: str, batches: Sequence[Batch]) -> None:
    """Make these slips good, once they are on paper.

    Needs a writing session; slips of one survey wait for each other. Raises RefusedError if
    the survey has closed or the seats were taken meanwhile; then none is good.
    """
    survey = lookup.survey(db, survey_id, lock=True)
    require_open(survey)
    now = {found.group_id: found for found in supplies(db, survey)}
    drawn = []
    for batch in batches:
        group, count = now[batch.group.group_id], len(batch.tokens)
        if count > group.left:
            raise _too_many(group, count)
        seats.spend(db, survey, group.group_id, group.on_spare(count))
        drawn += [(uuid.uuid4(), group.group_id, token) for token in batch.tokens]
    db.execute(insert(Invitation), [_row(survey_id, *each) for each in sorted(drawn)])


def void(db: Session, survey_id: str, tokens: Iterable[bytes]) -> None:
    """See to it that these slips can no longer be used. An answer given with one stays.

    Raises NotFoundError, and voids none, if one is no slip of this survey.
    """
    require_open(lookup.survey(db, survey_id, lock=True))
    hashes = {token_hash(survey_id, token) for token in tokens}
    ours = (
        Invitation.survey_id == survey_id,
        Invitation.paper,
        Invitation.token_hash.in_(hashes),
    )
    known = db.scalar(select(func.count()).select_from(Invitation).where(*ours))
    if known != len(hashes):
        raise NotFoundError(
            "At least one of these is no code of a paper slip of this survey. Nothing was changed; "
            "compare them with the slips."
        )
    db.execute(update(Invitation).where(*ours).values(void=True))


def void_rest(db: Session, survey_id: str, group_id: str) -> None:
    """See to it that no slip of a group can be used any more. Answers given with some stay."""
    require_open(lookup.survey(db, survey_id, lock=True))
    ours = (Invitation.survey_id == survey_id, Invitation.group_id == group_id)
    db.execute(update(Invitation).where(*ours, Invitation.paper).values(void=True))


def require_open(survey: Survey) -> None:
    """Refuse unless the survey is open: slips live no longer."""
    if survey.state is not State.OPEN:
        raise RefusedError(
            f"Survey {survey.id} is {survey.state.value}, and paper slips exist only while it is open. "
            "Nothing was done."
        )


def _too_many(group: Supply, wanted: int) -> RefusedError:
    left = f"{group.left} more" if group.left else "no more"
    return RefusedError(
        f"For “{group.path}” {left} can be printed, and {wanted} were asked for. It has {group.on_paper} "
        f"people on paper, {group.printed} slips were printed, and {group.left_spare} spare seats are left; "
        "more seats than were announced at the launch there cannot be. No slip can be printed "
        "twice: codes are not stored. Nothing was printed."
    )


def _row(survey_id: str, name: uuid.UUID, group_id: str, token: bytes) -> dict[str, object]:
    return {
        "id": name,
        "survey_id": survey_id,
        "group_id": group_id,
        "person_id": None,
        "token_hash": token_hash(survey_id, token),
        "blinded_hash": None,
        "copied": False,
        "paper": True,
        "void": False,
        "quiet": False,
    }
