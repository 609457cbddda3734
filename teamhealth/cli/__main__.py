"""``python -m teamhealth.cli`` is ``teamhealth``."""

from teamhealth.cli.program import main

main()
