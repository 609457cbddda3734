"""What cannot be checked is said in one sentence; what runs the check needs next to nothing."""

import json
import socket
import subprocess
import sys
import threading

import pytest
from werkzeug.serving import make_server

from teamhealth import __version__
from teamhealth.campaigns.models import PinnedFile, State
from teamhealth.cli.demo.lan import certify
from teamhealth.cli.program import program
from teamhealth.credentials.codes import b64
from teamhealth.responses.models import CountedList
from teamhealth.verifying import headers, visiting
from teamhealth.web.respond import ready
from tests.makers import set_state
from tests.rooms.verifying.conftest import results, what_differs
from tests.serving import environment_of, served

_BARRED = {
    *(
        "flask",
        "sqlalchemy",
        "weasyprint",
        "plotly",
        "scipy",
        "numpy",
        "gmpy2",
        "brotli",
        "fcntl",
    ),
    *("alembic", "huey", "pwd", "teamhealth.web", "teamhealth.db", "teamhealth.settings"),
    *("teamhealth.outlets", "teamhealth.jobs", "teamhealth.cli"),
}


@pytest.fixture
def refused(capsys):
    """Run ``teamhealth verify``; give the one sentence with which it refuses."""

    def run(*words, code=1):
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            program.main(["verify", *map(str, words)])
        printed = capsys.readouterr()
        assert left.value.code == code, printed
        assert len(printed.err.splitlines()) == 1, printed.err
        assert printed.out == ""
        return printed.err

    return run


def test_the_headers_that_are_expected_are_those_that_are_sent():
    assert tuple(headers.EXPECTED.items()) == ready.HEADERS
    assert ready.FOREVER == ("Cache-Control", headers.FOREVER)


def test_an_address_without_a_survey_is_wrong_use(refused):
    assert "Nothing was asked." in refused("https://survey.example.org/", code=2)
    assert "Nothing was asked." in refused(code=2)


def test_a_list_that_is_none_is_wrong_use(refused, tmp_path):
    (tmp_path / "list.json").write_text("[]")

    said = refused("http://localhost/a/s", "--release", tmp_path / "list.json", code=2)

    assert "is no list of a release's digests" in said


def test_a_server_that_is_not_there_is_said_not_to_be_reached(refused):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]

    assert "cannot be reached from here" in refused(f"http://localhost:{port}/a/spring")
    assert "cannot be reached from here" in refused("https://nowhere.invalid/a/spring")


def test_a_certificate_that_browsers_refuse_is_refused(refused, tmp_path):
    made = certify(tmp_path, "127.0.0.1")
    paper = (str(made.certificate), str(made.key))
    server = make_server("127.0.0.1", 0, lambda *_: [b""], ssl_context=paper)
    thread = threading.Thread(target=server.handle_request, daemon=True)
    thread.start()

    said = refused(f"https://127.0.0.1:{server.server_port}/a/spring")

    assert "its certificate is not accepted" in said
    assert "Do not answer there until that is explained." in said
    thread.join(10)
    server.server_close()


def _status(status, **more):
    def lie(told):
        told.status, told.body = status, b"[]"
        told.headers |= {name: value for name, value in more.items() if value}

    return lie


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        (_status("404 NOT FOUND"), "has no survey spring"),
        (_status("200 OK"), "is no description of a Team Health survey"),
        (_status("302 FOUND", Location="https://elsewhere.example/"), "sends visitors on"),
        (_status("503 SERVICE UNAVAILABLE"), "not now (503)"),
    ],
)
def test_what_gives_no_description_is_said_in_words(door, refused, lie, said):
    door.lie = lie

    assert said in refused(door.page)


def test_a_redirection_is_not_followed(door, refused):
    door.lie = _status("302 FOUND", Location=f"{door.page}/elsewhere")

    refused(door.page)

    assert [one["PATH_INFO"] for one in door.seen] == ["/a/spring/manifest.json"]


def test_a_cookie_that_is_set_is_not_sent_back(door, verify):
    def lie(told):
        told.headers["Set-Cookie"] = "who=you; Path=/"

    door.lie = lie

    verify(f"{door.page}#{door.code()}", code=1)

    assert not any("HTTP_COOKIE" in one for one in door.seen)


def test_a_server_that_never_ends_is_left(door, refused, monkeypatch):
    monkeypatch.setattr(visiting, "LARGEST", 10)

    assert "sends far more than any survey has" in refused(door.page)


def test_a_link_may_be_typed_instead_of_standing_in_the_list_of_commands(
    door, verify, monkeypatch, tmp_path
):
    typed = tmp_path.parent / f"{tmp_path.name}-typed"
    typed.write_text(f"{door.page}#{door.code()}.{door.fingerprint}\n")
    with typed.open() as keyboard:
        monkeypatch.setattr(sys, "stdin", keyboard)
        report = verify("-")

    assert results(report)["place"] == "ok"


@pytest.fixture
def closed(own_database, door):
    """Close and count the survey, as far as its door can tell; open it again afterwards."""
    database, _, name = own_database
    with database.write() as db:
        pinned = [
            {"survey_id": name, "name": file.name, "digest": file.digest, "body": file.body}
            for file in db.query(PinnedFile).filter_by(survey_id=name)
        ]
        db.query(PinnedFile).delete()
        body = {"counted": [b64(bytes([n]) * 32) for n in range(10)], "headcount": 19}
        db.add(CountedList(survey_id=name, body=json.dumps(body)))
        db.commit()
    set_state(database, name, State.PUBLISHED)
    door.app._views._shelf._standing.clear()  # two seconds later
    yield body
    with database.write() as db:
        db.query(CountedList).delete()
        db.add_all(PinnedFile(**one) for one in pinned)
        db.commit()
    set_state(database, name, State.OPEN)
    door.app._views._shelf._standing.clear()


def test_after_the_close_there_is_less_to_compare_and_it_says_so(door, verify, closed):
    report = verify(f"{door.page}#{door.code()}.{door.fingerprint}")

    found = results(report)
    assert closed
    assert report["state"] == "published"
    assert found["page"] == "cannot tell"
    assert found["page afterwards"] == found["headers"] == "ok"
    assert found["description"] == found["link"] == found["audit"] == found["release"] == "ok"


def _other_script(told):
    if told.path.endswith("/after.js"):
        told.text("const", "let  ")


def _own_script(told):
    if told.path.endswith("/en"):
        told.text("</main>", "</main><script>/* more */</script>")


def _nowhere(told):
    if told.path.endswith("/respond.css"):
        told.status, told.body = "404 NOT FOUND", b""


@pytest.mark.parametrize("lie", [_other_script, _own_script, _nowhere])
def test_a_page_that_could_take_receipts_away_after_the_close_is_found(
    door, verify, closed, lie
):
    assert closed
    door.lie = lie

    assert what_differs(verify(door.page, code=1)) == ["page afterwards"]


@pytest.mark.parametrize(
    "counted",
    [
        [b64(bytes([n]) * 32) for n in (1, 0, 2, 3, 4)],
        [b64(bytes(32))] * 6,
        [b64(bytes(31))] * 6,
        [b64(bytes([n]) * 32) for n in range(60)],
        [],
        "none",
    ],
    ids=["out of order", "twice", "short entries", "too many", "too few", "no list"],
)
def test_a_list_of_what_was_counted_that_cannot_be_is_found(door, verify, closed, counted):
    def lie(told):
        if told.path.endswith("/audit.json"):
            told.body = json.dumps(closed | {"counted": counted}).encode()

    door.lie = lie

    assert what_differs(verify(door.page, code=1)) == ["audit"]


def test_the_check_runs_where_nothing_else_of_team_health_does():
    """On a locked-down laptop: without the server's packages and what only Unix has."""
    barred = f"""
import sys
class Bar:
    def find_spec(self, name, path=None, target=None):
        if name in {_BARRED!r}: raise ImportError(name)
sys.meta_path.insert(0, Bar())
sys.argv = ["verify", "--print-digests"]
import runpy
runpy.run_module("teamhealth.verifying", run_name="__main__")
"""

    ran = subprocess.run(
        [sys.executable, "-c", barred], capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["release"] == __version__


def test_a_wrong_address_is_one_sentence_there_too():
    ran = subprocess.run(
        [sys.executable, "-m", "teamhealth.verifying", "spring"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("This is no address of a Team Health survey")


def test_the_server_as_it_is_installed_passes(own_database, tmp_path_factory, verify):
    _, settings, name = own_database
    log = tmp_path_factory.mktemp("served") / "server.log"

    with served(environment_of(settings), log) as (address, _):
        report = verify(f"{address.replace('127.0.0.1', 'localhost')}/a/{name}")

    assert what_differs(report) == []
    assert results(report)["headers"] == results(report)["release"] == "ok"
