"""How many took part so far, as coarsely as law 9 allows, and never by the person.

All steps are sums over groups whose key stands for at least k people, so that no
difference of two of them covers fewer; the top step is *90 % or more*, and of exactly k
people, where *enough* would be all, nothing is told: so none says "everybody". Whoever was
moved or lost their seat is not among the people any more, whether or not they had answered. Links and
paper slips count alike; used spare seats do not lift a group above its own people.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from teamhealth.campaigns import lookup
from teamhealth.campaigns.models import Participation, State, Survey, SurveyGroup
from teamhealth.db import Database
from teamhealth.invitations.models import Invitation

QUIET = timedelta(hours=24)
"""So long before the close nothing is refreshed: the last to answer must not stand out."""

NOT_ENOUGH, ENOUGH, MOST = "not_enough", "enough", "most"

_WORDS_BELOW = 20
_TOP = 9
_MOST = 0.75


def refresh(database: Database, survey_id: str, *, now: datetime) -> bool:
    """Reckon an open survey's participation anew if that is due; tell whether it was.

    At most once a day (UTC), and not within the last 24 hours.
    """
    with database.read() as db:
        if not _is_due(db, lookup.survey(db, survey_id), now):
            return False
    with database.write() as db:
        survey = lookup.survey(db, survey_id, lock=True)
        if not _is_due(db, survey, now):
            return False
        steps = _steps(lookup.groups_of(db, survey), _used(db, survey_id), survey.k)
        db.execute(delete(Participation).where(Participation.survey_id == survey_id))
        db.add_all(
            Participation(
                survey_id=survey_id, group_id=group, step=step, refreshed_on=now.date()
            )
            for group, step in steps.items()
        )
        db.commit()
    return True


def step(used: int, invited: int, k: int) -> str:
    """Return the step for so many links used of so many: a word below twenty, else tenths 0…9."""
    if invited >= _WORDS_BELOW:
        return str(min(_TOP, 10 * used // invited))
    if used < k:
        return NOT_ENOUGH
    return MOST if used >= _MOST * invited else ENOUGH


def _is_due(db: Session, survey: Survey, now: datetime) -> bool:
    if survey.state is not State.OPEN or now > survey.closes_at - QUIET:
        return False
    last = db.scalar(
        select(func.max(Participation.refreshed_on)).where(Participation.survey_id == survey.id)
    )
    return last is None or last < now.date()


def _used(db: Session, survey_id: str) -> Counter[str]:
    rows = db.execute(
        select(Invitation.group_id, func.count().label("used"))
        .where(
            Invitation.survey_id == survey_id,
            Invitation.blinded_hash.is_not(None),
            Invitation.copied.is_(False),
        )
        .group_by(Invitation.group_id)
    )
    return Counter({row.group_id: row.used for row in rows})


def _steps(groups: Sequence[SurveyGroup], used: Counter[str], k: int) -> dict[str, str]:
    left = {g.group_id: g.invited - g.gone for g in groups}
    invited = {name: people if people >= k else 0 for name, people in left.items()}
    answered = {g.group_id: min(used[g.group_id], invited[g.group_id]) for g in groups}
    for group in reversed(groups):
        if group.parent_id is not None:
            invited[group.parent_id] += invited[group.group_id]
            answered[group.parent_id] += answered[group.group_id]
    return {
        name: step(answered[name], people, k) for name, people in invited.items() if people > k
    }
