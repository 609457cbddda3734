"""Results at the desk for a large organisation: python benchmarks/desk.py [groups].

Budget (1 000 groups): each page p95 within 60 ms on the server. The organisation is
counted by the real count first; what is measured is requests of a signed-in HR account.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from budgets import finish, held, noted
from organisations import organisation

from teamhealth.accounts import changing
from teamhealth.campaigns.models import State, Survey
from teamhealth.cells.canonical import canonical, digest
from teamhealth.cells.model import Snapshot, SurveyFacts
from teamhealth.db import Database, open_database
from teamhealth.disclosure import rollup
from teamhealth.disclosure.tree import Tree
from teamhealth.instruments.library import library
from teamhealth.instruments.model import Instrument
from teamhealth.instruments.plain import to_plain
from teamhealth.migrations.tables import metadata
from teamhealth.results.charter import Charter, Place
from teamhealth.results.count import decide, tally_for
from teamhealth.results.sheets import Sheet, form_of
from teamhealth.settings import load
from teamhealth.snapshots import storing
from teamhealth.web.desk.app import create_desk

BUDGET = 60.0  # milliseconds
ROUNDS = 40
PAGES = (
    *("results", "matrix", "matrix.json", "groups/g0", "groups/{team}", "themes/listening"),
    *("items/listening_1", "answered", "comments", "groups/g0/surveys", "groups/g0/comments"),
)
NAME, PASSWORD = "hr@bench.example", "benchmarks need no secret"
MIX = [3, 9, 17, 45, 26]


def counted(groups: int, instrument: Instrument, facts: SurveyFacts) -> Snapshot:
    """Count a survey of a made-up organisation."""
    paths, parents, people = organisation(groups)
    tree = Tree(tuple(f"g{v}" for v in range(len(paths))), tuple(parents))
    launched = rollup.launch(tree, people, facts.k)
    below = tree.totals(people).tolist()
    places = tuple(
        Place(
            tree.ids[v], tree.ids[parents[v]] if v else None, paths[v],
            paths[v].rpartition("/")[2], below[v], launched.reportable[v],
            bytes(256) if launched.invited[v] else None,
        )
        for v in range(len(paths))
    )  # fmt: skip
    charter = Charter(facts, instrument, places, None, "bench")
    form, tally = form_of(instrument, tree), tally_for(charter, form_of(instrument, tree))
    rng = random.Random(1)  # noqa: S311 - the same answers every time
    for v, invited in enumerate(launched.invited):
        sheets = [
            Sheet(bytes(rng.choices(range(1, 6), MIX, k=len(form.items))), 7, (), bytes(32))
            for _ in range(invited)
            if rng.random() < 0.75
        ]
        if sheets:
            tally.add(v, sheets)
    snapshot, _ = decide(charter, tally, void=0, shuffle=rng.shuffle)
    return snapshot


def settle(database: Database, groups: int) -> Snapshot:
    """Store a published survey with its snapshot, and an account of HR."""
    instrument = library().instrument("full", ["en"])
    body = canonical(to_plain(instrument))
    facts = SurveyFacts(
        "bench", "Bench", "full", "2026-01-01", "2026-01-15", 5, ("en",), digest(body), "",
        "leader", None,
    )  # fmt: skip
    snapshot = counted(groups, instrument, facts)
    now = datetime(2026, 1, 15, tzinfo=UTC)
    with database.write() as db:
        db.add(
            Survey(
                id="bench", title="Bench", form="full", state=State.PUBLISHED, k=5,
                languages=["en"], scope_id="g0", base_url="http://localhost", created_at=now,
                opened_at=now, closes_at=now, closes_latest=now + timedelta(days=14),
                closed_at=now, headcount=snapshot.root.invited, instrument=body,
            )
        )  # fmt: skip
        db.flush()
        storing.store(db, snapshot, at=now)
        account = changing.add(db, email=NAME, name="Bench", is_hr=True)
        changing.set_password(db, account, PASSWORD)
        db.commit()
    return snapshot


def measured(ask: Callable[[], object]) -> tuple[float, float]:
    """Return the middle and the 95th percentile of some seconds a request takes."""
    took = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        ask()
        took.append(time.perf_counter() - begun)
    took.sort()
    return took[len(took) // 2], took[int(len(took) * 0.95)]


def main() -> None:
    """Measure each page and hold the slowest against the budget."""
    groups = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory() as home:
        url = f"sqlite:///{Path(home) / 'bench.sqlite3'}"
        database = open_database(url)
        metadata.create_all(database.engine)
        snapshot = settle(database, groups)
        app = create_desk(
            database, load({"TEAMHEALTH_HOME": home, "TEAMHEALTH_DATABASE_URL": url})
        )
        app.config["WTF_CSRF_ENABLED"] = False
        client = app.test_client()
        client.post("/desk/sign-in", data={"email": NAME, "password": PASSWORD})
        team = next(g.id for g in reversed(snapshot.groups) if g.responses is not None)
        kept = []
        for page in PAGES:
            address = "/desk/surveys/bench/" + page.format(team=team)
            begun = time.perf_counter()
            answer = client.get(address)
            first = time.perf_counter() - begun
            assert answer.status_code == 200, (page, answer.status_code)  # noqa: S101
            middle, p95 = measured(lambda: client.get(address))  # noqa: B023
            kept.append(held(f"{page}, 95 of 100 requests within", 1000 * p95, "ms", BUDGET))
            size = f"first {1000 * first:.0f} ms, {len(answer.data) // 1000} kB"
            noted("  middle", 1000 * middle, "ms", size)
        database.close()
    noted("groups", len(snapshot.groups), "")
    finish(*kept)


if __name__ == "__main__":
    main()
