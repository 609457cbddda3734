"""``teamhealth survey launch``: from the wish to an open survey with its invitations on their way.

Promise: before anybody is invited, whoever launches reads which groups will certainly
have no result of their own.
"""

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import click

from teamhealth import clock
from teamhealth.campaigns import lookup, requesting
from teamhealth.campaigns.forecast import Forecast, forecast
from teamhealth.campaigns.models import Audience, State, Survey
from teamhealth.cli import asking
from teamhealth.cli.awaiting import settled
from teamhealth.cli.facts import facts_of
from teamhealth.cli.moments import Moment
from teamhealth.cli.opening import Installation, opened
from teamhealth.cli.posting import post
from teamhealth.cli.printing import aside, json_option, tell
from teamhealth.credentials.codes import spaced
from teamhealth.credentials.fingerprint import words
from teamhealth.errors import NotFoundError, RefusedError
from teamhealth.instruments.model import Attribute
from teamhealth.jobs import launching
from teamhealth.mail.transports import open_transport
from teamhealth.trustee import parties


def _words(_: click.Context, __: click.Parameter, given: str | None) -> tuple[str, ...] | None:
    """Read ``en,de``; None where nothing was said."""
    if given is None:
        return None
    return tuple(word for part in given.split(",") if (word := part.strip()))


@click.command
@click.option("--form", required=True, help="pulse, quarterly or full.")
@click.option("--title", required=True, help="What people see above the survey.")
@click.option(
    "--closes", "closes_at", type=Moment(), required=True, help="+14d, 2026-05-01 or a moment."
)
@click.option(
    "--group", "scope_path", metavar="PATH", help="Ask this group and those below only."
)
@click.option(
    "--min-group", "k", type=int, default=5, show_default=True, help="Fewest people shown."
)
@click.option(
    "--languages", default="en", show_default=True, callback=_words, help="Such as en,de."
)
@click.option(
    "--leader-theme",
    type=click.Choice([audience.value for audience in Audience]),
    default=Audience.LEADER.value,
    show_default=True,
    help="Who may see what is said about leaders.",
)
@click.option(
    "--leader-theme-reference", default="", metavar="TEXT", help="Where that was agreed."
)
@click.option(
    "--themes", metavar="ID,ID", callback=_words, help="Ask these themes, not the form's own."
)
@click.option(
    "--ask",
    "asks",
    metavar="ID[=NAME;NAME]",
    multiple=True,
    callback=asking.read,
    help="What people may tell of themselves: tenure, workplace, or your own, such as site=Lyon;Porto. "
    "At most twice.",
)
@click.option(
    "--reminders/--no-reminders",
    default=True,
    show_default=True,
    help="One reminder to everybody with the same words, three days before the close.",
)
@click.option(
    "--paper-note",
    metavar="TEXT",
    help="When and where people on paper can answer in paid time; printed on their slips.",
)
@click.option(
    "--trustee",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Who alone can open the answers: trustee.public.json, as the trustee made it.",
)
@json_option
def launch(*, leader_theme: str, trustee: Path | None, as_json: bool, **wish: Any) -> None:
    """Ask people a form, open the survey and send the invitations."""
    wish["leader_theme"] = Audience(leader_theme)
    wish["trustee"] = parties.from_file(trustee.read_bytes()) if trustee else None
    with opened() as installation:
        wish["paper_note"] = _note(installation, wish, asks=sys.stdin.isatty() and not as_json)
        name, outlook, attributes = _request(installation, wish)
        if not as_json:
            tell({}, [*outlook.lines(), *asking.lines(attributes, outlook)], as_json=False)
        if doubt := asking.doubt(attributes, outlook):
            aside(doubt)
        state = open_survey(installation, name)
        sent = post(installation) if state is State.OPEN else 0
        with installation.database.read() as db:
            survey = lookup.survey(db, name)
            on_paper = lookup.on_paper(db, survey)
    facts = {**facts_of(survey), "sent": sent, "forecast": _told(outlook)}
    tell(facts, opened_lines(survey, sent, on_paper), as_json=as_json)


def _note(installation: Installation, wish: dict[str, Any], *, asks: bool) -> str:
    """Return what is printed on slips about when and where; ask for it if there are people on paper."""
    said: str | None = wish["paper_note"]
    if said is not None:
        return said
    try:
        with installation.database.read() as db:
            on_paper = forecast(db, wish["scope_path"], wish["k"]).on_paper
    except (NotFoundError, RefusedError):
        return ""  # the request refuses it, and says so better
    if not on_paper:
        return ""
    if asks:
        question = (
            f"{on_paper} people get paper slips. When and where can they answer in paid time?"
        )
        return str(click.prompt(question, default="", show_default=False, err=True))
    aside(
        f"{on_paper} people get paper slips, and nothing is said about when and where they can answer in "
        "paid time (--paper-note). The slips have lines to write it on by hand."
    )
    return ""


def _request(
    installation: Installation, wish: dict[str, Any]
) -> tuple[str, Forecast, tuple[Attribute, ...]]:
    """Store the wish; ``wish`` is what ``requesting.request`` takes, by its names."""
    settings = installation.settings
    open_transport(settings.mail_url)  # who cannot write to people must not open a survey
    with installation.database.write() as db:
        survey = requesting.request(db, settings, at=clock.now(), **wish)
        outlook = forecast(db, wish["scope_path"], wish["k"])
        name, attributes = survey.id, lookup.instrument_of(survey).attributes
        db.commit()
    return name, outlook, attributes


def open_survey(installation: Installation, name: str) -> State:
    """Open it where this machine has the keys; RefusedError if that can no longer be."""
    database = installation.database
    work = partial(launching.prepare, database, installation.settings, name)
    state = settled(database, name, work, unless=State.PREPARING)
    if state is State.CANCELLED:
        with database.read() as db:
            reason = lookup.survey(db, name).trouble
        raise RefusedError(f"Survey {name} was cancelled before anybody was invited. {reason}")
    return state


def _told(outlook: Forecast) -> dict[str, object]:
    return {
        "people": outlook.people,
        "on_paper": outlook.on_paper,
        "possible": len(outlook.possible),
        "expected": outlook.expected,
        "without": [
            {"group": group.path, "people": group.people, "counted_in": group.counted_in}
            for group in outlook.groups
            if group.chance is None
        ],
    }


def opened_lines(survey: Survey, sent: int, on_paper: int = 0) -> Iterator[str]:
    """Say how far a survey is that was to be opened, and what is next.

    ``sent`` letters went out so far; ``on_paper`` people get none.
    """
    if survey.state is State.PREPARING and survey.trustee:
        yield (
            f"Survey {survey.id} waits for {survey.trustee['name']} to prove that it can count; nobody is "
            "invited before."
        )
        yield f"Next: `teamhealth trustee rehearsal {survey.id} -o FILE`, and give the file to the trustee;"
        yield f"then `teamhealth trustee prove {survey.id} PROOF` with what comes back."
        return
    if survey.state is State.PREPARING:
        yield (
            f"Survey {survey.id} will open as soon as the worker of the machine with the keys has "
            "made its keys; then everybody is invited."
        )
        return
    yield f"Survey {survey.id} is open until {survey.closes_at:%Y-%m-%d %H:%M} UTC."
    code = survey.fingerprint or ""
    yield f"Fingerprint {spaced(code)}, in words “{' '.join(words(code))}”."
    yield f"People answer at {survey.base_url}/a/{survey.id}."
    waiting = survey.headcount - on_paper - sent
    yield f"{sent} invitations were sent" + (
        f"; the worker sends the other {waiting}." if waiting > 0 else "."
    )
    if on_paper:
        yield (
            f"{on_paper} people get no letter: print their slips with "
            f"`teamhealth slips {survey.id} --all -o FILE.pdf`."
        )
