"""The reader of comments: all that may be read, question by question, and nothing beside it."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from teamhealth.conversations.models import Comment
from tests.northwind import LATEST
from tests.reading import rows, said

TOMAS, OLGA, RITA = (f"{name}@northwind.example" for name in ("tomas", "olga", "rita"))
DESK = "groups/service-desk/comments"


def _written(database, group=None):
    with database.read() as db:
        found = db.scalars(select(Comment).where(Comment.survey_id == LATEST)).all()
        return [one for one in found if group in {None, one.group_id}]


def _read(html):
    return [said(one) for one in re.findall(r'<bdi dir="auto">(.*?)</bdi>', html, re.DOTALL)]


@pytest.fixture
def two_questions(database):
    """Give a function that puts one of the service desk's comments under another question."""

    def change():
        with database.write() as db:
            first = db.scalars(
                select(Comment).where(
                    Comment.group_id == "service-desk", Comment.survey_id == LATEST
                )
            ).first()
            first.question, first.body = "enps", "Because of the <people> here.\n\nTruly."
            db.commit()

    return change


def test_it_holds_every_comment_of_the_group_and_only_those(reading, database):
    _, page = reading()
    for group in {one.group_id for one in _written(database)}:
        told = _read(page(f"groups/{group}/comments"))
        assert sorted(told) == sorted(one.body for one in _written(database, group))


def test_the_list_says_how_many_each_group_lists_or_where_they_are_read(reading, database):
    snapshot, page = reading()
    told = {row[0]: row[1] for row in rows(page("comments"), "places")[1:]}
    assert list(told) == [group.name for group in snapshot.groups]
    for group in snapshot.groups:
        many = len(_written(database, group.id))
        if many:
            plain = "One comment" if many == 1 else f"{many} comments"
            assert told[group.name] == f"{plain} {group.name}"
        elif group.comments_in == group.id:
            assert told[group.name] == "None shown"
        else:
            there = snapshot.group(group.comments_in).name
            assert told[group.name] == f"Read together with {there}."


def test_one_question_can_be_read_by_itself_at_an_address(reading, two_questions):
    _, page = reading()
    two_questions()
    everything, one = page(DESK), page(f"{DESK}?question=enps")
    assert len(_read(one)) == 1
    assert len(_read(everything)) > 1
    assert 'aria-current="true"' in one
    assert "Truly." in said(one)
    assert 'id="enps"' in everything
    page(f"{DESK}?question=listening_1", 404)


def test_what_somebody_wrote_cannot_become_markup_and_keeps_its_lines(reading, two_questions):
    _, page = reading()
    two_questions()
    html = page(f"{DESK}?question=enps")
    assert "Because of the &lt;people&gt; here.\n\nTruly." in html


def test_nothing_stands_beside_a_comment(reading, database):
    _, page = reading()
    html = page(DESK)
    listed = html[html.index('class="said"') : html.index('class="note source"')]
    assert set(re.findall(r"<(\w+)", listed)) <= {"li", "bdi", "section", "h2", "p", "ul"}
    assert not re.search(r"<li[^>]+>", listed)
    for one in _written(database, "service-desk"):
        assert str(one.id) not in html


def test_what_is_held_back_is_on_no_page(reading, database):
    _, page = reading()
    with database.write() as db:
        for one in db.scalars(select(Comment).where(Comment.group_id == "service-desk")):
            one.held = True
        db.commit()
    html = page(DESK)
    assert _read(html) == []
    assert "nothing was written, or nothing of it is shown" in said(html)
    told = {row[0]: row[1] for row in rows(page("comments"), "places")[1:]}
    assert told["Service Desk"] == "None shown"


def test_a_group_whose_comments_are_read_elsewhere_says_where(reading):
    snapshot, page = reading(OLGA)
    north = snapshot.group("warehouse-north")
    html = page("groups/warehouse-north/comments")
    there = snapshot.group(north.comments_in)
    assert f"were read together with those of {there.name}" in said(html)
    assert f"groups/{there.id}/comments" in html
    assert _read(html) == []


def test_it_leads_nowhere_that_is_not_the_readers_to_open(reading):
    snapshot, page = reading(TOMAS)
    html = page("groups/warehouse-north/comments")
    there = snapshot.group("warehouse-north").comments_in
    assert f"groups/{there}/comments" not in html
    page(f"groups/{there}/comments", 404)


def test_where_fewer_than_ten_answered_together_it_says_so(reading):
    def alone(snapshot):
        groups = tuple(replace(group, comments_in=None) for group in snapshot.groups)
        return replace(snapshot, groups=groups)

    _, page = reading(change=alone)
    words = said(page(DESK))
    assert "only where ten or more answered together" in words
    assert "There is no comment to read here." not in words


def test_a_leader_finds_only_the_groups_they_may_open_in_the_list(reading):
    _, page = reading(RITA)
    html = page("comments")
    assert [row[0] for row in rows(html, "places")[1:]] == ["Returns"]
    assert "There is no comment to read here." in said(html)
