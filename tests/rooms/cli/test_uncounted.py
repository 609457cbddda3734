"""``survey close`` and ``doctor`` where the audit keeps a result back."""

import pytest

from teamhealth.disclosure import blocks, planning
from tests.desk import make_accounts
from tests.firms import answer_all, launch


@pytest.fixture
def _guard_off(monkeypatch):
    def all_of_them(tree, own, shown, least):
        settled = blocks.settle(tree, own, shown, least)
        rest = settled.left_out[0] * shown[0]
        for table in (settled.block, settled.released):
            table[0] += rest
        return settled

    monkeypatch.setattr(planning, "settle", all_of_them)


@pytest.mark.usefixtures("_guard_off")
def test_a_close_that_the_audit_stops_fails_and_the_doctor_says_why(database, firm, cli, at):
    assert at
    make_accounts(database)
    name = launch(database, firm)
    answer_all(database, firm, name)

    refused = cli.run("survey", "close", name, code=1)
    again = cli.run("survey", "close", name, code=1)
    seen = cli.ask("doctor", code=1)

    assert "The independent audit found" in refused.sentence
    assert "Nothing was stored" in refused.sentence
    assert "its audit objected" in again.out
    letters = [file.read_text() for file in (firm.home / "outbox").glob("*.eml")]
    assert sum("Subject: Not counted: Spring" in letter for letter in letters) == 1
    counts = [one for one in seen["findings"] if one["what"] == f"count of {name}"]
    assert [one["verdict"] for one in counts] == ["broken"]
    assert "still sealed" in counts[0]["told"]
