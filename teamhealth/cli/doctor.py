"""``teamhealth doctor``: is this installation in order, and if not, what to do."""

from collections.abc import Iterator

import click
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from teamhealth.campaigns import entrusting, lookup
from teamhealth.campaigns.models import State, Survey
from teamhealth.cli import findings
from teamhealth.cli.findings import Finding, Verdict
from teamhealth.cli.opening import settings
from teamhealth.cli.printing import json_option, tell
from teamhealth.db import Database, open_database
from teamhealth.jobs import places, watching
from teamhealth.migrations import running
from teamhealth.settings import Settings


@click.command
@json_option
def doctor(*, as_json: bool) -> int:
    """Look at database, keys, mail, address, content, worker and disk; say what to do."""
    found = settings()
    report = [*_of_database(found), *findings.of_machine(found)]
    broken = any(finding.verdict == "broken" for finding in report)
    lines = [f"{finding.verdict:9} {finding.what}: {finding.told}" for finding in report]
    facts = {
        "ok": not broken,
        "findings": [
            {"what": finding.what, "verdict": finding.verdict, "told": finding.told}
            for finding in report
        ],
    }
    tell(facts, lines, as_json=as_json)
    return int(broken)


def _of_keys(database: Database, found: Settings) -> Iterator[Finding]:
    """Tell of each open survey whether its keys are here and are the published ones."""
    if not places.has_keys(database, found):
        return
    with database.read() as db:
        for survey in lookup.surveys(db):
            if survey.state is State.AWAITING_TRUSTEE:
                yield _of_waiting(db, survey)
            elif survey.state is State.OPEN:
                sound = watching.keys_fit(db, survey, found)
                told = "They are the published ones." if sound else watching.TROUBLE
                verdict: Verdict = "ok" if sound else "broken"
                yield Finding(f"keys of {survey.id}", verdict, told)


def _of_counts(database: Database) -> Iterator[Finding]:
    """Tell of each closed survey that could not be counted."""
    with database.read() as db:
        for survey in lookup.surveys(db):
            if survey.state is State.CLOSING and survey.trouble:
                yield Finding(f"count of {survey.id}", "broken", survey.trouble)


def _of_waiting(db: Session, survey: Survey) -> Finding:
    """Tell until when a closed survey waits for whoever alone can open it."""
    tray = entrusting.tray_of(db, survey)
    who = (survey.trustee or {}).get("name")
    until = f"{tray.until:%Y-%m-%d %H:%M} UTC" if tray.until else "further notice"
    told = f"It waits for the result of {who} until {until}; then its answers are destroyed unread."
    return Finding(f"trustee of {survey.id}", "attention", told)


def _of_database(found: Settings) -> Iterator[Finding]:
    try:
        database = open_database(found.database_url)
        try:
            if not running.is_current(database):
                told = "It is not set up for this version; run `teamhealth init`."
                yield Finding("database", "broken", told)
                return
            yield Finding("database", "ok", "It answers and is up to date.")
            yield findings.of_database(database)
            yield from findings.of_log(database)
            yield findings.of_outbox(database)
            yield from _of_counts(database)
            yield from _of_keys(database, found)
        finally:
            database.close()
    except (SQLAlchemyError, OSError) as fault:
        told = f"It does not answer ({type(fault).__name__}); look at TEAMHEALTH_DATABASE_URL."
        yield Finding("database", "broken", told)
