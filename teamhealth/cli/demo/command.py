"""The command ``teamhealth demo``: the sample is made if need be, told about, and served or finished."""

import os
from pathlib import Path

import click

from teamhealth import settings as environment_settings
from teamhealth.cli import serving
from teamhealth.cli.demo import lan, people, sample
from teamhealth.cli.demo.sample import Sample
from teamhealth.cli.reporting import write_all
from teamhealth.credentials import links
from teamhealth.credentials.codes import to_code

_LOCAL, _EVERYWHERE = "127.0.0.1", "0.0.0.0"  # noqa: S104  (only with --lan, whose point it is)


@click.command
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option(
    "--once", is_flag=True, help="Also answer, close and write the reports, then end."
)
@click.option(
    "--lan",
    "on_lan",
    is_flag=True,
    help="Let phones in this network in, by a throw-away https.",
)
def demo(port: int, *, once: bool, on_lan: bool) -> None:
    """Make a sample organisation with four closed quarters and an open survey, and serve it."""
    home = environment_settings.load(os.environ).home
    if once:
        _once(home / "demo-once", port)
        return
    host = _EVERYWHERE if on_lan else _LOCAL
    serving.wait_for_port(host, port)
    name = lan.address() if on_lan else "localhost"
    base_url = f"{'https' if on_lan else 'http'}://{name}:{port}"
    place = home / ("demo-lan" if on_lan else "demo")
    found = sample.find(place, base_url) or sample.build(place, base_url, say=click.echo)
    certificate = lan.certify(place, name) if on_lan else None
    _live_in(place, base_url)
    serving.run(
        host,
        port,
        tls=(certificate.certificate, certificate.key) if certificate else None,
        greeting=_greeting(place, found, on_lan=on_lan),
    )


def _once(home: Path, port: int) -> None:
    """Make a sample, let everybody answer, close, count, and write the reports."""
    made = sample.build(home, f"http://localhost:{port}", say=click.echo)
    sample.finish(home, made)
    with sample.opened(home, made.base_url) as installation:
        written = write_all(installation, made.survey, home / "reports")
    click.echo(f"The open survey was answered, closed and counted: {made.survey}.")
    click.echo(f"{len(written)} reports are in {home / 'reports'}.")


def _live_in(home: Path, base_url: str) -> None:
    """Make this process, and those it starts, the sample's installation."""
    for name in [name for name in os.environ if name.startswith("TEAMHEALTH_")]:
        del os.environ[name]
    os.environ.update(sample.environment(home, base_url))


def _greeting(home: Path, found: Sample, *, on_lan: bool) -> str:
    leader = people.leader_of(people.SEVEN_OF_NINE).email
    one, cairo = _links(home, found)
    warning = (
        "  The certificate is our own: the phone will warn once; go on for this demo only.\n"
        if on_lan
        else ""
    )
    return (
        f"\nTeam Health, with a sample organisation, answers at {found.base_url}\n{warning}\n"
        f"  Answer as an employee    {one}\n"
        f"  … in Arabic              {cairo}\n"
        f"  Sign in                  {found.base_url}/desk/\n"
        f"    as HR                  {sample.HR}\n"
        f"    as a leader of nine    {leader}\n"
        f"    password of both       {found.password}\n"
        f"  Print paper slips        {found.base_url}/desk/surveys/{found.survey}/slips, as HR\n\n"
        f"The letters are in {home / 'outbox'}. Ctrl-C stops it; delete {home} to begin anew.\n"
    )


def _links(home: Path, found: Sample) -> tuple[str, str]:
    """Return the link of somebody in the team of nine and of an Arabic speaker; neither has answered."""
    everybody = {person.email: person for person in people.employees()}
    with sample.opened(home, found.base_url) as installation:
        late = dict(list(sample.open_links(installation, found.survey).items())[1::2])
    told = []
    for path in (people.SEVEN_OF_NINE, people.CAIRO):
        who = next(who for who in late if everybody[who].group == path)
        language = everybody[who].language
        token, mark = late[who].token, late[who].fingerprint
        told.append(
            links.link(
                found.base_url,
                found.survey,
                token,
                language="" if language == "en" else language,
                fingerprint=to_code(mark) if mark else "",
            )
        )
    return told[0], told[1]
