"""A reader who tries out, on what is printed, what was not shown to them: how many answered each statement.

Of a small team's result everything is told but these few numbers, each nearly always that
of all who answered. A digest of the whole snapshot would give them away in a second.
"""

import io
import json
import re
from itertools import combinations

import pypdf
import pytest

from teamhealth.campaigns.models import State, Survey
from teamhealth.cells.audience import Viewer, seen_by
from teamhealth.cells.canonical import canonical, digest
from teamhealth.cells.plain import to_plain
from teamhealth.instruments.library import library
from teamhealth.instruments.plain import to_plain as words_of
from teamhealth.results.sheets import form_of
from teamhealth.roster.models import Group
from teamhealth.snapshots import storing
from tests.conftest import NOON
from tests.desk import HR, desk_of, make_accounts, signed_in_client
from tests.rooms.results.makers import charter, decided, drawn, seeded

SKIPPED = 2
"""The attacker tries up to so many skipped statements."""


@pytest.fixture
def team():
    """Count a team of seven of whom two skipped a statement each."""
    asked = library().instrument("quarterly", ["en"])
    given, _ = charter([-1], [9], asked=asked)
    form, rng = form_of(asked, given.tree), seeded(5)
    sheets = [drawn(rng, form, skip=0) for _ in range(7)]
    for person, item in ((2, 4), (5, 17)):
        answers = bytearray(sheets[person].answers)
        answers[item] = 0
        sheets[person] = sheets[person].__class__(
            bytes(answers), sheets[person].recommend, (), bytes(32)
        )
    return decided(given, form, {0: sheets})[0]


def _told(snapshot):
    """Give what the team's leader is told, with everybody having answered everything."""
    plain = to_plain(seen_by(snapshot, Viewer(frozenset({"g0"}))))
    for cell in plain["groups"][0]["items"].values():
        cell["n"] = snapshot.root.responses
    return plain


def _guesses(plain):
    items = plain["groups"][0]["items"]
    for many in range(SKIPPED + 1):
        for skipped in combinations(items, many):
            for item in skipped:
                items[item]["n"] -= 1
            yield canonical(plain), skipped
            for item in skipped:
                items[item]["n"] += 1


def _found_by_trying(plain, printed):
    """Try every guess on everything printed that looks like a digest or the beginning of one."""
    marks = {mark[:8] for mark in printed}
    return [skipped for body, skipped in _guesses(plain) if digest(body)[:8] in marks]


def _looks_like_digests(words):
    return re.findall(r"[0-9a-f]{8,64}", words.replace(" ", ""))


def test_the_attack_finds_who_skipped_how_often_where_a_digest_is_printed(team):
    printed = [digest(canonical(to_plain(team)))]
    skipped = [team.root.items[i].n < 7 for i in _told(team)["groups"][0]["items"]]

    assert sum(skipped) == SKIPPED
    assert [len(one) for one in _found_by_trying(_told(team), printed)] == [SKIPPED]


def test_nothing_printed_lets_the_attack_find_anything(database, tmp_path, team):
    _store(database, team)
    make_accounts(database)
    client = signed_in_client(database, tmp_path / "home", HR, app=desk_of(database, tmp_path))
    at = "/desk/surveys/s1"
    pages = [client.get(f"{at}/{page}").text for page in ("results", "groups/g0", "matrix")]
    pdfs = [client.get(f"{at}/{page}").data for page in ("report.pdf", "groups/g0/report.pdf")]
    printed = _looks_like_digests(json.dumps(client.get(f"{at}/export.json").json))
    for page in pages:
        printed += _looks_like_digests(page)
    for pdf in pdfs:
        read = pypdf.PdfReader(io.BytesIO(pdf))
        printed += _looks_like_digests("".join(page.extract_text() for page in read.pages))
        printed += _looks_like_digests(str(read.metadata) + str(read.xmp_metadata))

    assert len(printed) > len(pages)
    assert _found_by_trying(_told(team), printed) == []


def _store(database, snapshot):
    body = canonical(words_of(library().instrument("quarterly", ["en"])))
    with database.write() as db:
        db.add(Group(id="g0", parent_id=None, path="Acme", name="g0", position=0))
        db.add(
            Survey(
                id="s1", title="Autumn", form="quarterly", state=State.PUBLISHED, k=5,
                languages=["en"], scope_id="g0", base_url="http://localhost:8000",
                created_at=NOON, opened_at=NOON, closes_at=NOON, closes_latest=NOON,
                closed_at=NOON, headcount=9, instrument=body, instrument_digest=digest(body),
            )
        )  # fmt: skip
        db.flush()
        storing.store(db, snapshot, at=NOON)
        db.commit()
