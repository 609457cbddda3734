"""``teamhealth sweep``, ``backup`` and ``restore``: what an operator's timer runs."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from teamhealth.cli.opening import opened
from teamhealth.cli.printing import json_option, tell
from teamhealth.jobs import keeping
from teamhealth.jobs.sweeping import Report
from teamhealth.jobs.sweeping import sweep as sweep_once


@click.command
@json_option
def sweep(*, as_json: bool) -> int:
    """Do once whatever is due: open, close, count, clear up, send letters."""
    with opened() as installation:
        report = sweep_once(installation.database, installation.settings)
    tell(asdict(report), _swept(report), as_json=as_json)
    return int(bool(report.problems or report.without_keys))


@click.command
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@json_option
def backup(*, file: Path, as_json: bool) -> None:
    """Write everything that is kept into FILE: no answer, link, letter or key is among it."""
    with opened() as installation:
        rows = keeping.backup(installation.database, installation.settings, file)
    line = f"{file} holds roster, accounts, surveys and results ({rows} rows). Keep it as safe as a list of staff."
    tell({"file": str(file), "rows": rows}, [line], as_json=as_json)


@click.command
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
def restore(*, file: Path, as_json: bool) -> None:
    """Fill an empty installation from the backup FILE; surveys that ran then are cancelled."""
    with opened() as installation:
        restored = keeping.restore(installation.database, installation.settings, file)
    cancelled = [{"id": name, "title": title} for name, title in restored.cancelled]
    facts = {"made": restored.made, "surveys": restored.surveys, "cancelled": cancelled}
    tell(facts, restored.lines(), as_json=as_json)


def _swept(report: Report) -> Iterator[str]:
    done = {
        "Opened": report.opened,
        "Counted": report.counted,
        "Participation told anew": report.refreshed,
        "Keys missing": report.without_keys,
    }
    for what, surveys in done.items():
        if surveys:
            yield f"{what}: {', '.join(surveys)}."
    yield f"{report.sent} letters sent."
    for step, survey, problem in report.problems:
        yield f"Failed: {step}{f' of {survey}' if survey else ''} ({problem}); it will be tried again."
