"""A form is laid out theme by theme, with the time left, in the language of the reader."""

from itertools import pairwise

import pytest

from teamhealth.i18n.languages import LANGUAGES
from teamhealth.i18n.phrases import phrases
from teamhealth.instruments.asking import Ask
from teamhealth.instruments.library import library
from teamhealth.web.respond.forms import LONGEST_COMMENT, sheet


def _sheet(form="quarterly", language="en", asks=()):
    return sheet(library().instrument(form, LANGUAGES, asks=asks), phrases("copy", language))


@pytest.mark.parametrize(
    ("form", "themes", "questions"), [("pulse", 12, 14), ("quarterly", 8, 26), ("full", 12, 38)]
)
def test_each_theme_is_a_screen_and_the_rest_comes_last(form, themes, questions):
    laid = _sheet(form)

    assert len(laid.screens) == themes + 1
    assert laid.screens[0].title == "Safe to speak up"
    assert [field.name for field in laid.screens[-1].fields] == ["engagement", "enps"]
    assert [field.name for field in laid.comments] == ["comment"]
    assert laid.count == questions == sum(len(screen.fields) for screen in laid.screens)


def test_a_statement_has_five_answers_and_none_is_chosen():
    field = _sheet().screens[0].fields[0]

    assert [(stop.data, stop.label.text) for stop in field][::4] == [
        ("1", "Strongly disagree"),
        ("5", "Strongly agree"),
    ]
    assert len(field) == 5
    assert not any(stop.checked for stop in field)
    assert field.ends == ("Strongly disagree", "Strongly agree")


def test_the_recommendation_goes_from_0_to_10():
    field = _sheet(language="de").screens[-1].fields[1]

    assert [stop.data for stop in field] == [str(n) for n in range(11)]
    assert field.ends == ("Überhaupt nicht wahrscheinlich", "Sehr wahrscheinlich")


def test_a_comment_is_as_long_as_the_count_keeps():
    (field,) = _sheet().comments

    assert f'maxlength="{LONGEST_COMMENT}"' in str(field())


def test_the_time_left_shrinks_and_the_bar_grows():
    laid = _sheet()

    assert laid.screens[0].time == "About 5 minutes left"
    assert laid.screens[-1].time == "About 1 minute left"
    done = [screen.done for screen in laid.screens] + [laid.last_done]
    assert done[0] == 0
    assert all(one < two < 100 for one, two in pairwise(done))


def test_what_people_may_tell_comes_between_and_rather_not_say_is_chosen():
    laid = _sheet(language="ar", asks=[Ask("tenure"), Ask("site", ("Lyon", "Porto"))])

    tenure, site = laid.about.fields
    assert [(option.data, option.checked) for option in tenure][:2] == [
        ("", True),
        ("1", False),
    ]
    assert [option.label.text for option in site] == ["أفضّل عدم الإفصاح", "Lyon", "Porto"]
    assert laid.screens[-1].id == "work"
    assert laid.count == _sheet().count
    assert laid.screens[-1].done < laid.about.done < laid.last_done < 100
    assert _sheet().about is None
