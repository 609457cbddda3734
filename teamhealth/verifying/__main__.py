"""``python -m teamhealth.verifying``: the same check where nothing else of Team Health runs."""

import sys

import click

from teamhealth.errors import TeamHealthError, WrongUseError
from teamhealth.verifying.command import verify


def main() -> int:
    """Run the check; a refusal is one sentence on stderr."""
    try:
        left = verify.main(prog_name="verify", standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except click.Abort:
        return 1
    except TeamHealthError as refusal:
        click.echo(str(refusal), err=True)
        return 2 if isinstance(refusal, WrongUseError) else 1
    return left if isinstance(left, int) else 0


if __name__ == "__main__":
    sys.exit(main())
