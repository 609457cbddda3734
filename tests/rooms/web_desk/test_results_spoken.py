"""Whatever the pages of results say of their own goes through the catalogues, so it can be said in six languages."""

import re
from gettext import NullTranslations

import pytest

from teamhealth.i18n import messages
from teamhealth.instruments.guidance import library_in, sentences
from teamhealth.instruments.library import library
from teamhealth.instruments.plain import to_plain
from tests import crossed
from tests.desk import HR, desk_of, make_accounts, signed_in_client
from tests.northwind import GROUPS, LATEST, LEADERS, settle
from tests.reading import said

PAGES = (
    "results",
    *(f"groups/{name}" for name in ("northwind", "service-desk", "warehouse-north", "returns")),
    *("matrix", "matrix?in=operations", "themes/listening", "themes/listening?in=transport"),
    *("items/listening_1", "items/engagement", "answered", "comments"),
    *("groups/service-desk/surveys", "groups/returns/surveys", "groups/returns/comments"),
    "groups/warehouse-north/comments",
)


class _Marked(NullTranslations):
    """Says everything between brackets, so that what does not pass here can be told."""

    def gettext(self, message):
        return f"⟦{message}⟧"

    def ngettext(self, one, many, number):
        return f"⟦{one if number == 1 else many}⟧"


@pytest.fixture
def in_brackets(monkeypatch):
    """Offer German, and say in it everything of ours between brackets."""
    real = messages.catalogue
    monkeypatch.setattr(messages, "OFFERED", ("en", "de"))
    monkeypatch.setattr(
        messages,
        "catalogue",
        lambda of, language: (
            _Marked() if (of, language) == ("desk", "de") else real(of, language)
        ),
    )


def _texts(thing):
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict | list | tuple):
        for one in thing.values() if isinstance(thing, dict) else thing:
            yield from _texts(one)


def _unmarked(html, known):
    """Give the words of a page that are neither in brackets nor known to be somebody else's."""
    body = html[html.index("<main") : html.index("</main>")]
    told = said(body) + " ".join(re.findall(r' aria-label="([^"]*)"', body))
    while "⟦" in told:
        told, before = re.sub(r"⟦[^⟦⟧]*⟧", " ", told), told
        if told == before:
            break
    told = re.sub(r"\d+\. \w+ \d{4}|snapshot [0-9a-f ]+", " ", told)
    for text in sorted(known, key=len, reverse=True):
        told = told.replace(" ".join(text.split()), " ")
    return set(re.findall(r"[A-Za-zÄÖÜäöüß]{2,}", told))


def _known(instrument):
    return {
        *_texts(to_plain(instrument)),
        *(text for _, text in sentences(library_in("de"))),
        *(theme.title for theme in library_in("de").themes),
        *(practice.title for practice in library_in("de").practices),
    }


@pytest.mark.usefixtures("in_brackets")
def test_no_word_of_ours_is_on_a_page_that_no_catalogue_knows(database, tmp_path):
    settle(database)
    make_accounts(database, *LEADERS)
    app = desk_of(database, tmp_path / "home")
    client = signed_in_client(database, tmp_path / "home", HR, app=app)
    names = {GROUPS[name][0] for name in GROUPS}
    known = _known(library().instrument("quarterly", ["en"])) | names
    for page in PAGES:
        answer = client.get(f"/desk/surveys/{LATEST}/{page}", headers={"Accept-Language": "de"})
        assert answer.status_code == 200, page
        assert "⟦" in answer.text
        assert _unmarked(answer.text, known) == set(), page


@pytest.mark.usefixtures("in_brackets")
def test_none_is_on_the_pages_by_what_people_said_of_themselves(database, tmp_path):
    snapshot, asked = crossed.counted()
    crossed.settle(database, snapshot, asked)
    make_accounts(database)
    app = desk_of(database, tmp_path / "home")
    client = signed_in_client(database, tmp_path / "home", HR, app=app)
    known = _known(asked) | {group.name for group in snapshot.groups} | {snapshot.survey.title}
    for page in ("results", "by/tenure", "by/site"):
        answer = client.get(f"/desk/surveys/s1/{page}", headers={"Accept-Language": "de"})
        assert _unmarked(answer.text, known) == set(), page


@pytest.mark.usefixtures("in_brackets")
def test_numbers_and_dates_are_written_as_the_readers_language_does(database, tmp_path):
    snapshot = settle(database)
    make_accounts(database, *LEADERS)
    app = desk_of(database, tmp_path / "home")
    client = signed_in_client(database, tmp_path / "home", HR, app=app)
    there = f"/desk/surveys/{LATEST}/groups/service-desk"
    html = client.get(there, headers={"Accept-Language": "de"}).text
    mean = f"{snapshot.group('service-desk').themes['belonging'].mean:.1f}"
    assert f"<b>{mean.replace('.', ',')}</b>" in html
    assert f"<b>{mean}</b>" not in html
    assert "13. März 2026" in said(html)
