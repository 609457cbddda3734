"""What the documents tell people to type is there: commands, options, targets of make, files and tests."""

import re
from pathlib import Path

import click
import pytest

from teamhealth.cli.program import program

SOURCE = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*SOURCE.glob("docs/*.md"), SOURCE / "README.md", SOURCE / "SECURITY.md"])
CODE = re.compile(r"```[a-z]*\n(.*?)```|`([^`\n]+)`", re.DOTALL)
TYPED = re.compile(r"(?:^|[\s/])(?:teamhealth|-m teamhealth\.(trustee|verifying)) ([a-z].*)")
"""A command; its last in the line, for ``sudo -u teamhealth`` is none."""

TARGET = re.compile(r"make ([a-z]+)")
FILE = re.compile(r"(?<![\w/])(?:tests|deploy|docs|surveys)/[\w./-]+\w")


def _lines(text):
    for block, span in CODE.findall(text):
        for line in (block or span).splitlines():
            yield line.partition(" #")[0].replace("\\Scripts\\", "/").strip()


def _typed(text):
    for line in _lines(text):
        *_, last = re.split(r"(?=\bteamhealth )|(?=-m teamhealth\.)", line)
        if found := TYPED.search(" " + last):
            alone = {"trustee": ["trustee"], "verifying": ["verify"]}.get(found[1], [])
            yield [*alone, *re.split(r"[\s;,)]+", found[2])]


def _faults(words):
    command = program
    for place, word in enumerate(words):
        if not isinstance(command, click.Group):
            known = {name for option in command.params for name in option.opts}
            known |= {name for option in command.params for name in option.secondary_opts}
            return [
                w for w in words[place:] if re.fullmatch(r"--[a-z-]+|-o", w) and w not in known
            ]
        if word in {"…", "--help", "--version"}:
            return []
        if word not in command.commands:
            return [word]
        command = command.commands[word]
    return []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: one.name)
def test_every_command_in_a_document_is_one_of_ours(document):
    faults = {" ".join(words): _faults(words) for words in _typed(document.read_text("utf-8"))}

    assert {told: wrong for told, wrong in faults.items() if wrong} == {}


def test_commands_and_what_is_wrong_with_them_are_found():
    text = "```\nsudo -u x env A=b teamhealth init   # first\nteamhealth survey shw ID\n```\n`teamhealth demo --wan`"

    assert list(_typed(text)) == [["init"], ["survey", "shw", "ID"], ["demo", "--wan"]]
    assert [_faults(words) for words in _typed(text)] == [[], ["shw"], ["--wan"]]
    assert len(list(_typed((SOURCE / "docs/check.md").read_text("utf-8")))) > 15


def test_every_target_file_and_test_named_in_a_document_is_there():
    makefile = (SOURCE / "Makefile").read_text("utf-8")
    named = [(d.name, line) for d in DOCUMENTS for line in _lines(d.read_text("utf-8"))]
    targets = [(d, found[1]) for d, line in named if (found := TARGET.match(line))]
    files = [(d, name) for d, line in named for name in FILE.findall(line)]

    assert len(targets) > 5
    assert [at for at in targets if f"\n{at[1]}:" not in makefile] == []
    assert len(files) > 10
    assert [at for at in files if not (SOURCE / at[1]).exists()] == []
