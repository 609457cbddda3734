"""Letters about a published result, stage by stage: to the leaders, to those above them, to everybody.

Promise: each person gets one letter a stage, whatever they lead and however often a worker
was killed; who has answered is not looked at, and could not be: the list of links is gone.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Select, insert, select, union
from sqlalchemy.orm import Session

from teamhealth.accounts.leaders import Leader, leaders
from teamhealth.campaigns import lookup, releasing
from teamhealth.campaigns.models import Survey, SurveyGroup
from teamhealth.campaigns.released import Release
from teamhealth.cells.audience import HR, seen_by
from teamhealth.db import Database
from teamhealth.jobs import telling
from teamhealth.jobs.result_letters import Announcement
from teamhealth.mail.models import Letter
from teamhealth.roster.models import Group
from teamhealth.snapshots import storing

_AT_A_TIME = 1000
_TALK_BY = timedelta(days=14)


def announce(database: Database, survey_id: str, *, now: datetime) -> int:
    """Queue the letters of every stage that has begun and was not told of; return how many."""
    with database.read() as db:
        seen = releasing.of(db, survey_id)
        if seen is None or seen.tells_at is None or seen.tells_at > now:
            return 0
        since = seen.tells_at
        rows = list(_rows(db, lookup.survey(db, survey_id), seen, now))
    with database.write() as db:
        lookup.survey(db, survey_id, lock=True)
        release = releasing.of(db, survey_id)
        if release is None or release.tells_at != since:
            return 0  # another worker was first
        for start in range(0, len(rows), _AT_A_TIME):
            db.execute(insert(Letter), rows[start : start + _AT_A_TIME])
        release.tells_at = releasing.next_letters(release, after=now)
        db.commit()
    return len(rows)


def _rows(
    db: Session, survey: Survey, release: Release, now: datetime
) -> Iterator[dict[str, object]]:
    def due(moment: datetime | None) -> bool:
        return bool(moment and release.tells_at and release.tells_at <= moment <= now)

    seen = seen_by(storing.load(db, survey.id), HR)
    letters = Announcement(survey, release, seen, now)
    written: set[str] = set()
    if release.letters and due(release.leaders_from):
        for leader in _readers(db, survey):
            written.add(leader.email)
            yield letters.ready(leader)
    if release.letters and due(release.above_from):
        for leader in leaders(db, _above(db, survey)):
            if leader.has_account and leader.email not in written:
                yield letters.above(leader)
    if release.letters and due(release.talk_at):
        yield from map(letters.talk, _readers(db, survey))
    if due(release.everybody_from) and seen.root.responses is not None:
        by = release.leaders_from + _TALK_BY
        yield from (letters.summary(one, by) for one in telling.asked(db, survey))


def _readers(db: Session, survey: Survey) -> Iterator[Leader]:
    """Give those who lead a group that was asked and can come to the desk."""
    asked = select(SurveyGroup.group_id).where(SurveyGroup.survey_id == survey.id)
    return (leader for leader in leaders(db, asked) if leader.has_account)


def _above(db: Session, survey: Survey) -> Select[str]:
    """Ask for the groups that have others of the survey below them, in its tree or above it."""
    inside = select(SurveyGroup.parent_id).where(
        SurveyGroup.survey_id == survey.id, SurveyGroup.parent_id.is_not(None)
    )
    names: list[str] = []
    scope = db.get(Group, survey.scope_id)
    while scope is not None and scope.parent_id is not None:
        names.append(scope.parent_id)
        scope = db.get(Group, scope.parent_id)
    both = union(inside, select(Group.id).where(Group.id.in_(names))).subquery()
    return select(both.c[0])
