"""All commands together."""

import click

from teamhealth import __version__
from teamhealth.cli.attesting import attest
from teamhealth.cli.checking import audit, contents
from teamhealth.cli.demo.command import demo
from teamhealth.cli.doctor import doctor
from teamhealth.cli.exporting import export
from teamhealth.cli.installing import init
from teamhealth.cli.keeping import backup, restore, sweep
from teamhealth.cli.refusing import Program
from teamhealth.cli.reporting import report
from teamhealth.cli.rostering import rosters
from teamhealth.cli.serving import serve, work
from teamhealth.cli.simulating import simulate
from teamhealth.cli.slipping import slips
from teamhealth.cli.surveys import surveys
from teamhealth.cli.trustees import trustees
from teamhealth.verifying.command import verify

COMMANDS = (
    attest,
    audit,
    backup,
    contents,
    demo,
    doctor,
    export,
    init,
    report,
    restore,
    rosters,
    serve,
    simulate,
    slips,
    surveys,
    sweep,
    trustees,
    verify,
    work,
)


@click.group(cls=Program, no_args_is_help=True)
@click.version_option(__version__, message="%(version)s")
@click.option("--debug", is_flag=True, help="Show where an unexpected fault happened.")
def program(*, debug: bool) -> None:
    """Ask teams, anonymously and regularly, how it is to work together."""
    del debug  # read by Program.invoke


for command in COMMANDS:
    program.add_command(command)


def main() -> None:
    """Run the command line."""
    program.main()
