"""``teamhealth verify URL``: whether this is the survey that everybody gets, with the published scripts."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from teamhealth.errors import WrongUseError
from teamhealth.verifying import addresses, scripts
from teamhealth.verifying.checking import Report, check
from teamhealth.verifying.description import both_ways
from teamhealth.verifying.visiting import Visit

LIMITS = (
    (
        "What this cannot see: whether the server shows somebody else another page. Compare the "
        "fingerprint with colleagues, on their screens and letters, and run this from another network."
    ),
    (
        "Nor can it see what the server does with what it is sent, who has a copy of a key, whether "
        "everybody on the list of people exists, or whether the page asks what was agreed."
    ),
    (
        "The simple page for old browsers (…/plain) is not looked at: what is typed there is not "
        "locked on the way, as it says itself."
    ),
)


@click.command
@click.argument("url", required=False)
@click.option(
    "--fingerprint", "asked", default="", help="As in a letter: 16 characters or six words."
)
@click.option(
    "--release",
    "published",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Compare with this list of a release, not with the one installed here.",
)
@click.option(
    "--print-digests", is_flag=True, help="Print the list of the release installed here."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
def verify(
    *, url: str | None, asked: str, published: Path | None, print_digests: bool, as_json: bool
) -> int:
    """Check a survey from outside, without a login: URL is its page, or a whole personal link.

    A link's code is sent to the server as its own page sends it, to be told the group.
    Nothing else about anybody is sent, and nothing is answered. With "-" the address is
    read from the keyboard, so that a code does not stay in the list of commands.
    """
    if print_digests:
        click.echo(json.dumps(scripts.installed().plain(), indent=2))
        return 0
    if not url:
        raise WrongUseError("Which survey? Give the address of its page. Nothing was asked.")
    target = addresses.read(sys.stdin.readline() if url == "-" else url)
    release = scripts.read(published) if published else scripts.installed()
    with Visit(target) as visit:
        report = check(visit, release, asked)
    if as_json:
        click.echo(json.dumps(_facts(report), ensure_ascii=False))
    else:
        for line in _lines(report):
            click.echo(line)
    return int(report.differs > 0)


def _facts(report: Report) -> dict[str, Any]:
    characters, words = both_ways(report.own)
    return {
        "survey": report.said.survey,
        "server": report.target.origin,
        "state": report.state,
        "fingerprint": characters.replace("-", ""),
        "fingerprint_words": words,
        "differs": report.differs,
        "checks": [
            {"check": each.check, "result": each.verdict.value, "says": each.says}
            for each in report.findings
        ],
        "sent": list(report.sent),
        "limits": list(LIMITS),
    }


def _lines(report: Report) -> Iterator[str]:
    characters, words = both_ways(report.own)
    yield f"Survey {report.said.survey} at {report.target.origin}"
    yield f"Fingerprint   {characters}"
    yield f"in six words  {words}"
    yield ""
    for each in report.findings:
        yield f"{each.verdict.value:12}  {each.says}"
    yield ""
    yield f"Asked, in this order, without a cookie: {_asked(report.sent)}."
    yield ""
    yield from LIMITS
    yield ""
    yield (
        "Nothing differs."
        if not report.differs
        else "1 thing differs. Please tell your representatives before anybody answers."
        if report.differs == 1
        else f"{report.differs} things differ. Please tell your representatives before anybody answers."
    )


def _asked(sent: tuple[str, ...]) -> str:
    """Name each request once: files by their name, and how often each was made."""
    short = (
        entry.partition("/_s/")[0] + "/_s/…" if "/_s/" in entry else entry for entry in sent
    )
    return ", ".join(
        entry if times == 1 else f"{entry} ({times}×)"
        for entry, times in Counter(short).items()
    )
