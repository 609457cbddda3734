"""The desk as a door: what it lets out to whom, and what it never does, on every page it has."""

import re
import uuid

import httpx
import pytest

from teamhealth.db import open_database
from teamhealth.settings import load
from teamhealth.web.desk.current import is_for_everybody
from teamhealth.web.desk.headers import HEADERS
from teamhealth.wsgi import build
from tests.desk import desk_of, make_accounts, sign_in, signed_in_client
from tests.journeys.house import House, empty_database
from tests.makers import open_survey, settings_of

CANARIES = (
    "CANARYPATH",
    "CANARYTOKEN",
    "CANARYAGENT",
    "203.0.113.77",
    "CANARYQUERY",
    "canary@acme.example",
)


API = "/desk/api/"


@pytest.fixture
def app(database, tmp_path):
    make_accounts(database)
    return desk_of(database, tmp_path / "home")


def _addresses(app, method):
    """Give an address of every page that takes this method, and whether everybody may see it."""
    values = {"uuid": uuid.UUID(int=1), "int": 1, "any": None, "default": "x"}
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if method not in rule.methods:
            continue
        given = {}
        for name, converter in rule._converters.items():
            kind = type(converter).__name__.removesuffix("Converter").lower()
            items = getattr(converter, "items", None)
            given[name] = next(iter(items)) if items else values.get(kind, "x")
        path = adapter.build(rule.endpoint, given, method=method)
        yield path, is_for_everybody(app.view_functions[rule.endpoint])


def test_every_page_sends_who_is_not_signed_in_to_the_sign_in_page(app):
    closed = [path for path, is_open in _addresses(app, "GET") if not is_open]
    pages = [path for path in closed if not path.startswith(API)]

    for path in pages:
        answer = app.test_client().get(path)
        assert answer.status_code == 303, path
        assert answer.headers["Location"].startswith("/desk/sign-in"), path
        assert len(answer.data) < 500, path
    assert len(pages) >= 4


def test_the_interface_for_programs_wants_a_token_whoever_is_signed_in(app, database, tmp_path):
    client = signed_in_client(database, tmp_path / "home", app=app)
    addresses = [one for one in _addresses(app, "GET") if one[0].startswith(API)]
    closed = [path for path, is_open in addresses if not is_open]

    for path in closed:
        for browser in (client, app.test_client()):
            answer = browser.get(path)
            assert answer.status_code == 401, path
            assert answer.headers["WWW-Authenticate"].startswith("Bearer"), path
            assert len(answer.data) < 500, path
    assert len(closed) == len(addresses) - 1 >= 7


def test_few_pages_are_for_everybody(app):
    opened = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if is_for_everybody(app.view_functions[rule.endpoint])
    }

    pages = {"front.door", "files.file", "signing.sign_in", "signing.set_up"}
    assert opened == pages | {"api.description"}


def test_every_form_without_its_token_is_refused(app, database, tmp_path):
    client = signed_in_client(database, tmp_path / "home", app=app)
    posts = [path for path, _ in _addresses(app, "POST")]

    for path in posts:
        for data in ({}, {"csrf_token": "x" * 60}):
            answer = client.post(path, data=data)
            assert answer.status_code == 400, path
            assert "This page has expired" in answer.text, path
    assert len(posts) >= 8
    assert client.get("/desk/password").status_code == 200  # not even signed out


def test_a_form_of_one_browser_is_refused_from_another(app, database, tmp_path):
    mine = signed_in_client(database, tmp_path / "home", app=app)
    theirs = app.test_client()
    token = re.search(r'csrf_token"[^>]* value="([^"]+)', theirs.get("/desk/sign-in").text)[1]

    assert mine.post("/desk/sign-out", data={"csrf_token": token}).status_code == 400


def test_nothing_but_get_and_post_is_taken(app):
    methods = {method for rule in app.url_map.iter_rules() for method in rule.methods}

    assert methods == {"GET", "HEAD", "OPTIONS", "POST"}


def test_every_answer_has_every_header(app, database, tmp_path):
    client = signed_in_client(database, tmp_path / "home", app=app)
    paths = [path for path, _ in _addresses(app, "GET")]

    for path in [*paths, "/nowhere", "/desk/nowhere"]:
        for answer in (client.get(path), app.test_client().get(path)):
            names = {name for name, _ in HEADERS}
            assert names <= {name for name, _ in answer.headers}, path
            assert answer.headers["X-Frame-Options"] == "DENY"
            assert "unsafe" not in answer.headers["Content-Security-Policy"], path
            assert not {"ETag", "Last-Modified", "Server", "Via"} & set(
                answer.headers.keys()
            ), path


def test_every_address_but_the_front_doors_is_under_desk(app):
    rules = {rule.rule for rule in app.url_map.iter_rules()}

    assert {rule for rule in rules if not rule.startswith("/desk")} == {"/"}


def test_cookies_go_to_the_desk_only_and_no_script_reads_them(app):
    answer = sign_in(app.test_client())

    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert re.search(r"; Path=/desk(;|$)", cookie)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie  # this base URL is http


def test_over_https_the_cookie_is_secure(database, tmp_path, monkeypatch):
    monkeypatch.setattr("tests.makers.load", _https)
    make_accounts(database)
    app = desk_of(database, tmp_path / "home")

    client = app.test_client()
    page = client.get("/desk/sign-in", base_url="https://survey.example.org")
    assert "Secure" in page.headers["Set-Cookie"]


def _https(environment):
    return load({**environment, "TEAMHEALTH_BASE_URL": "https://survey.example.org"})


def test_no_cookie_is_set_or_looked_at_outside_the_desk(app, database, tmp_path):
    client = signed_in_client(database, tmp_path / "home", app=app)
    cookie = client.get_cookie("teamhealth_desk", path="/desk").value

    for path in ("/", "/nowhere", "/favicon.ico", "/desktop"):
        answer = app.test_client(use_cookies=False).get(
            path, headers={"Cookie": f"teamhealth_desk={cookie}"}
        )
        assert "Set-Cookie" not in answer.headers, path
        assert "Cookie" not in answer.headers.get("Vary", ""), path
        assert "Sign out" not in answer.text, path


def test_files_are_the_same_for_everybody_and_kept_for_ever(app, database, tmp_path):
    client = signed_in_client(database, tmp_path / "home", app=app)
    addresses = re.findall(r'"(/desk/static/[^"]+)"', client.get("/desk/password").text)

    for address in addresses:
        answer = client.get(address, headers={"Accept-Encoding": "br"})
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"].endswith("immutable")
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert client.get(address.replace("static/", "static/0")).status_code == 404
    assert len(addresses) >= 3


def test_the_anonymous_door_is_as_it_was_also_with_the_desks_cookie(app, database, tmp_path):
    opened = open_survey(database, tmp_path / "home")
    both = build(database, settings_of(database, tmp_path / "home"))
    client = signed_in_client(database, tmp_path / "home", app=app)
    cookie = client.get_cookie("teamhealth_desk", path="/desk").value
    with httpx.Client(transport=httpx.WSGITransport(both), base_url="http://t") as browser:
        plain = browser.get(f"/a/{opened.id}")
        dressed = browser.get(
            f"/a/{opened.id}", headers={"Cookie": f"teamhealth_desk={cookie}"}
        )
        front = browser.get("/")

    assert plain.status_code == 200
    assert plain.content == dressed.content
    assert "set-cookie" not in dressed.headers
    assert "Cookie" not in dressed.headers.get("vary", "")
    assert "open the link in your invitation" in front.text


def test_a_database_that_is_away_is_told_and_logged_without_a_path(
    app, database, tmp_path, caplog
):
    client = signed_in_client(database, tmp_path / "home", app=app)
    away = open_database("postgresql://nobody@127.0.0.1:1/none?connect_timeout=1")
    broken = desk_of(away, tmp_path / "home").test_client()
    cookie = client.get_cookie("teamhealth_desk", path="/desk").value
    broken.set_cookie("teamhealth_desk", cookie, path="/desk")

    answer = broken.get("/desk/people?x=CANARYQUERY")

    assert answer.status_code == 503
    assert "The database does not answer" in answer.text
    assert '"problem": "OperationalError"' in caplog.text
    assert "CANARY" not in caplog.text


def test_a_fault_is_answered_without_its_text_and_logged_by_its_class_alone(
    app, database, tmp_path, caplog
):
    @app.get("/desk/_fault")
    def _fault():
        raise RuntimeError("CANARYPATH")

    client = signed_in_client(database, tmp_path / "home", app=app)
    caplog.clear()
    answer = client.get("/desk/_fault")

    assert answer.status_code == 500
    assert "what was not finished was not stored" in answer.text
    assert "CANARY" not in answer.text
    assert caplog.messages == ['{"event": "desk_failed", "problem": "RuntimeError"}']


@pytest.mark.parametrize(
    ("method", "path", "status", "told"),
    [
        ("GET", "/nowhere", 404, "There is nothing here"),
        ("GET", "/desk/nowhere", 404, "There is nothing here"),
        ("GET", "/desk/sign-out", 405, "This page cannot be opened like that"),
        ("DELETE", "/desk/people", 405, "This page cannot be opened like that"),
        ("GET", f"/desk/people/{uuid.UUID(int=1)}/link", 405, "cannot be opened like that"),
        ("GET", "/desk/static/x/nothing.js", 404, "There is nothing here"),
    ],
)
def test_wrong_addresses_have_a_page_that_says_what_to_do(app, method, path, status, told):
    answer = app.test_client().open(path, method=method)

    assert answer.status_code == status
    assert told in answer.text


def test_a_form_that_is_too_large_is_refused(app):
    answer = app.test_client().post("/desk/sign-in", data={"email": "x" * 3_000_000})

    assert answer.status_code == 413
    assert "Nothing was stored" in answer.text


def test_the_log_of_the_real_server_knows_nobody(tmp_path):
    with empty_database("sqlite", tmp_path) as url:
        house = House(tmp_path / "home", url)
        house.run("init")
        with (
            house.served("--no-worker") as server,
            httpx.Client(base_url=server.url) as browser,
        ):
            headers = {"User-Agent": "CANARYAGENT", "X-Forwarded-For": "203.0.113.77"}
            page = browser.get("/desk/sign-in", headers=headers)
            token = re.search(r'csrf_token"[^>]* value="([^"]+)', page.text)[1]
            data = {"csrf_token": token, "email": "canary@acme.example", "password": "guess"}
            told = browser.post("/desk/sign-in", data=data, headers=headers)
            browser.get("/desk/CANARYPATH?CANARYQUERY", headers=headers)
            browser.get("/desk/setup/CANARYPATH", headers=headers)
            bearer = {**headers, "Authorization": "Bearer CANARYTOKEN"}
            refused = browser.get("/desk/api/v1/surveys/CANARYPATH?CANARYQUERY", headers=bearer)
        log = server.log.read_text()

    assert told.status_code == 403
    assert refused.status_code == 401
    assert "sign_in_refused" in log
    assert "api_refused" in log
    assert [canary for canary in CANARIES if canary in log] == []
