"""The command ``teamhealth demo``: the sample is made if need be, told about, and served or finished."""

import os
import shlex
from pathlib import Path

import click

from teamhealth import settings as environment_settings
from teamhealth.cli import serving
from teamhealth.cli.demo import lan, letters, people, sample
from teamhealth.cli.demo.sample import Sample
from teamhealth.cli.reporting_all import Wish, write_all
from teamhealth.outlets.kinds import Kind

_LOCAL, _EVERYWHERE = "127.0.0.1", "0.0.0.0"  # noqa: S104  (only with --lan, whose point it is)
_PORT = 8000
_SAMPLES = Wish(kinds=(Kind.ORGANISATION, Kind.SUMMARY, Kind.TEAM, Kind.TALK))


@click.command
@click.option("--port", type=click.IntRange(1, 65535), default=_PORT, show_default=True)
@click.option(
    "--once", is_flag=True, help="Also answer, close and write the reports, then end."
)
@click.option(
    "--lan",
    "on_lan",
    is_flag=True,
    help="Let phones in this network in, by a throw-away https.",
)
@click.option(
    "--links",
    "only_links",
    is_flag=True,
    help="Print links to answer with, of the sample that is there, then end.",
)
def demo(port: int, *, once: bool, on_lan: bool, only_links: bool) -> None:
    """Make a sample organisation with four closed quarters and an open survey, and serve it."""
    home = environment_settings.load(os.environ).home
    if once:
        _once(home / "demo-once", port)
        return
    host = _EVERYWHERE if on_lan else _LOCAL
    name = lan.address() if on_lan else "localhost"
    base_url = f"{'https' if on_lan else 'http'}://{name}:{port}"
    place = _place(home, "demo-lan" if on_lan else "demo")
    if only_links:
        for line in letters.lines(place, base_url):
            click.echo(line)
        return
    serving.wait_for_port(host, port)
    found = sample.find(place, base_url) or sample.build(place, base_url, say=click.echo)
    certificate = lan.certify(place, name) if on_lan else None
    _live_in(place, base_url)
    serving.run(
        host,
        port,
        tls=(certificate.certificate, certificate.key) if certificate else None,
        greeting=_greeting(place, found, on_lan=on_lan),
    )


def _place(home: Path, name: str) -> Path:
    """Return where the sample lives: in the home of this process if that is one, else below it."""
    return home if sample.is_home(home) else home / name


def _once(home: Path, port: int) -> None:
    """Make a sample, let everybody answer, close, count, and write the reports."""
    made = sample.build(home, f"http://localhost:{port}", say=click.echo)
    sample.finish(home, made)
    with sample.opened(home, made.base_url) as installation:
        written = write_all(installation, made.survey, home / "reports", _SAMPLES)
    click.echo(f"The open survey was answered, closed and counted: {made.survey}.")
    click.echo(f"{len(written.places)} reports are in {home / 'reports'}.")


def _live_in(home: Path, base_url: str) -> None:
    """Make this process, and those it starts, the sample's installation."""
    for name in [name for name in os.environ if name.startswith("TEAMHEALTH_")]:
        del os.environ[name]
    os.environ.update(sample.environment(home, base_url))


def _greeting(home: Path, found: Sample, *, on_lan: bool) -> str:
    leader = people.leader_of(people.SEVEN_OF_NINE).email
    one, cairo = letters.two(home, found)
    warning = (
        "  The certificate is our own: the phone will warn once; go on for this demo only.\n"
        if on_lan
        else ""
    )
    port = found.base_url.rpartition(":")[2]
    same = (" --lan" if on_lan else "") + (f" --port {port}" if port != str(_PORT) else "")
    return (
        f"\nTeam Health, with a sample organisation, answers at {found.base_url}\n{warning}\n"
        f"  Answer as an employee    {one}\n"
        f"  … in Arabic              {cairo}\n"
        f"  Sign in                  {found.base_url}/desk/\n"
        f"    as HR                  {sample.HR}\n"
        f"    as a leader of nine    {leader}\n"
        f"    password of both       {found.password}\n"
        f"  Print paper slips        {found.base_url}/desk/surveys/{found.survey}/slips, as HR\n\n"
        f"Links for more people: `teamhealth demo{same} --links` in another window.\n"
        f"Other commands work on the sample after\n"
        f"  export TEAMHEALTH_HOME={shlex.quote(str(home))} TEAMHEALTH_BASE_URL={found.base_url}\n\n"
        f"The letters are in {home / 'outbox'}. Ctrl-C stops it; delete {home} to begin anew.\n"
    )
