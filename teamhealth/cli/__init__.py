"""The command line: parse, ask, commit once, print. It sees every room.

Promise: ``--json`` prints exactly one JSON object; an error is one sentence on stderr that
says what happened, what was not stored and what to do; exit 2 is wrong use, 1 a failure.
One module holds one family of commands; ``program`` puts them together.
"""

from teamhealth.cli.program import main

__all__ = ["main"]
