"""Law 8 from outside: the real server, many answers and every kind of trouble, then every byte it wrote.

Each person comes from an address of their own on this machine, with a browser of their own; trouble is provoked at each
stage. Afterwards log, temporary files, letters, keys and database are searched for all of it.
"""

import json
import re
import subprocess
import sys
import threading
from contextlib import ExitStack
from datetime import timedelta

import pytest
from sqlalchemy import column, select, table
from sqlalchemy.exc import DBAPIError, OperationalError

from teamhealth import clock
from teamhealth.credentials.codes import from_code
from teamhealth.db import open_database
from teamhealth.web.desk.headers import HEADERS as DESK_HEADERS
from teamhealth.web.respond.ready import HEADERS
from teamhealth.wsgi import Doors
from tests.firms import codes, found, launch
from tests.journeys.house import House, empty_database
from tests.leftovers import found_in, known_to_people
from tests.rules.visitors import STRANGE, Visitor, refusals, shouts

ALLOWED = {"event", "kind", "problem", "step", "count", "survey"}
COMMON = {
    "content-type",
    "content-length",
    "content-encoding",
    "vary",
    "allow",
    "server",
    "date",
}
COMMON |= {"connection", "transfer-encoding"}
ALSO_AT_THE_DESK = {"set-cookie", "location", "content-language"}
TRIGGERS = {
    "sqlite": [
        """CREATE TRIGGER boom BEFORE INSERT ON sealed_response
        BEGIN SELECT RAISE(ABORT, 'CANARYROW'); END""",
        "DROP TRIGGER boom",
    ],
    "postgresql": [
        """CREATE FUNCTION boom() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE 'CANARYROW'; END $$;
        CREATE TRIGGER boom BEFORE INSERT ON sealed_response
        FOR EACH ROW EXECUTE FUNCTION boom()""",
        "DROP TRIGGER boom ON sealed_response; DROP FUNCTION boom()",
    ],
}


def pytest_generate_tests(metafunc):
    """Spend the day on SQLite; in ``make attack`` also on PostgreSQL."""
    if "day" in metafunc.fixturenames:
        also = ["postgresql"] if metafunc.config.getoption("--attack") else []
        metafunc.parametrize("day", ["sqlite", *also], indirect=True, scope="module")


@pytest.fixture(scope="module")
def day(request, tmp_path_factory):
    """Run one day of a survey on the real server; give all that was said and where it was written."""
    kind = request.param
    if kind == "postgresql":
        request.getfixturevalue("postgres")
    folder = tmp_path_factory.mktemp(kind)
    with empty_database(kind, folder) as url:
        house = House(folder / "home", url)
        house.run("init")
        now = clock.now()
        name, links = house.opened(lambda database, settings: _open(database, settings, now))
        with house.served() as server, ExitStack() as stack:
            visitors = [
                Visitor(server.url, name, code, n) for n, code in enumerate(links.values())
            ]
            for visitor in visitors:
                stack.enter_context(visitor.client)
            told = _answer_and_stumble(house, visitors, server)
            told += shouts(server.port, visitors[0].code, name)
            _wait_for_letters(house, len(visitors))
        yield {
            "folder": folder,
            "house": house,
            "survey": name,
            "visitors": visitors,
            "told": told,
            "log": server.log.read_text(),
        }


def _open(database, settings, now):
    found(database, settings.home)
    name = launch(database, settings, closes_at=now + timedelta(days=14), at=now)
    by_group = codes(database, settings, name)
    flat = [(group, code) for group, some in by_group.items() for code in some]
    return name, {(group, n): code for n, (group, code) in enumerate(flat)}


def _answer_and_stumble(house, visitors, server):
    """Have everybody answer, in trouble of every kind; give the refusals as they were read."""
    first, last = visitors[0], visitors[-1]
    told = [_through_a_crash(house, last)]
    for visitor in visitors:
        visitor.seal()
    told += _through_a_database_error(house, first)
    for visitor in visitors:
        assert visitor.hand_in() == 200
    told += refusals(first, server)
    assert {one.status_code for one in told} >= {400, 404, 405, 409, 413, 415, 500}
    assert all(answer.status_code < 500 for v in visitors[1:-1] for answer in v.told)
    return told


def _through_a_crash(house, visitor):
    """Ask for a group whose leaf nobody can read, and mend it."""
    spoil = "UPDATE survey_group SET leaf = 'CANARYLEAF' || leaf WHERE leaf IS NOT NULL"
    mend = "UPDATE survey_group SET leaf = substr(leaf, 11) WHERE leaf IS NOT NULL"
    house.opened(lambda database, _: _execute(database, spoil))
    answer = visitor.post("group", {"t": visitor.code})
    house.opened(lambda database, _: _execute(database, mend))
    return answer


def _through_a_database_error(house, visitor):
    """Hand in while the database refuses the row, twice, and then once more."""
    make, drop = TRIGGERS["sqlite" if house.is_sqlite else "postgresql"]
    house.opened(lambda database, _: _execute(database, make))
    for _ in range(2):
        assert visitor.hand_in() == 500
    house.opened(lambda database, _: _execute(database, drop))
    return visitor.told[-2:]


def _execute(database, statement):
    with database.engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql(statement)


def _wait_for_letters(house, count):
    """Let the worker sweep and send everything, so that its part of the log is there, too."""
    threading.Event().wait(0.1)
    for _ in range(300):
        if house.mail.is_dir() and len(list(house.mail.glob("*.eml"))) >= count:
            return
        threading.Event().wait(0.1)
    raise AssertionError("no letters")


def _names(visitors):
    """Give every way in which a person, a browser or an address could be written down."""
    found = {"agent": b"CANARYAGENT", "path": STRANGE.encode(), "proxy": b"203.0.113.77"}
    found |= {"words": b"CANARYWORDS", "row": b"CANARYROW", "leaf": b"CANARYLEAF"}
    for visitor in visitors:
        found[f"address {visitor.number}"] = f"127.0.0.{100 + visitor.number}".encode()
    return found


def _codes(visitors):
    found = {}
    for visitor in visitors:
        code = visitor.code
        spaced = "-".join(code[at : at + 4] for at in range(0, 16, 4))
        for way, text in (("", code), ("small", code.lower()), ("spaced", spaced)):
            found[f"code {visitor.number} {way}"] = text.encode()
        found[f"token {visitor.number}"] = from_code(code)
    return found


def _handed(visitors):
    found = {}
    for visitor in visitors:
        for field, text in visitor.handed.items():
            if field != "g":
                raw = text[:40].encode()
                found[f"{field} {visitor.number}"] = raw
    return found


def _receipts(day):
    found = known_to_people(day["survey"], (), [v.prepared.receipt for v in day["visitors"]])
    for visitor in day["visitors"]:
        receipt = visitor.prepared.receipt
        found[f"receipt {visitor.number} spaced"] = "-".join(
            receipt[at : at + 4] for at in range(0, 16, 4)
        ).encode()
    return found


def test_no_file_tells_who_came_from_where_with_what(day):
    secrets = _names(day["visitors"]) | _receipts(day) | _handed(day["visitors"])

    assert len(secrets) > 200
    assert found_in(day["folder"], secrets) == set()


def test_codes_are_in_the_letters_that_carry_them_and_nowhere_else(day):
    secrets = _codes(day["visitors"])
    letters = found_in(day["house"].mail, secrets)

    assert len({what for what, _ in letters}) >= len(day["visitors"])
    assert found_in(day["folder"], secrets, besides=[day["house"].mail]) == set()


def test_letters_hold_nothing_of_what_was_answered(day):
    secrets = _names(day["visitors"]) | _receipts(day) | _handed(day["visitors"])

    assert found_in(day["house"].mail, secrets) == set()


def test_every_line_of_the_log_is_an_event_without_a_time(day):
    greeting, *lines = day["log"].splitlines()
    events = [json.loads(line) for line in lines]

    assert greeting.startswith("Team Health answers at ")
    assert all(event.keys() <= ALLOWED for event in events)
    assert not [line for line in lines if re.search(r"\d\d:\d\d|/a/|\d{10}", line)]


def test_trouble_is_told_by_its_class_once_an_hour(day):
    events = [json.loads(line) for line in day["log"].splitlines()[1:]]
    refused = [
        e["problem"] for e in events if e["event"] in ("answer_refused", "process_fault")
    ]

    by_database = "IntegrityError" if day["house"].is_sqlite else "ProgrammingError"
    assert set(refused) == {"JSONDecodeError", by_database}
    assert len(refused) <= 3  # the full hour may strike between them


def test_no_answer_repeats_what_was_asked(day):
    first = day["visitors"][0]
    secrets = [STRANGE, "CANARY", first.code, first.code.lower(), first.prepared.receipt]

    for answer in day["told"]:
        said = f"{answer.headers}{answer.text}"
        assert [secret for secret in secrets if secret in said] == []
        assert "Traceback" not in said


def test_answers_have_no_header_but_these(day):
    visitors = [answer for visitor in day["visitors"] for answer in visitor.told]
    heard = [answer for answer in (*day["told"], *visitors) if answer.status_code]

    for answer in heard:
        is_desk = not answer.request.url.path.startswith("/a/")
        allowed = {name.lower() for name, _ in (DESK_HEADERS if is_desk else HEADERS)}
        more = set(answer.headers) - allowed - COMMON
        assert more <= (ALSO_AT_THE_DESK if is_desk else set()), answer.request.url
        assert not re.search(r"\d", answer.headers["server"])
    assert len(heard) > 60


def test_that_search_finds_what_it_looks_for(day, tmp_path):
    secrets = _names(day["visitors"]) | _codes(day["visitors"]) | _handed(day["visitors"])
    (tmp_path / "log").write_bytes(b"\n".join(secrets.values()))

    assert {what for what, _ in found_in(tmp_path, secrets)} == set(secrets)


def test_what_is_under_way_in_a_statement_stands_in_no_faults_text(database):
    nowhere = table("nothing", column("secret"))
    with database.read() as db, pytest.raises(DBAPIError, match="nothing") as told:
        db.execute(select(nowhere).where(nowhere.c.secret == "CANARYVALUE"))

    assert "CANARYVALUE" not in str(told.value)


def test_a_door_that_cannot_even_refuse_says_so_without_a_traceback(capfd, caplog):
    def broken(_environ, _start):
        raise RuntimeError("CANARYPATH")

    heard = []
    doors = Doors(broken, broken)
    for path in ("/a/CANARYPATH", "/desk/CANARYPATH"):
        body = b"".join(doors({"PATH_INFO": path}, lambda *told: heard.append(told)))
        assert b"Nothing is lost" in body

    assert [status for status, _ in heard] == ["500 Internal Server Error"] * 2
    assert set(HEADERS) <= set(heard[0][1])
    assert "CANARY" not in f"{heard}{caplog.text}{capfd.readouterr()}"
    assert caplog.text.count("RuntimeError") == 2


LOUD = """
import gc, logging, threading, warnings
from teamhealth import logs
logs.to_stderr()
try:
    raise ValueError("CANARYVALUE")
except ValueError:
    logging.getLogger("sqlalchemy.pool").exception("CANARYPATH")
warnings.warn("CANARYWORDS")
thread = threading.Thread(target=lambda: {}["CANARYKEY"], name="CANARYTHREAD")
thread.start()
thread.join()
class Left:
    def __del__(self):
        raise OSError("CANARYFILE")
Left()
"""


def test_libraries_warnings_threads_and_left_things_speak_without_their_words():
    done = subprocess.run(
        [sys.executable, "-W", "always", "-c", LOUD], capture_output=True, text=True, check=True
    )

    told = [json.loads(line) for line in done.stderr.splitlines()]
    assert [(event["step"], event["problem"]) for event in told] == [
        ("sqlalchemy.pool", "ValueError"),
        ("py.warnings", "warning"),
        ("thread", "KeyError"),
        ("cleaning up", "OSError"),
    ]
    assert "CANARY" not in done.stdout + done.stderr


def test_a_database_that_refuses_us_is_told_without_its_address():
    away = open_database("postgresql://canary:CANARYWORD@127.0.0.1:1/none?connect_timeout=1")

    with pytest.raises(OperationalError) as told:
        away.engine.connect()

    assert "CANARYWORD" not in str(told.value)
