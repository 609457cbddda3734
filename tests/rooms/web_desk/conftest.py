"""Northwind's results as somebody at the desk reads them."""

import pytest

from tests.desk import HR, desk_of, make_accounts, signed_in_client
from tests.northwind import LATEST, LEADERS, settle


@pytest.fixture
def reading(database, tmp_path):
    """Give a function that settles the firm and signs somebody in; it gives the snapshot and a reader of pages."""

    def enter(email=HR, **how):
        snapshot = settle(database, **how)
        make_accounts(database, *LEADERS)
        app = desk_of(database, tmp_path / "home")
        client = signed_in_client(database, tmp_path / "home", email, app=app)

        def page(rest, status=200):
            answer = client.get(f"/desk/surveys/{LATEST}/{rest}")
            assert answer.status_code == status, f"{rest}: {answer.status_code}"
            return answer.text

        return snapshot, page

    return enter
