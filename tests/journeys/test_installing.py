"""``teamhealth init`` on an empty machine, and again."""

import re
import stat

import httpx

from teamhealth import clock
from teamhealth.accounts import setting_up
from teamhealth.db import open_database
from tests.desk import HR, make_accounts

LINK = re.compile(r"^http://localhost:8000/desk/setup/[\w-]{43}$", re.MULTILINE)


def test_init_makes_an_installation_and_the_first_of_hr_signs_in_with_its_link(house):
    told = house.run("init").stdout
    (old,) = LINK.findall(told)
    link = house.ask("init")["link"]
    with house.served("--no-worker") as server, httpx.Client(base_url=server.url) as browser:
        stale = browser.get(_path(old))
        done = _set_up(browser, link)
        people = browser.get("/desk/people")

    for place, mode in (("", 0o700), ("keys", 0o700), ("desk.key", 0o600)):
        assert stat.S_IMODE((house.home / place).stat().st_mode) == mode
    assert stale.status_code == 404
    assert done.status_code == 303
    assert "jana@acme.example" in people.text
    again = house.run("init").stdout
    assert "can sign in, so no set-up link is printed" in again
    assert not LINK.search(again)


def test_who_is_locked_out_gets_a_new_link_from_the_command_line(small_house):
    small_house.run("init")
    database = open_database(small_house.database_url)
    make_accounts(database)

    link = small_house.ask("init", "--renew", HR.upper())["link"]
    wrong = small_house.run("init", "--renew", "bo@acme.example", code=1)

    with database.read() as db:
        holder = setting_up.holder(db, link.rsplit("/", 1)[1], now=clock.now())
    database.close()
    assert holder.email == HR
    assert "There is no active account" in wrong.stderr
    assert wrong.stdout == ""


def _path(link):
    return link.removeprefix("http://localhost:8000")


def _set_up(browser, link):
    page = browser.get(_path(link))
    data = {
        "csrf_token": re.search(r'csrf_token"[^>]* value="([^"]+)', page.text)[1],
        "name": "Jana",
        "email": "jana@acme.example",
        "password": "four words in a row",
    }
    return browser.post(_path(link), data=data)
