"""The words of the command line are those that scripts depend on."""

import subprocess
import sys

import pytest

from teamhealth.cli.program import program

WORDS = {  # command: its options and arguments
    "serve": "--host --port --workers --no-worker",
    "worker": "",
    "init": "",
    "roster import": "FILE.csv --dry-run --yes",
    "survey launch": "--form --title --closes --group --min-group --languages --json",
    "survey list": "--json",
    "survey show": "[ID] --json",
    "survey extend": "[ID] --json",
    "survey close": "[ID] --json",
    "survey cancel": "[ID] --reason --json",
    "survey publish": "[ID] --json",
    "export": "ID --format -o",
    "simulate": "ID --url --mail --answers --rate --concurrency",
    "audit": "ID",
    "content check": "[DIR]",
    "sweep": "",
    "backup": "FILE",
    "restore": "FILE",
    "doctor": "",
}


@pytest.mark.parametrize("command", WORDS)
def test_a_command_has_its_words(cli, command):
    told = cli.run(*command.split(), "--help").out

    assert f"teamhealth {command}" in told
    assert set(WORDS[command].split()) <= set(told.replace(",", " ").split())


def test_every_command_says_what_it_is_for():
    def told(group):
        for word, command in group.commands.items():
            assert command.name == word
            yield command
            yield from told(command) if hasattr(command, "commands") else ()

    for command in told(program):
        assert command.help, command.name
        assert command.help.split("\n")[0].endswith("."), command.name


def test_a_command_does_not_wait_for_what_only_another_needs():
    read = "import sys; from teamhealth.cli.program import program;"
    told = (
        "program.commands['roster']; print('alembic' in sys.modules, *sys.modules, sep='\\n')"
    )

    done = subprocess.run(
        [sys.executable, "-c", read + told], capture_output=True, text=True, check=True
    )

    loaded = done.stdout.split()
    assert loaded[0] == "True"
    assert {"flask", "granian", "scipy", "weasyprint"} & set(loaded) == set()


def test_an_unknown_setting_is_wrong_use(cli, monkeypatch):
    monkeypatch.setenv("TEAMHEALTH_COLOUR", "blue")

    assert "TEAMHEALTH_COLOUR is not a setting" in cli.run("survey", "list", code=2).sentence
