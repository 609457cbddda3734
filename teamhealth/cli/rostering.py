"""``teamhealth roster import``: people and groups from a CSV file, shown before they are stored."""

import secrets
import sys
from pathlib import Path

import click

from teamhealth.campaigns import lookup
from teamhealth.cli.opening import opened
from teamhealth.cli.printing import json_option, tell
from teamhealth.roster import importing
from teamhealth.roster.choices import Wish
from teamhealth.roster.reading import read


@click.group("roster")
def rosters() -> None:
    """Keep people and the groups they work in."""


@rosters.command("import")
@click.argument("file", metavar="FILE.csv", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--yes", is_flag=True, help="Store it without asking.")
@click.option(
    "--same",
    multiple=True,
    metavar="OLD=NEW",
    help="The group with the path OLD so far is NEW in the file, and keeps its history.",
)
@click.option(
    "--new", multiple=True, metavar="PATH", help="This group of the file begins anew."
)
@json_option
def import_file(
    *,
    file: Path,
    dry_run: bool,
    yes: bool,
    same: tuple[str, ...],
    new: tuple[str, ...],
    as_json: bool,
) -> None:
    """Make the roster what FILE.csv says, and show every change.

    Columns: email, name and group (the whole path: Acme/Sales/Inside); if you like leads
    (paths with ; between them), language, external_id, answers_in (a path, where the rule
    that leaders answer in the group above must not hold), and answers_by (mail or paper).
    Who has no mailbox has an external_id instead of an email, and gets a paper slip, as
    does whoever answers_by paper. Whoever is not in the file leaves. At a terminal you are
    asked before anything is stored.

    A group stays the same, and keeps its past results, if it has the same path, or if its
    people are most of a group with a new one. --same and --new decide otherwise; both can
    be given more than once.
    """
    roster = read(file.read_bytes())
    with opened() as installation:
        with installation.database.read() as db:
            wish = Wish(same, new, lookup.former_groups(db))
            diff = importing.preview(db, roster, wish)
        store = bool(diff) and not dry_run
        asks = store and not yes and sys.stdin.isatty()
        if asks or not as_json:
            for line in diff.lines():
                click.echo(line, err=as_json)
        if asks:
            click.confirm("Store this?", abort=True, err=True)
        if store:
            with installation.database.write() as db:
                importing.apply(db, roster, diff, lambda: secrets.token_hex(2), wish)
                db.commit()
    outcome = "Stored." if store else "Nothing was stored."
    tell({"stored": store, **diff.facts()}, [outcome], as_json=as_json)
