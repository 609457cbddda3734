"""The desk in the reader's language: who chooses it, and what changes with it besides the words."""

import re

import pytest

from teamhealth.campaigns.models import State
from teamhealth.i18n import messages
from teamhealth.i18n.languages import LANGUAGES, direction, name_of
from teamhealth.web.desk.speaking import gettext
from tests.conftest import NOON
from tests.desk import HR, account, csrf, desk_of, make_accounts, post, sign_in
from tests.rooms.web_desk.houses import house_of

SIGN_IN, ACCOUNT = "/desk/sign-in", "/desk/account"


@pytest.fixture(autouse=True)
def six(monkeypatch):
    """Offer all six languages, whether or not their catalogues are whole."""
    monkeypatch.setattr(messages, "OFFERED", LANGUAGES)


@pytest.fixture
def app(database, tmp_path):
    make_accounts(database)
    return desk_of(database, tmp_path / "home")


@pytest.fixture
def house(database, tmp_path, at):
    at(NOON)
    return house_of(database, tmp_path / "home")


def _spoken(page):
    """Give language and direction of a page."""
    return re.search(r'<html lang="(\w+)" dir="(\w+)">', page.text).groups()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_browser_s_wish_decides_and_the_headers_say_so(app, language):
    page = app.test_client().get("/", headers={"Accept-Language": f"{language}-XX, en;q=0.5"})

    assert _spoken(page) == (language, direction(language))
    assert page.headers["Content-Language"] == language
    assert "Accept-Language" in page.headers["Vary"]


def test_what_nobody_offers_is_answered_in_english(app):
    client = app.test_client()

    assert _spoken(client.get("/", headers={"Accept-Language": "tlh"})) == ("en", "ltr")
    assert _spoken(client.get("/?lang=tlh")) == ("en", "ltr")


def test_a_file_is_in_no_language(app):
    client = app.test_client()
    style = re.search(r'href="([^"]+desk\.css)"', client.get("/").text)[1]

    headers = client.get(style, headers={"Accept-Language": "de"}).headers

    assert "Content-Language" not in headers
    assert "Accept-Language" not in headers.get("Vary", "")


def test_before_signing_in_the_address_keeps_the_language_and_no_cookie_does(app):
    client = app.test_client()
    page = client.get("/?lang=ar")

    assert _spoken(page) == ("ar", "rtl")
    assert "Set-Cookie" not in page.headers
    for language in LANGUAGES:
        assert f'href="?lang={language}" lang="{language}"' in page.text
        assert name_of(language) in page.text
    assert f'href="{SIGN_IN}?lang=ar"' in page.text


def test_signing_in_in_a_language_forgets_neither_it_nor_the_page_that_was_wanted(
    app, database
):
    client = app.test_client()
    page = client.get(f"{SIGN_IN}?next=/desk/people&lang=de")
    assert f'action="{SIGN_IN}?lang=de"' in page.text
    assert 'href="?next=%2Fdesk%2Fpeople&amp;lang=fr"' in page.text

    wrong = post(
        client, f"{SIGN_IN}?lang=de", {"email": HR, "password": "wrong", "next": "/desk/people"}
    )
    assert _spoken(wrong) == ("de", "ltr")
    assert 'href="?next=%2Fdesk%2Fpeople&amp;lang=fr"' in wrong.text

    data = {"csrf_token": csrf(page), "email": HR, "password": "four words in a row"}
    answer = client.post(f"{SIGN_IN}?lang=de", data={**data, "next": "/desk/people"})
    assert answer.headers["Location"] == "/desk/people"
    assert account(database).language == "de"
    assert _spoken(client.get("/desk/people", headers={"Accept-Language": "fr"}))[0] == "de"


def test_an_account_with_a_language_keeps_it_whatever_the_address_says(app, database):
    client = app.test_client()
    sign_in(client)
    post(client, ACCOUNT, {"language": "pt"})
    out = post(client, "/desk/sign-out", page=ACCOUNT)

    assert out.headers["Location"] == f"{SIGN_IN}?lang=pt"
    token = csrf(client.get(f"{SIGN_IN}?lang=es"))
    data = {"csrf_token": token, "email": HR, "password": "four words in a row"}
    assert client.post(f"{SIGN_IN}?lang=es", data=data).status_code == 303
    assert account(database).language == "pt"


def test_the_language_is_chosen_for_oneself_and_left_to_the_browser_again(app, database):
    client = app.test_client()
    sign_in(client)
    assert _spoken(client.get(ACCOUNT)) == ("en", "ltr")

    assert post(client, ACCOUNT, {"language": "ar"}).status_code == 303
    page = client.get(ACCOUNT, headers={"Accept-Language": "de"})
    assert _spoken(page) == ("ar", "rtl")
    assert '<option value="ar" lang="ar" selected>العربية</option>' in page.text

    post(client, ACCOUNT, {"language": ""})
    assert account(database).language == ""
    assert _spoken(client.get(ACCOUNT, headers={"Accept-Language": "de"})) == ("de", "ltr")


def test_a_language_that_is_not_offered_is_refused_in_the_language_of_the_page(app, database):
    client = app.test_client()
    sign_in(client)
    post(client, ACCOUNT, {"language": "de"})

    refused = post(client, ACCOUNT, {"language": "tlh"})

    assert refused.status_code == 400
    assert "Keine gültige Auswahl" in refused.text
    assert account(database).language == "de"


@pytest.mark.parametrize(
    ("language", "closes", "people"),
    [
        ("en", "Monday 16 March 2026", "1,200"),
        ("de", "Montag, 16. März 2026", "1.200"),
        ("fr", "lundi 16 mars 2026", "1 200"),
        ("es", "lunes, 16 de marzo de 2026", "1.200"),
        ("pt", "segunda-feira, 16 de março de 2026", "1.200"),
        ("ar", "الاثنين، 16 مارس 2026", "1,200"),
    ],
)
def test_dates_and_numbers_are_the_reader_s(house, language, closes, people):
    house.become(house.open(title="Spring"), State.OPEN, headcount=1200)
    post(house.client(HR), ACCOUNT, {"language": language})

    page = house.page()

    assert closes in page
    assert people in page
    assert "\u2066" in page if language == "ar" else "12:00 UTC" in page


def test_what_the_rules_refuse_is_marked_as_english(house):
    name = house.open(title="Spring")
    client = house.client(HR)
    post(client, ACCOUNT, {"language": "ar"})
    at = f"/desk/surveys/{name}/somebody"

    refused = post(client, at, {"who": "nobody@acme.example", "act": "void"})
    unknown = client.get("/desk/surveys/no-such-survey")

    assert refused.status_code == 409
    assert '<p><span lang="en" dir="ltr">' in refused.text
    assert unknown.status_code == 404
    assert 'lang="en"' not in unknown.text


def test_where_one_language_is_offered_there_is_nothing_to_choose(
    database, tmp_path, monkeypatch
):
    monkeypatch.setattr(messages, "OFFERED", ("en",))
    client = desk_of(database, tmp_path / "home").test_client()

    assert "?lang=" not in client.get("/").text
    assert _spoken(client.get("/?lang=de", headers={"Accept-Language": "de"})) == ("en", "ltr")


def test_a_message_outside_a_page_is_in_english(app):
    with app.app_context():
        assert gettext("%(n)s groups", n=3) == "3 groups"
