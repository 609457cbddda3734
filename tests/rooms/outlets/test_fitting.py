"""Which of several tries is printed: the first that is full enough, else the fullest; comments go last."""

import pytest

from teamhealth.instruments.library import library
from teamhealth.outlets.print_facts import Source, facts_of
from teamhealth.outlets.print_fit import Fit
from teamhealth.outlets.print_past import over_time
from teamhealth.outlets.print_press import Try, press_fitting
from teamhealth.outlets.print_team import team_view
from tests.rooms.outlets.printing import MEDIUM, Said, counted, text

ROOM = 9
NEVER = 1.1  # no page is as full as that
COMMENTS = tuple(Said("comment", f"Remark {n}.") for n in range(9))


@pytest.fixture(scope="module")
def tried():
    """Give a function that makes a try of a group's report, with so many of its comments."""
    snapshot, asked = counted()
    facts = facts_of(snapshot, "5e" * 32, None, "en")
    source = Source(snapshot, facts, asked, library(), "en")
    group = snapshot.group(MEDIUM)
    over = over_time(snapshot, (), group, source.words)

    def make(comments=None, shrunk=1.0, **more):
        fit = Fit(shrunk, comments=comments)
        view = team_view(source, group, group.responses, COMMENTS, fit=fit)
        given = {"facts": facts, "guide": library().retro, "over": over, "v": view}
        return Try(given, more.pop("pages", ROOM), shrunk, **more)

    return make


def _told(given):
    return text(press_fitting("team.html", given)).count("Remark")


def test_no_comment_is_left_out_so_that_a_page_looks_fuller(tried):
    assert _told([tried(filled=NEVER), tried(3, last=True)]) == len(COMMENTS)


def test_comments_are_left_out_where_there_is_no_room(tried):
    assert _told([tried(pages=1), tried(3, last=True)]) == 3


def test_where_no_try_is_full_enough_the_clearly_fullest_is_printed_else_the_first(tried):
    nearly_empty, fuller, as_full = (
        tried(shrunk=shrunk, filled=NEVER) for shrunk in (1.05, 1.0, 1.2)
    )
    alone = press_fitting("team.html", [fuller])
    assert press_fitting("team.html", [nearly_empty, fuller]) == alone
    assert press_fitting("team.html", [as_full, fuller]) != alone


def test_what_fits_nowhere_is_printed_as_the_last_try_has_it(tried):
    assert _told([tried(pages=1), tried(4, pages=1), tried(2, pages=1)]) == 2
