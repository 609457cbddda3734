"""Reading the comments that a group lists."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from teamhealth.conversations.models import Comment


def listed(db: Session, survey_id: str, group_id: str) -> Sequence[Comment]:
    """Return the comments that a group lists, without those held back, by question and random id."""
    return db.scalars(
        select(Comment)
        .where(
            Comment.survey_id == survey_id,
            Comment.group_id == group_id,
            Comment.held.is_(False),
        )
        .order_by(Comment.question, Comment.id)
    ).all()


def how_many(db: Session, survey_id: str) -> dict[str, int]:
    """Return how many comments each group lists, without those held back; only groups that list any."""
    rows = db.execute(
        select(Comment.group_id, func.count())
        .where(Comment.survey_id == survey_id, Comment.held.is_(False))
        .group_by(Comment.group_id)
    )
    return {group: int(many) for group, many in rows}
