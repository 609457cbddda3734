"""``teamhealth survey …``: what becomes of a survey after its launch.

Promise: before the close nothing here tells numbers of answers, only the steps of law 9.
"""

from collections.abc import Iterator
from datetime import datetime

import click

from teamhealth import clock
from teamhealth.campaigns import deciding, lookup
from teamhealth.campaigns.models import State
from teamhealth.cli.choosing import ANY, chosen
from teamhealth.cli.facts import facts_of, groups_of
from teamhealth.cli.fetching import Fetched
from teamhealth.cli.moments import Moment
from teamhealth.cli.opening import opened
from teamhealth.cli.printing import json_option, survey_argument, tell
from teamhealth.credentials.codes import spaced

ELSEWHERE = {
    "cancel": "teamhealth.cli.ending:cancel",
    "close": "teamhealth.cli.ending:close",
    "join": "teamhealth.cli.correcting:join",
    "launch": "teamhealth.cli.launching:launch",
    "move": "teamhealth.cli.correcting:move",
    "publish": "teamhealth.cli.publishing:publish",
    "readdress": "teamhealth.cli.correcting:readdress",
    "void": "teamhealth.cli.correcting:void",
}


@click.group("survey", commands=Fetched(ELSEWHERE))
def surveys() -> None:
    """Launch surveys and see them through."""


@surveys.command("list")
@json_option
def list_surveys(*, as_json: bool) -> None:
    """List all surveys, the newest first."""
    with opened() as installation, installation.database.read() as db:
        found = lookup.surveys(db)
        lines = [f"{s.id:24} {s.state:10} {s.closes_at:%Y-%m-%d} {s.title}" for s in found]
        facts = [facts_of(survey) for survey in found]
    tell({"surveys": facts}, lines or ["There is no survey yet."], as_json=as_json)


@surveys.command
@survey_argument
@json_option
def show(*, name: str | None, as_json: bool) -> None:
    """Tell state, dates, groups and roughly how many have taken part."""
    with opened() as installation, installation.database.read() as db:
        survey = chosen(db, name, ANY)
        facts, groups = facts_of(survey), groups_of(db, survey)
    tell({**facts, "groups": groups}, _lines(facts, groups), as_json=as_json)


@surveys.command
@survey_argument
@click.option(
    "--closes", type=Moment(), required=True, help="The new closing date: +7d or 2026-05-01."
)
@json_option
def extend(*, name: str | None, closes: datetime, as_json: bool) -> None:
    """Put the closing date off; the worker tells everybody invited."""
    with opened() as installation, installation.database.write() as db:
        name = chosen(db, name, (State.OPEN,)).id
        survey = deciding.extend(db, name, closes, now=clock.now())
        facts = facts_of(survey)
        line = f"Survey {name} now closes at {survey.closes_at:%Y-%m-%d %H:%M} UTC; everybody will be told."
        db.commit()
    tell(facts, [line], as_json=as_json)


def _lines(facts: dict[str, object], groups: list[dict[str, object]]) -> Iterator[str]:
    shown = facts | {"fingerprint": spaced(str(facts["fingerprint"] or ""))}
    for what, value in shown.items():
        if value:
            told = ", ".join(value) if isinstance(value, list) else value
            yield f"{what.replace('_', ' '):14} {told}"
    for group in groups:
        part = f", {group['participation']}" if group["participation"] else ""
        paper = f", {group['on_paper']} on paper" if group["on_paper"] else ""
        alone = "" if group["own_result"] else ", no result of its own"
        yield f"  {group['path']}: {group['people']} people{paper}{part}{alone}"
