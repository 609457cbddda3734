"""The page of all exports: every file it names can be had, and it says what there is not."""

import re

import pytest

from teamhealth.campaigns.models import State
from tests.desk import HR, make_accounts, signed_in_client
from tests.northwind import LATEST, LEADERS, settle
from tests.tables import with_tables

TOMAS = next(iter(LEADERS))
PAGE = f"/desk/surveys/{LATEST}/exports"
SENTENCE = (
    "There is no raw data in this system, so none can be asked for, leaked or subpoenaed."
)


@pytest.fixture
def database(tmp_path):
    opened = with_tables(tmp_path / "home" / "desk.sqlite3")
    make_accounts(opened, *LEADERS)
    yield opened
    opened.close()


def _client(database, tmp_path, email=HR):
    return signed_in_client(database, tmp_path / "home", email)


def _links(page):
    main = page.text[page.text.index("<main") :]
    return re.findall(r'<a class="big-link" href="([^"]+)"', main)


@pytest.mark.parametrize("email", [HR, TOMAS])
def test_every_file_that_is_named_can_be_had(database, tmp_path, email):
    settle(database)
    client = _client(database, tmp_path, email)
    page = client.get(PAGE)
    links = _links(page)

    assert SENTENCE in page.text
    assert len(links) == (10 if email == HR else 6)
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200, link
    kinds = [link.rsplit(".", 1)[-1] for link in links if "/export." in link]
    assert kinds == ["xlsx", "csv", "json"]


def test_the_notebook_holds_nobodys_figures_and_is_given_whole(database, tmp_path):
    client = _client(database, tmp_path)
    answer = client.get("/desk/exports/trend-and-heatmap.ipynb")

    assert answer.json["nbformat"] == 4
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_there_is_no_page_before_the_result_and_none_for_others(database, tmp_path):
    settle(database, state=State.COUNTED)

    assert _client(database, tmp_path).get(PAGE).status_code == 200
    assert _client(database, tmp_path, TOMAS).get(PAGE).status_code == 404


def test_it_is_one_of_the_downloads(database, tmp_path):
    settle(database)
    page = _client(database, tmp_path).get(f"/desk/surveys/{LATEST}/results")

    assert f'href="{PAGE}"' in page.text
