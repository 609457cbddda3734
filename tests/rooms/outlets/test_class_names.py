"""What a class is called: the words that people chose, and whether some said nothing."""

import pytest

from teamhealth.instruments.model import Attribute
from teamhealth.outlets.class_names import ClassName, class_name, in_order
from tests.crossed import SITES, YEARS
from tests.rooms.cells.makers import a_class


def named(values, options=YEARS, *, ordered=True, language="en"):
    texts = tuple({"en": "wrong", language: text} for text in options)
    asked = Attribute("a", {language: "?"}, texts, ordered=ordered)
    return class_name(asked, values, language)


def test_one_option_is_called_by_its_own_words():
    assert named((2,)) == ClassName(("1 or 2 years",))
    assert named((0, 5)) == ClassName(("11 years or more",), not_said=True)


def test_options_without_an_order_are_listed():
    assert named((0, 1, 3), SITES, ordered=False) == ClassName(
        ("Leeds", "York & Selby"), not_said=True
    )


def test_who_said_nothing_alone_has_no_words():
    assert named((0,)) == ClassName((), not_said=True)


@pytest.mark.parametrize(
    ("options", "joined"),
    [
        (("1 or 2 years", "3 to 5 years"), "1 to 5 years"),
        (("3 bis 5 Jahre", "6 bis 10 Jahre"), "3 bis 10 Jahre"),
        (("1 to 2 years", "2 to 5 years", "5 to 10 years"), "1 to 10 years"),
        (("من 3 إلى 5 سنوات", "من 6 إلى 10 سنوات"), "من 3 إلى 10 سنوات"),
    ],
)
def test_spans_of_years_that_go_on_are_one_span(options, joined):
    assert named(range(1, len(options) + 1), options) == ClassName((joined,))


@pytest.mark.parametrize(
    "options",
    [
        ("Less than 1 year", "1 or 2 years"),
        ("Shift 1 of 3", "Shift 2 of 3"),
        ("Floors 1 or 2", "Floors 3 or 4"),
        ("1 to 2 years", "5 to 6 years"),
        ("3 to 5 months", "6 to 10 years"),
        ("On site", "At home"),
    ],
)
def test_everything_else_in_an_order_is_told_from_its_first_to_its_last(options):
    assert named((0, 1, 2), options) == ClassName(options, stretch=True, not_said=True)


def test_a_stretch_goes_over_what_nobody_said():
    assert named((3, 5)) == ClassName(("3 to 5 years", "11 years or more"), stretch=True)


def test_classes_stand_in_the_order_of_the_options_and_who_said_nothing_last():
    some = [a_class(values, 9) for values in ((0,), (2, 4), (0, 1), (3,))]

    assert [one.values for one in in_order(some)] == [(0, 1), (2, 4), (3,), (0,)]


def test_the_words_are_those_of_the_language_asked_for():
    assert named((2,), ("eins", "zwei"), language="de") == ClassName(("zwei",))
