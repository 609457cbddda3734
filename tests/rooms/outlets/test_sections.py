"""What is left out of a group's report is not in it; page one and what protects people always are."""

import pytest

from teamhealth.cells.audience import Viewer
from teamhealth.errors import WrongUseError
from teamhealth.instruments.library import library
from teamhealth.outlets.pdf import team_report
from teamhealth.outlets.sections import Section, named
from tests.rooms.outlets.printing import LARGE, SMALL, Said, counted, pages

TITLES = {
    Section.POINTS: "One statement to talk about",
    Section.PRACTICES: "Suggestions to choose from with the team.",
    Section.STATEMENTS: "Statement by statement",
    Section.COMMENTS: "In people’s own words",
    Section.ABOUT: "What the themes are about",
    Section.TALK: "Rules for everybody",
    Section.METHOD_DETAIL: "Mark of the results",
    Section.LEADER: "for you, for support only",
}
ALWAYS = ("One thing to keep", "The themes at a glance", "What protects people")


def printed(group, leave_out):
    snapshot, asked = counted()
    pdf = team_report(
        snapshot, group, asked, library(), viewer=Viewer(frozenset({group})),
        comments=(Said("comment", "Zebras."),), mark="5e" * 32, leave_out=leave_out,
    )  # fmt: skip
    return pages(pdf)


def test_nothing_is_missing_where_nothing_is_left_out():
    whole = " ".join(printed(LARGE, ()))
    assert [title for title in (*TITLES.values(), *ALWAYS) if title not in whole] == []


@pytest.mark.parametrize("at", range(0, len(TITLES), 2))
def test_each_section_can_be_left_out_and_nothing_else_goes_with_it(at):
    left_out = set(list(TITLES)[at : at + 2])
    told = " ".join(printed(LARGE, left_out))
    assert {one for one, title in TITLES.items() if title not in told} == left_out
    assert [one for one in ALWAYS if one not in told] == []


@pytest.mark.parametrize("group", [SMALL, LARGE])
def test_all_can_be_left_out_and_what_stays_points_to_nothing_that_is_gone(group):
    told = printed(group, frozenset(Section))

    assert len(told) <= 3
    assert [one for one in ALWAYS if one not in " ".join(told)] == []
    assert "at the end of this report" not in " ".join(told)


def test_sections_are_named_by_words_and_a_strange_one_is_refused():
    assert named(["comments", " talk "]) == {Section.COMMENTS, Section.TALK}
    assert named([""]) == frozenset()
    with pytest.raises(
        WrongUseError, match=r"no section page-one; nothing was printed\. .*points"
    ):
        named(["page-one", "talk"])
