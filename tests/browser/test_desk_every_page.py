"""Every page of the desk is on a round, and what is on none gives no page."""

from teamhealth.db import open_database
from tests.browser.rounds import NO_PAGES, ROUNDS
from tests.desk import desk_of


def test_every_page_of_the_desk_is_on_somebodys_round(tmp_path):
    app = desk_of(open_database(f"sqlite:///{tmp_path / 'desk.sqlite3'}"), tmp_path)
    found = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and not rule.endpoint.startswith("api.")
    }
    walked = [endpoint for round_ in ROUNDS.values() for endpoint in round_]

    assert sorted([*walked, *NO_PAGES]) == sorted(found)
