"""``teamhealth simulate``: many people answer through the real protocol; also a load test.

What they say comes from a file, or from a model of a believable organisation.
"""

import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import click

from teamhealth.campaigns.lookup import instrument_of, on_paper, survey
from teamhealth.cli import answers_file
from teamhealth.cli.answering import Fill, Outcome, Visitor
from teamhealth.cli.mailbox import links_by_person
from teamhealth.cli.opening import opened
from teamhealth.cli.organisation_model import Organisation
from teamhealth.cli.printing import aside, json_option, tell
from teamhealth.credentials.links import Link
from teamhealth.instruments.model import Instrument

PERCENTILES = (50, 95, 99)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a simulation. ``seconds`` are from the first start to the last end."""

    outcomes: Mapping[str, Outcome]
    without_letter: tuple[str, ...]
    seconds: float
    took: Mapping[str, list[float]]

    def count(self, status: str) -> int:
        """Return how many people ended that way."""
        return sum(outcome.status == status for outcome in self.outcomes.values())

    def reasons(self) -> dict[str, int]:
        """Count why people were refused or failed."""
        return dict(Counter(outcome.why for outcome in self.outcomes.values() if outcome.why))


@click.command
@click.argument("name", metavar="ID")
@click.option(
    "--url", required=True, help="Where the server answers, e.g. http://localhost:8000."
)
@click.option(
    "--mail",
    "mail",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of letters (.eml) with the personal links.",
)
@click.option(
    "--answers", type=click.File("rb"), help="CSV: email, items 1-5, enps, engagement, comment."
)
@click.option(
    "--rate", type=click.FloatRange(min=0, min_open=True), help="People who start, a second."
)
@click.option("--concurrency", type=click.IntRange(1, 256), default=4, show_default=True)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="Of the model, without --answers."
)
@click.option("--retry", type=click.FloatRange(min=0), default=30, show_default=True,
              help="Seconds to try again while the server does not answer.")  # fmt: skip
@json_option
def simulate(
    *,
    name: str,
    url: str,
    mail: Path,
    answers: BinaryIO | None,
    rate: float | None,
    concurrency: int,
    seed: int,
    retry: float,
    as_json: bool,
) -> int:
    """Answer survey ID through the real protocol, for everybody who has a letter.

    People on paper have none and are left out.
    """
    with opened() as installation, installation.database.read() as db:
        asked = survey(db, name)
        instrument, without_letter = instrument_of(asked), on_paper(db, asked)
    if without_letter:
        aside(f"{without_letter} people answer on paper and have no letter; they are left out.")
    links = links_by_person(mail, name)
    fills, strangers = _fills(links, answers, instrument, seed)
    visitor = Visitor(url.rstrip("/"), name, patience=retry)
    for stranger in strangers:
        aside(f"{stranger} has answers in the file but no letter in {mail}; not sent.")
    result = run(visitor, links, fills, rate=rate, concurrency=concurrency, strangers=strangers)
    tell(_facts(result), _lines(result), as_json=as_json)
    return int(result.count("failed") > 0)


def run(
    visitor: Visitor,
    links: Mapping[str, Link],
    fills: Mapping[str, Fill],
    *,
    concurrency: int,
    rate: float | None = None,
    strangers: tuple[str, ...] = (),
) -> Result:
    """Let everybody in ``fills`` answer with their link; ``rate`` is people a second, None at once.

    At most ``concurrency`` people answer at a time.
    """
    began = time.monotonic()
    stop = threading.Event()
    with ThreadPoolExecutor(concurrency) as pool:
        running = {}
        try:
            for place, (person, fill) in enumerate(fills.items()):
                if rate:
                    stop.wait(max(0.0, began + place / rate - time.monotonic()))
                running[person] = pool.submit(visitor.answer, links[person], fill)
            outcomes = {person: future.result() for person, future in running.items()}
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return Result(outcomes, strangers, time.monotonic() - began, dict(visitor.took))


def _fills(
    links: Mapping[str, Link], answers: BinaryIO | None, instrument: Instrument, seed: int
) -> tuple[dict[str, Fill], tuple[str, ...]]:
    """Return how each person fills in the form, and who is in the file without a letter."""
    if answers is None:
        model = Organisation(instrument, seed)
        return {who: _modelled(model, who) for who in sorted(links)}, ()
    sheets = answers_file.read(answers.read(), instrument)
    strangers = tuple(who for who in sheets if who not in links)
    return {who: _filed(sheet) for who, sheet in sheets.items() if who in links}, strangers


def _modelled(model: Organisation, who: str) -> Fill:
    return lambda respondent: model.sheet(respondent.group, who)


def _filed(sheet: answers_file.Sheet) -> Fill:
    return lambda _respondent: sheet


def _facts(result: Result) -> dict[str, object]:
    return {
        "answered": result.count("answered"),
        "silent": result.count("silent"),
        "refused": result.count("refused"),
        "failed": result.count("failed"),
        "without_letter": len(result.without_letter),
        "reasons": result.reasons(),
        "seconds": round(result.seconds, 3),
        "milliseconds": _milliseconds(result),
    }


def _milliseconds(result: Result) -> dict[str, dict[str, float]]:
    """Return percentiles of a whole answer and of each kind of request."""
    whole = [o.seconds for o in result.outcomes.values() if o.status == "answered"]
    measured = {"answer": whole, **result.took}
    return {kind: _percentiles(seconds) for kind, seconds in measured.items() if seconds}


def _percentiles(seconds: list[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    return {
        f"p{percent}": round(
            1000 * ordered[min(len(ordered) - 1, len(ordered) * percent // 100)], 1
        )
        for percent in PERCENTILES
    }


def _lines(result: Result) -> Iterator[str]:
    answered = result.count("answered")
    yield (
        f"{answered} answered, {result.count('refused')} refused, {result.count('failed')} failed, "
        f"{result.count('silent')} did not answer; {result.seconds:.1f} s, "
        f"{answered / max(result.seconds, 0.001):.1f} answers a second."
    )
    for why, people in sorted(result.reasons().items()):
        yield f"  {why}: {people}"
    for kind, told in _milliseconds(result).items():
        yield f"  {kind}: " + ", ".join(f"{name} {value} ms" for name, value in told.items())
