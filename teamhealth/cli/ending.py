"""``teamhealth survey close|cancel``: the two ends of a survey, which no later decision takes back."""

from collections.abc import Iterator
from functools import partial

import click

from teamhealth import clock
from teamhealth.campaigns import deciding, entrusting, lookup
from teamhealth.campaigns.models import State, Survey
from teamhealth.cli.awaiting import settled
from teamhealth.cli.choosing import chosen
from teamhealth.cli.facts import facts_of
from teamhealth.cli.opening import Installation, opened
from teamhealth.cli.posting import post
from teamhealth.cli.printing import json_option, survey_argument, tell
from teamhealth.errors import AuditFailedError
from teamhealth.jobs import closing, finishing

_RUNNING = (State.PREPARING, State.OPEN, State.CLOSING, State.AWAITING_TRUSTEE)


@click.command
@survey_argument
@json_option
def close(*, name: str | None, as_json: bool) -> int:
    """Stop taking answers for ever, and count them where this machine has the keys."""
    with opened() as installation:
        database = installation.database
        with database.write() as db:
            name = chosen(db, name, (State.OPEN, State.CLOSING)).id
            deciding.close_now(db, name, now=clock.now())
            db.commit()
        work = partial(closing.close, database, installation.settings, name)
        try:
            state = settled(database, name, work, unless=State.CLOSING)
        except AuditFailedError:
            post(installation)  # HR hears of it at once
            raise
        survey = _now(installation, name)
    tell(facts_of(survey), _closed(survey), as_json=as_json)
    return int(state is State.CANCELLED or bool(survey.trouble))


@click.command
@survey_argument
@click.option("--reason", default="", help="A sentence for everybody who was invited.")
@json_option
def cancel(*, name: str | None, reason: str, as_json: bool) -> None:
    """End a survey without a result; its sealed answers are destroyed unread."""
    with opened() as installation:
        database = installation.database
        with database.write() as db:
            name = chosen(db, name, _RUNNING).id
            deciding.cancel(db, name, reason=reason, now=clock.now())
            db.commit()
        finishing.finish(database, installation.settings, name)
        sent = post(installation)
        survey = _now(installation, name)
    tell({**facts_of(survey), "sent": sent}, _cancelled(survey, sent), as_json=as_json)


def _now(installation: Installation, name: str) -> Survey:
    with installation.database.read() as db:
        return lookup.survey(db, name)


def _closed(survey: Survey) -> Iterator[str]:
    match survey.state:
        case State.CLOSING:
            yield f"Survey {survey.id} takes no more answers, but is not counted."
            yield survey.trouble or "The worker of the machine with the keys will count it."
        case State.AWAITING_TRUSTEE:
            who = (survey.trustee or {}).get("name")
            yield f"Survey {survey.id} takes no more answers; only {who} can open them."
            yield f"Next: `teamhealth trustee box {survey.id} -o FILE`, and give the file to the trustee;"
            yield f"then `teamhealth trustee upload {survey.id} RESULT`, within {entrusting.PATIENCE.days} days."
        case State.CANCELLED:
            yield f"Survey {survey.id} had to be cancelled. {survey.trouble}"
        case _:
            yield (
                f"Survey {survey.id} is counted. `teamhealth survey publish {survey.id}` releases its "
                "result."
            )


def _cancelled(survey: Survey, sent: int) -> Iterator[str]:
    if survey.needs_scrubbing:
        yield f"Survey {survey.id} is cancelled; the worker destroys its answers unread."
    else:
        yield f"Survey {survey.id} is cancelled; its answers were destroyed unread."
    yield f"{sent} letters about it were sent; the worker sends any others."
