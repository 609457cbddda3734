"""The trustee mode on the command line, as its three parties type it: HR, the server's operator, the council."""

import subprocess
import sys

import pytest

ROSTER = "email;name;group\n" + "\n".join(
    f"p{n}@{team}.example;Person {n};Acme/{team}"
    for team in ("north", "south")
    for n in range(7)
)


def _council(folder, *words):
    """Run the trustee's own command, on its own machine."""
    done = subprocess.run(
        [sys.executable, "-m", "teamhealth.trustee", *map(str, words), "--no-passphrase"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_from_keygen_to_a_published_result(house, tmp_path, request):
    if not request.config.getoption("--attack"):
        pytest.skip(
            "with `make attack`; without processes it runs in rooms/cli/test_trustees.py"
        )
    laptop = tmp_path / "laptop"
    laptop.mkdir()
    (tmp_path / "people.csv").write_text(ROSTER, "utf-8")
    _council(laptop, "keygen", "-o", "keys", "--name", "Betriebsrat")
    house.run("init")
    house.run("roster", "import", tmp_path / "people.csv", "--yes")
    wish = ("--form", "pulse", "--title", "Spring", "--closes", "+14d")
    public = laptop / "keys" / "trustee.public.json"
    launched = house.ask("survey", "launch", *wish, "--trustee", public)
    house.run("trustee", "rehearsal", "spring", "-o", laptop / "rehearsal")
    _council(laptop, "rehearse", "rehearsal", "-o", "proof", "--key", "keys")
    opened = house.ask("trustee", "prove", "spring", laptop / "proof")
    with house.served("--no-worker") as server:
        house.ask("simulate", "spring", "--url", server.url, "--mail", house.mail)
    closed = house.ask("survey", "close")
    house.run("trustee", "box", "spring", "-o", laptop / "box")
    told = _council(laptop, "count", "box", "-o", "result", "--key", "keys", "--yes")
    counted = house.ask("trustee", "upload", "spring", laptop / "result")
    house.run("survey", "publish")

    assert (launched["state"], launched["sent"]) == ("preparing", 0)
    assert (opened["state"], opened["sent"], opened["trustee"]) == ("open", 14, "Betriebsrat")
    assert closed["state"] == "awaiting_trustee"
    assert "acme/north" in told.lower()
    assert counted["state"] == "counted"
    assert house.ask("audit", "spring")["faults"] == []
    letter = next(house.mail.glob("*.eml")).read_text("utf-8")
    assert "Betriebsrat" in letter
