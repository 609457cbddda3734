"""Storing comments as counted: detached from ratings, in an order that means nothing.

To read them needs no result: see ``listing``.
"""

import uuid
from collections.abc import Iterable
from operator import itemgetter

from sqlalchemy import insert
from sqlalchemy.orm import Session

from teamhealth.conversations.models import Comment
from teamhealth.results.count import CountedComment


def store(db: Session, survey_id: str, comments: Iterable[CountedComment]) -> None:
    """Insert the comments of a survey under random ids, in the order of these ids."""
    # PostgreSQL keeps rows in the order of their insertion: it must be a random one.
    drawn = sorted(((uuid.uuid4(), comment) for comment in comments), key=itemgetter(0))
    rows = [
        {
            "id": name,
            "survey_id": survey_id,
            "group_id": comment.group,
            "question": comment.question,
            "body": comment.body,
            "reply_hash": comment.reply_hash,
            "held": False,
        }
        for name, comment in drawn
    ]
    if rows:
        db.execute(insert(Comment), rows)
