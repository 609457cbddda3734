"""The words of the respondent's page: the same in six languages, and held by tests that exist."""

import re
from pathlib import Path

import pytest

from teamhealth import content
from teamhealth.i18n.languages import LANGUAGES
from teamhealth.i18n.phrases import PLACEHOLDER, phrases

FOLDER = content.folder("surveys") / "ipnb" / "copy"
TESTS = Path(__file__).parents[2]
OTHERS = [language for language in LANGUAGES if language != "en"]

UNTRUE = {  # once said, by earlier wordings or by other products; none of it is so
    "en": r"do not know who|technical access|never sees single|five minutes",
    "de": r"nicht wissen, wer|technischen Zugang|sieht nie einzelne",
    "fr": r"ne savons pas qui|accès technique|ne voit jamais",
    "es": r"no sabemos quién|acceso técnico|nunca ve respuestas",
    "pt": r"não sabemos quem|acesso técnico|nunca vê respostas",
    "ar": r"لا نعرف من|وصول تقني",
}


def _held(language):
    """Give the tests that each commented phrase names."""
    held, named = {}, ()
    for line in (FOLDER / f"{language}.yaml").read_text("utf-8").splitlines():
        if line.startswith("# held by: "):
            named = tuple(line.removeprefix("# held by: ").split(", "))
        elif line and not line.startswith("#"):
            if named:
                held[line.partition(":")[0]] = named
            named = ()
    return held


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_says_everything(language):
    assert phrases("copy", language).texts.keys() == phrases("copy", "en").texts.keys()


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_fills_in_the_same_facts(language):
    english, other = phrases("copy", "en").texts, phrases("copy", language).texts

    for key, text in english.items():
        assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(other[key])), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_stars_come_in_pairs(language):
    assert all(text.count("*") % 2 == 0 for text in phrases("copy", language).texts.values())


def test_every_promise_names_tests_that_exist():
    source = "\n".join(path.read_text("utf-8") for path in TESTS.rglob("test_*.py"))
    there = set(re.findall(r"^def (test_\w+)\(", source, re.MULTILINE))

    for key, named in _held("en").items():
        assert set(named) <= there, key


@pytest.mark.parametrize("language", OTHERS)
def test_a_promise_is_held_by_the_same_tests_in_every_language(language):
    assert _held(language) == _held("en")


def test_what_is_told_before_start_is_held_by_tests():
    promises = ("promise_sealed", "promise_opened", "promise_groups", "who", "why_link", "same")
    more = (
        "sees_before",
        "sees_after",
        "sees_comments",
        "held",
        "read_by",
        "used",
        "sent_clean",
    )

    assert {*promises, *more} <= _held("en").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_said_that_is_known_to_be_untrue(language):
    for key, text in phrases("copy", language).texts.items():
        assert not re.search(UNTRUE[language], text, re.IGNORECASE), key
