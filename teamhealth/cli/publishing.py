"""``teamhealth survey publish``: release a counted result, stage by stage, as the desk does."""

from collections.abc import Iterator

import click

from teamhealth import clock
from teamhealth.campaigns import deciding, releasing
from teamhealth.campaigns.models import State
from teamhealth.campaigns.released import Release
from teamhealth.campaigns.releasing import EVERYBODY, LEADERS, Choices
from teamhealth.cli.choosing import chosen
from teamhealth.cli.facts import facts_of
from teamhealth.cli.opening import opened
from teamhealth.cli.printing import json_option, survey_argument, tell


@click.command
@survey_argument
@click.option(
    "--at-once", "because", default="", metavar="WHY",
    help="Let the levels above see everything at once; a sentence says why.",
)  # fmt: skip
@click.option("--summary", is_flag=True, help="Send everybody who was asked the summary.")
@click.option("--no-letters", is_flag=True, help="Write to no leader.")
@click.option("--no-talk-letter", is_flag=True, help="Do not ask leaders whether they talked.")
@click.option(
    "--enclose", type=click.Choice([LEADERS, EVERYBODY]), multiple=True,
    help="Whose letters hold a PDF.",
)  # fmt: skip
@json_option
def publish(
    *,
    name: str | None,
    because: str,
    summary: bool,
    no_letters: bool,
    no_talk_letter: bool,
    enclose: tuple[str, ...],
    as_json: bool,
) -> None:
    """Release the result of a counted survey: to leaders at once, to the levels above two working days later.

    Letters go out by the worker.
    """
    choices = Choices(
        at_once_because=" ".join(because.split()),
        summary=summary,
        letters=not no_letters,
        talk=not no_talk_letter,
        encloses=frozenset(enclose),
    )
    with opened() as installation, installation.database.write() as db:
        name = chosen(db, name, (State.COUNTED,)).id
        facts = facts_of(deciding.publish(db, name, choices, now=clock.now()))
        release = releasing.of(db, name)
        db.commit()
        stages = _stages(release) if release else {}
        tell({**facts, **stages}, _lines(name, stages), as_json=as_json)


def _stages(release: Release) -> dict[str, str | None]:
    everybody = release.everybody_from
    return {
        "leaders_from": release.leaders_from.isoformat(),
        "above_from": release.above_from.isoformat(),
        "everybody_from": everybody.isoformat() if everybody else None,
    }


def _lines(name: str, stages: dict[str, str | None]) -> Iterator[str]:
    yield f"The result of survey {name} is released."
    yield f"Leaders see the groups they lead now, those below from {stages.get('above_from')}."
    if everybody := stages.get("everybody_from"):
        yield f"Everybody who was asked gets the summary from {everybody}."
