"""Who opens the answers is true on every page, in six languages, with a trustee and without."""

import html
import re

import pytest

from teamhealth.campaigns.models import State, Survey
from teamhealth.i18n.languages import LANGUAGES
from teamhealth.i18n.phrases import PLACEHOLDER, phrases
from teamhealth.mail import wording
from teamhealth.web.respond.app import create_app
from tests.makers import open_survey, set_state
from tests.rooms.mail.makers import FACTS

NAME = "Council <A & B>"
WITH = ("promise_opened", "sees_after", "sees_limits", "next_close")
NOTICES = {
    State.CLOSING: ("notice_awaiting", "notice_closed"),
    State.AWAITING_TRUSTEE: ("notice_awaiting", "notice_closed"),
    State.CANCELLED: ("notice_cancelled_trustee", "notice_cancelled"),
}


def _page(database, tmp_path, language, *, trustee, state=State.OPEN):
    opened = open_survey(database, tmp_path / "home", languages=LANGUAGES)
    with database.write() as db:
        db.get(Survey, opened.id).trustee = (
            {"name": NAME, "address": "", "box": "", "sign": ""} if trustee else None
        )
        db.commit()
    set_state(database, opened.id, state)
    client = create_app(database, opened.settings).test_client()
    page = client.get(f"/a/{opened.id}/{language}").get_data(as_text=True)
    return " ".join(html.unescape(re.sub(r"<(/?(bdi|strong|time)\b[^>]*)>", "", page)).split())


def _pieces(key, language):
    """Give what a phrase says besides what is filled in."""
    text = " ".join(phrases("copy", language).texts[key].replace("*", "").split())
    return [part.strip() for part in re.split(PLACEHOLDER.pattern, text)[::2] if part.strip()]


def _says(page, key, language):
    return all(part in page for part in _pieces(key, language))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_who_opens_the_answers(database, tmp_path, language):
    page = _page(database, tmp_path, language, trustee=True)

    assert page.count(NAME) >= 4
    assert all(_says(page, f"{key}_trustee", language) for key in WITH)
    assert not any(_says(page, key, language) for key in WITH)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_trustee_the_page_names_none(database, tmp_path, language):
    page = _page(database, tmp_path, language, trustee=False)

    assert all(_says(page, key, language) for key in WITH)
    assert not any(_says(page, f"{key}_trustee", language) for key in WITH)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("state", NOTICES)
def test_after_the_close_the_page_says_where_the_answers_are(database, tmp_path, state):
    said, unsaid = NOTICES[state]
    page = _page(database, tmp_path, "en", trustee=True, state=state)

    assert _says(page, said, "en")
    assert NAME in page
    assert not _says(page, unsaid, "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["invitation", "cancelled"])
def test_letters_say_who_opens_the_answers(kind, language):
    key = {"invitation": "opened", "cancelled": "answers"}[kind]
    words = phrases("letters", language)
    facts = {**FACTS, "trustee": NAME}
    ours, usual = (words.say(f"{kind}.{one}", **facts) for one in (f"{key}_trustee", key))
    entrusted, bare = wording.say(kind, language, facts), wording.say(kind, language, FACTS)

    assert NAME in ours
    assert ours in entrusted.text
    assert usual not in entrusted.text
    assert usual in bare.text
