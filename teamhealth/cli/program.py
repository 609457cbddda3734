"""All commands together: the words there are, and where the command of each is written."""

import click

from teamhealth import __version__
from teamhealth.cli.fetching import Fetched
from teamhealth.cli.refusing import Program

COMMANDS = {
    "attest": "teamhealth.cli.attesting:attest",
    "audit": "teamhealth.cli.checking:audit",
    "backup": "teamhealth.cli.keeping:backup",
    "content": "teamhealth.cli.checking:contents",
    "demo": "teamhealth.cli.demo.command:demo",
    "doctor": "teamhealth.cli.doctor:doctor",
    "export": "teamhealth.cli.exporting:export",
    "init": "teamhealth.cli.installing:init",
    "report": "teamhealth.cli.reporting:report",
    "restore": "teamhealth.cli.keeping:restore",
    "roster": "teamhealth.cli.rostering:rosters",
    "serve": "teamhealth.cli.serving:serve",
    "simulate": "teamhealth.cli.simulating:simulate",
    "slips": "teamhealth.cli.slipping:slips",
    "survey": "teamhealth.cli.surveys:surveys",
    "sweep": "teamhealth.cli.keeping:sweep",
    "trustee": "teamhealth.cli.trustees:trustees",
    "verify": "teamhealth.verifying.command:verify",
    "worker": "teamhealth.cli.serving:work",
}


@click.group(cls=Program, commands=Fetched(COMMANDS), no_args_is_help=True)
@click.version_option(__version__, message="%(version)s")
@click.option("--debug", is_flag=True, help="Show where an unexpected fault happened.")
def program(*, debug: bool) -> None:
    """Ask teams, anonymously and regularly, how it is to work together."""
    del debug  # read by Program.invoke


def main() -> None:
    """Run the command line."""
    program.main()
