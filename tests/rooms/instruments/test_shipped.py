"""The questionnaire that is shipped: twelve themes, six languages, three forms."""

import pytest

from teamhealth import content
from teamhealth.errors import WrongUseError
from teamhealth.i18n.languages import LANGUAGES
from teamhealth.instruments.checking import check
from teamhealth.instruments.library import library
from teamhealth.instruments.model import Kind
from teamhealth.instruments.plain import from_plain, to_plain

CORE = (
    "psych_safety",
    "empathy_compassion",
    "listening",
    "co_regulation",
    "conflict_repair",
    "belonging",
    "focus_recovery",
    "leader_support",
)


def test_it_is_in_order():
    assert check(content.folder("surveys") / "ipnb") == []


def test_it_has_twelve_themes_of_four_items_and_fifty_seven_practices():
    found = library()

    assert [len(theme.items) for theme in found.themes] == [4] * 12
    assert len(found.practices) == 57
    assert tuple(found.wordings) == LANGUAGES
    assert [each.minutes for each in found.retro_formats] == [30, 60, 90]


@pytest.mark.parametrize(
    ("form", "items", "minutes"), [("pulse", 12, 4), ("quarterly", 24, 6), ("full", 36, 8)]
)
def test_a_form_asks_its_items_and_three_questions(form, items, minutes):
    instrument = library().instrument(form, LANGUAGES)

    assert len(instrument.items()) == items
    others = [q for q in instrument.questions if not q.theme]
    assert [(q.id, q.kind) for q in others] == [
        ("engagement", Kind.AGREE),
        ("enps", Kind.RECOMMEND),
        ("comment", Kind.OPEN),
    ]
    assert instrument.minutes == minutes
    assert all(set(q.text) == set(LANGUAGES) for q in instrument.questions)


def test_a_quarter_asks_the_core_themes_and_one_reversed_item_of_each():
    instrument = library().instrument("quarterly", ["en"])

    assert tuple(theme.id for theme in instrument.themes) == CORE
    for theme in instrument.themes:
        asked = [instrument.question(item) for item in theme.items]
        assert sum(question.reverse for question in asked) == 1


def test_the_item_of_a_pulse_is_asked_by_every_form_and_never_reversed():
    pulse = library().instrument("pulse", ["en"])
    full = {item.id for item in library().instrument("full", ["en"]).items()}

    assert {item.id for item in pulse.items()} <= full
    assert not any(item.reverse for item in pulse.items())


def test_themes_are_asked_in_the_order_of_the_bank_whatever_is_chosen():
    instrument = library().instrument("pulse", ["ar"], ["belonging", "listening"])

    assert [theme.id for theme in instrument.themes] == ["listening", "belonging"]
    assert instrument.languages == ("ar",)


@pytest.mark.parametrize(
    "wish",
    [
        ("daily", ["en"], None),
        ("pulse", ["tlh"], None),
        ("pulse", [], None),
        ("pulse", ["en"], ["weather"]),
        ("pulse", ["en"], []),
    ],
    ids=str,
)
def test_what_does_not_exist_is_wrong_use_that_names_what_does(wish):
    with pytest.raises(WrongUseError, match=r"nothing was stored\. Choose from: \w+"):
        library().instrument(*wish)


@pytest.mark.parametrize("form", ["pulse", "quarterly", "full"])
def test_a_pinned_instrument_comes_back_as_it_was(form):
    instrument = library().instrument(form, ["en", "ar"])

    assert from_plain(to_plain(instrument)) == instrument


def test_a_mean_is_put_into_words_by_the_bands():
    banding = library().banding

    assert [banding.of(mean) for mean in (1.0, 2.99, 3.0, 3.89, 3.9, 5.0)] == [
        "low",
        "low",
        "medium",
        "medium",
        "high",
        "high",
    ]
