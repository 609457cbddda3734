"""Asking people about themselves, from the screen: chosen by HR, explained, pinned, and told again."""

import html
from urllib.parse import urlencode

import pytest

from teamhealth.campaigns.lookup import instrument_of
from tests.conftest import NOON
from tests.desk import csrf
from tests.rooms.web_desk.houses import LEA, house_of, in_days

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FORM, CHECK = "/desk/launch", "/desk/launch/check"
WISH = {
    "title": "Spring survey",
    "form": "pulse",
    "group": "Acme",
    "closes": in_days(14),
    "k": "5",
    "languages": ["de", "en"],
    "leader_theme": "leader",
}
ABOUT = {"ask": ["tenure"], "names_site": "Lyon\r\n\r\n Porto  and around\r\n"}


@pytest.fixture
def house(database, tmp_path, at):
    at(NOON)
    return house_of(database, tmp_path / "home")


def _told(answer):
    return " ".join(html.unescape(answer.text).split())


def _launch(client, **wish):
    token = csrf(client.get(CHECK, query_string=WISH | wish))
    return client.post(FORM, data={"csrf_token": token, **WISH, **wish})


def test_nothing_is_ticked_and_what_it_shows_and_costs_is_explained(house):
    page = _told(house.client().get(FORM))

    assert "What people may tell of themselves" in page
    assert "Nothing, unless you choose it here; 2 questions at most" in page
    assert "some people answer more carefully, or not at all" in page
    assert "Less than 1 year · 1 or 2 years" in page
    assert '<input id="ask-0" name="ask" type="checkbox" value="tenure">' in page
    assert '<details class="fold">' in page


def test_what_is_chosen_is_told_again_pinned_and_shown_on_the_survey_s_page(house):
    client = house.client()
    check = _told(client.get(CHECK, query_string=WISH | ABOUT))
    assert "<bdi>Lyon</bdi> · <bdi>Porto and around</bdi>." in check
    assert "never within a single group, and never by both at once" in check
    assert "probably nothing can be shown" not in check
    back = check.split('href="/desk/launch?')[1].split('"')[0]
    form = html.unescape(client.get(f"/desk/launch?{back}").text)
    assert '<details class="fold" open>' in form
    assert "Lyon\nPorto and around</textarea>" in form.replace("\r\n", "\n")

    assert _launch(client, **ABOUT).status_code == 303

    tenure, site = instrument_of(house.survey("spring-survey")).attributes
    assert (tenure.id, len(tenure.options)) == ("tenure", 5)
    assert [option["de"] for option in site.options] == ["Lyon", "Porto and around"]
    page = _told(client.get("/desk/surveys/spring-survey"))
    assert "How many full years have you worked here?" in page
    assert "across the whole survey only, never within a single group" in page


def test_of_few_people_it_says_that_they_are_better_not_asked(house):
    wish = WISH | ABOUT | {"group": "Acme/Sales"}

    page = _told(house.client().get(CHECK, query_string=wish))

    assert "Of 8 people probably nothing can be shown by what they tell" in page


def test_what_makes_no_question_is_refused_above_the_form(house):
    for wrong, told in (
        ({"names_site": "Lyon"}, "2 to 8 of them, and 1 came"),
        ({"names_site": "Lyon\nLYON"}, "are the same"),
        ({"ask": ["tenure", "workplace"], "names_site": "Lyon\nPorto"}, "at most 2"),
    ):
        answer = house.client().get(f"{CHECK}?{urlencode(WISH | wrong, doseq=True)}")

        assert answer.status_code == 409
        assert told in _told(answer)
        assert '<details class="fold" open>' in answer.text


def test_it_is_for_hr_to_choose(house):
    lea = house.client(LEA)
    assert "names_site" not in lea.get(FORM).text

    assert _launch(lea, group="Warehouse", **ABOUT).status_code == 303

    assert instrument_of(house.survey("spring-survey")).attributes == ()
