"""The words of the letters: the same in six languages, and held by tests that exist."""

import re
from pathlib import Path

import pytest

from teamhealth import content
from teamhealth.i18n.languages import LANGUAGES
from teamhealth.i18n.phrases import PLACEHOLDER, phrases
from tests.rooms.mail.makers import FACTS

FOLDER = content.folder("surveys") / "ipnb" / "letters"
TESTS = Path(__file__).parents[2]
OTHERS = [language for language in LANGUAGES if language != "en"]


def _held(language):
    """Give the tests that each commented phrase names."""
    held, named, section = {}, (), ""
    for line in (FOLDER / f"{language}.yaml").read_text("utf-8").splitlines():
        if line.strip().startswith("# held by: "):
            named = tuple(line.strip().removeprefix("# held by: ").split(", "))
        elif line.endswith(":"):
            section = line
        elif line and not line.startswith("#"):
            if named:
                key = line.partition(":")[0]
                held[section + key.strip() if key.startswith(" ") else key] = named
            named = ()
    return held


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_says_everything(language):
    assert phrases("letters", language).texts.keys() == phrases("letters", "en").texts.keys()


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_fills_in_the_same_facts(language):
    english, other = phrases("letters", "en").texts, phrases("letters", language).texts

    for key, text in english.items():
        assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(other[key])), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_asked_for_that_no_letter_has(language):
    for text in phrases("letters", language).texts.values():
        assert set(PLACEHOLDER.findall(text)) <= FACTS.keys() | {
            "words"
        }  # from the fingerprint


def test_every_promise_names_tests_that_exist():
    source = "\n".join(path.read_text("utf-8") for path in TESTS.rglob("test_*.py"))
    there = set(re.findall(r"^def (test_\w+)\(", source, re.MULTILINE))

    held = _held("en")
    promises = ("sealed", "opened", "before", "groups")
    assert {f"invitation:{promise}" for promise in promises} <= held.keys()
    for key, named in held.items():
        assert set(named) <= there, key


@pytest.mark.parametrize("language", OTHERS)
def test_a_promise_is_held_by_the_same_tests_in_every_language(language):
    assert _held(language) == _held("en")
