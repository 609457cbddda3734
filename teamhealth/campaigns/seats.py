"""Spare seats of an open survey: how many an answering group has, and that no more are given.

Whoever could hand out links without end could hold all of a group's but one, answer them,
and read the one that is left. So readdressed, moved and late people and further paper
slips together take at most the spare seats that the manifest announces. Promise: what is
taken is counted without looking at whether anybody has answered, and never given back.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from teamhealth.campaigns.models import Survey, SurveyGroup
from teamhealth.errors import RefusedError


def spend(db: Session, survey: Survey, group_id: str, count: int = 1) -> None:
    """Take ``count`` spare seats of an answering group, all or none.

    The caller holds the survey's row (``lookup.survey(…, lock=True)``), so that two acts
    cannot both take the last one. Raises RefusedError if fewer are left.
    """
    group = db.scalars(
        select(SurveyGroup).where(
            SurveyGroup.survey_id == survey.id, SurveyGroup.group_id == group_id
        )
    ).one()
    if group.spent + count > group.spare:
        raise RefusedError(
            f"{group.name} {_left(group)}, and this takes {_seats(count)}. Nothing was changed. With "
            "more, somebody could answer for nearly all of the group and so read the answers of the "
            "others; whoever gets no seat can take part next time."
        )
    group.spent += count
    db.flush()


def _left(group: SurveyGroup) -> str:
    left = group.spare - group.spent
    if left == group.spare:
        return f"has only {_seats(left)}"
    return (
        f"has {'none' if not left else 'only ' + str(left)} of its {_seats(group.spare)} left"
    )


def _seats(count: int) -> str:
    return "1 spare seat" if count == 1 else f"{count} spare seats"
