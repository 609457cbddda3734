"""A page is the same bytes for everybody, escapes what it is given, and promises what was pinned."""

import re
from datetime import timedelta

import pytest

from teamhealth.campaigns.models import Audience, Survey
from teamhealth.i18n.languages import LANGUAGES, direction
from teamhealth.i18n.phrases import Phrases
from teamhealth.instruments.library import library
from teamhealth.web.respond.pages import render, render_notice, say
from tests.conftest import NOON

KINDS = (
    "unknown",
    "not_open",
    "closed",
    "awaiting",
    "counted",
    "cancelled",
    "stopped",
    "done",
    "doorstep",
    "fault",
)


def _survey(**more):
    facts = {
        "id": "spring",
        "title": "Spring",
        "k": 7,
        "languages": list(LANGUAGES),
        "leader_theme": Audience.LEADER,
        "leader_theme_reference": "",
        "contacts": {},
        "headcount": 40,
        "closes_at": NOON,
        "closes_latest": NOON + timedelta(days=14),
    }
    return Survey(**(facts | more))


def _page(language="en", form="quarterly", **more):
    instrument = library().instrument(form, LANGUAGES)
    return render(
        _survey(**more),
        instrument,
        language,
        script_url="/a/_s/1/answer.js",
        style_url="/a/_s/2/respond.css",
    ).decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_in_its_language_and_the_same_every_time(language):
    page = _page(language)

    assert f'<html lang="{language}" dir="{direction(language)}">' in page
    assert page == _page(language)
    assert "{" not in re.sub(r"\{(n|m|headcount|spare)\}", "", page)  # what the script fills in


def test_a_page_holds_no_script_or_style_of_its_own():
    page = _page()

    assert re.findall(r"<script[^>]*>(.*?)</script>", page) == [""]
    assert "<style" not in page
    assert not re.search(r'\s(style|on\w+)="', page)
    assert set(re.findall(r'(?:src|href)="(/[^"]*)"', page)) == {
        "/a/_s/1/answer.js",
        "/a/_s/2/respond.css",
        "/a/spring/plain/en",
        *(f"/a/spring/{language}" for language in LANGUAGES),
    }


def test_one_language_needs_no_menu():
    assert '<details class="menu">' not in _page(languages=["en"])


def test_what_the_organisation_wrote_is_text_and_never_markup():
    evil = "<script>alert(1)</script>"
    names = ("organisation", "contact", "report_contact", "support", "emergency")

    page = _page(title=evil, contacts=dict.fromkeys(names, evil))

    assert evil not in page
    assert "&lt;script&gt;" in page


def test_contacts_that_are_not_set_leave_no_gap():
    page = _page()

    assert "Contact the person who invited you." in page
    assert "Would you like to talk to someone?" not in page
    assert "Urgent?" not in page


def test_support_is_offered_where_it_is_set():
    page = _page(contacts={"support": "Dr. Weiss", "emergency": "112"})

    assert "You can talk to: <bdi>Dr. Weiss</bdi>." in page
    assert "call <bdi>112</bdi> now" in page


@pytest.mark.parametrize(
    ("audience", "told"),
    [
        (Audience.LEADER, "is shown only to whoever leads the group"),
        (Audience.ABOVE, "three or more led groups together"),
        (Audience.AGREED, "was agreed: <bdi>works agreement 7</bdi>"),
        (Audience.OFF, "is shown to nobody"),
    ],
)
def test_the_audience_of_the_leaders_theme_is_told(audience, told):
    page = _page(leader_theme=audience, leader_theme_reference="works agreement 7")

    assert (
        f"What you say about <strong>Steady leadership</strong> {told}" in page or told in page
    )


def test_the_warning_about_a_rare_language_is_not_for_the_main_one():
    assert "Wenn hier wenige Deutsch schreiben" in _page("de")
    assert "If few people here write" not in _page("en")


def test_the_closing_days_are_told_as_pinned():
    page = _page(closes_at=NOON + timedelta(days=3))

    assert (
        '<time datetime="2026-03-05T12:00:00+00:00" data-time="day">5 March 2026</time>' in page
    )
    assert "never beyond 16 March 2026" in page
    assert '<bdi data-fill="k">7</bdi> people or more' in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_notice_has_words_in_every_language(kind, language):
    page = render_notice(kind, language, style_url="/x.css", survey=_survey()).decode()

    assert re.search(r"<h1[^>]*>[^<]+</h1>", page)
    assert "<script" not in page
    assert f'lang="{language}"' in page


def test_where_too_few_are_asked_for_any_comment_to_be_read_none_is_asked_for():
    assert "<textarea" in _page(headcount=10)
    few = _page(headcount=9)

    assert "<textarea" not in few
    assert "Comments are listed" not in few


def test_bold_words_and_facts_are_escaped():
    words = Phrases("en", {"a": "*{x}* & <b>"})

    assert say(words, "a", x="<i>") == "<strong>&lt;i&gt;</strong> &amp; &lt;b&gt;"
