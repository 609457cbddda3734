"""What a survey is known by, read against its snapshot."""

import re

from tests.rooms.outlets.told import day


def digests(t, table):
    """Read what a survey is known by."""
    rows = {
        row.parts("th")[0].take(): row.parts("td")[0].take() for row in table.parts("tr")
    }  # fmt: skip
    facts = t.seen.survey
    survey = re.fullmatch(
        r"Open from (.+?) to (.+?); counted by Team Health (.+?)\.(?: (\d+) envelopes? held nothing that could be read\.)?",
        rows.pop("Survey"),
    )
    assert survey[1] == day(facts.opened)
    assert survey[2] == day(facts.closed)
    assert survey[3] == t.seen.code_version
    assert int(survey[4] or 0) == t.seen.void
    assert rows.pop("Survey’s fingerprint") == facts.fingerprint
    assert rows.pop("Digest of the questions") == facts.instrument_digest
    assert rows.pop("Mark of the results", "") == t.mark
    assert not rows
