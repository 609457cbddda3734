"""What people wrote: where comments can be read, and the reader of one group's, question by question.

Nothing stands beside a comment: no name, no rating, no day, no number. All of a page is
there at once, so that the browser's own search finds everything.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from teamhealth.cells.model import GroupResult
from teamhealth.conversations import listing
from teamhealth.conversations.models import Comment
from teamhealth.errors import NotFoundError
from teamhealth.web.desk.current import access
from teamhealth.web.desk.group_lists import page_of
from teamhealth.web.desk.reading import Result, result
from teamhealth.web.desk.speaking import gettext, render
from teamhealth.web.wiring import wired


@dataclass(frozen=True, slots=True)
class Answered:
    """An open question with what was written, in the stored order, which means nothing."""

    id: str
    text: str
    said: tuple[str, ...]


def comments(survey_id: str) -> str:
    """Show which groups list comments, in the order of the tree."""
    with wired().database.read() as db:
        found = result(db, access(), survey_id)
        many = listing.how_many(db, survey_id)
    return render(
        "desk/results/comments.html",
        result=found,
        page=page_of(found),
        at=request.args.get("in", ""),
        many={name: n for name, n in many.items() if found.opens(name)},
    )


def of_group(survey_id: str, group_id: str) -> str:
    """Show what the people of one group wrote, all of it or the answers to one question (``?question=``)."""
    with wired().database.read() as db:
        found = result(db, access(), survey_id)
        one = found.group(group_id)
        here = one.comments_in == one.id
        many = listing.how_many(db, survey_id)
        told = _by_question(found, listing.listed(db, survey_id, group_id) if here else ())
    chosen = request.args.get("question", "")
    if chosen and chosen not in {each.id for each in told}:
        raise NotFoundError(
            gettext("There is no such question, or nothing is told of it. Nothing was changed.")
        )
    return render(
        "desk/results/group_comments.html",
        result=found,
        here=one,
        above=found.tree.above(one),
        questions=told,
        shown=[each for each in told if chosen in {"", each.id}],
        chosen=chosen,
        read_with=_read_with(found, one),
        many=many,
    )


def _by_question(found: Result, written: Sequence[Comment]) -> list[Answered]:
    said: dict[str, list[str]] = {}
    for comment in written:
        said.setdefault(comment.question, []).append(comment.body)
    order = [question.id for question in found.source.instrument.questions]
    return [
        Answered(name, found.wording.questions[name], tuple(said[name]))
        for name in order
        if name in said
    ]


def _read_with(found: Result, group: GroupResult) -> GroupResult | None:
    """Return the group that lists this one's comments, if it is another."""
    there = group.comments_in
    return found.seen.group(there) if there and there != group.id else None
