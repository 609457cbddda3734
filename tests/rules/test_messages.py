"""Whatever HR and leaders read can be read in six languages, and says the same in each."""

import importlib.util
import re

import pytest
from babel.messages.pofile import read_po

from teamhealth import content
from teamhealth.i18n import messages
from teamhealth.i18n.languages import LANGUAGES
from teamhealth.instruments.truth_checks import plain, read_untrue
from tests.rules.visible import in_python, in_template

TOP = content.folder("templates").parent
DONE = ("templates/desk", "templates/mail", "reports", "teamhealth/web/desk")
"""Folders in which everything is marked."""

NOT_YET: tuple[str, ...] = ()
"""Parts of them in which it is not; to be emptied."""

WITHOUT_WORDS = {
    "teamhealth/web/desk/api/": "machines read it, and whoever writes them, in English",
    "teamhealth/web/desk/headers.py": "headers of HTTP",
    "teamhealth/web/desk/sessions.py": "settings of a cookie",
    "teamhealth/web/desk/plotly.py": "a style sheet's rules, and what the operator reads",
}

_MINUTES = "{minutes}"
"""The reason for phrases that practices may use: a meeting can be five minutes shorter."""

_FACT = re.compile(r"%(?:\((\w+)\)s|(%)|(.?))")
_TAG = re.compile(r"</?[a-z][^>]*>")
_MARKUP = re.compile(r"</?(?:b|strong|em|bdi|a|br|span)\b[^>]*>")


def _script():
    found = importlib.util.spec_from_file_location("messages", TOP / "scripts" / "messages.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def _sources(*suffixes):
    found = (file for folder in DONE for file in sorted((TOP / folder).rglob("*")))
    names = [file.relative_to(TOP).as_posix() for file in found if file.suffix in suffixes]
    return [name for name in names if not name.startswith(NOT_YET)]


def _said():
    for message, place, _notes in _script().said():
        yield from ((one, place) for one in ([message] if type(message) is str else message))


SAID = list(_said())
OTHERS = [one for one in LANGUAGES if one != messages.WRITTEN]


def test_the_scan_finds_what_is_not_marked():
    page = """
    {% macro entry(words) %}<li>{{ words }}</li>{% endmacro %}
    <p class="note" aria-label="Good to know">{{ _("fine") }} {% trans n=1 %}{{ n }} fine{% endtrans %}</p>
    {{ entry("Surveys") }} {{ "closes" if x else "closed" }} <kbd>not said</kbd> <b>12 % · –</b>
    """
    code = 'T = _("All fine")\nflash("It is done")\nF = Field("Title", name="title")\n'

    assert in_template(page) == ["Good to know", "closesclosed", "Surveys"]
    assert in_python(code) == ["It is done", "Title"]


@pytest.mark.parametrize("name", _sources(".html", ".txt"))
def test_every_word_of_a_page_can_be_translated(name):
    assert in_template((TOP / name).read_text(), is_html=name.endswith(".html")) == []


@pytest.mark.parametrize("name", _sources(".py"))
def test_every_word_said_by_the_desk_can_be_translated(name):
    if not name.startswith(tuple(WITHOUT_WORDS)):
        assert in_python((TOP / name).read_text()) == []


def test_messages_are_whole_with_named_facts_and_little_markup():
    for message, place in SAID:
        where = f"{place}: {message}"
        assert message == message.strip(), where
        assert not [one for one in _FACT.finditer(message) if one[3] is not None], where
        assert all(_MARKUP.fullmatch(tag) for tag in _TAG.findall(message)), where


def test_no_message_says_what_is_known_to_be_untrue():
    listed = read_untrue(content.folder("surveys") / "ipnb")
    for language in LANGUAGES:
        for domain, text in _told_in(language):
            phrases = [
                phrase
                for each in listed
                if domain == "desk" or _MINUTES not in each.because
                for phrase in each.phrases[language]
            ]
            assert [phrase for phrase in phrases if phrase in plain(text)] == [], text


@pytest.mark.parametrize("domain", messages.FOLDERS)
@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_keeps_facts_markup_and_plural_forms(domain, language):
    for message in _catalogue(domain, language):
        told = [message.string] if type(message.string) is str else list(message.string)
        if not message.id or not any(told):
            continue
        source = [message.id] if type(message.id) is str else list(message.id)
        assert all(told), f"{language}: not every plural form of {source}"
        assert len(told) == len(source) or len(told) == _catalogue(domain, language).num_plurals
        for text in told:
            _keeps(source, text, language)


@pytest.mark.parametrize("domain", messages.FOLDERS)
def test_a_language_that_is_offered_lacks_no_message(domain):
    for language in messages.OFFERED:
        if language != messages.WRITTEN:
            known = {one.id for one in _catalogue(domain, language) if one.id and one.string}
            wanted = {one.id for one in _script().fresh(domain) if one.id}
            assert wanted - known == set(), language


def _keeps(source, text, language):
    """Hold a translation to the facts and the markup of the English; a form for one may leave the number out."""
    where = f"{language}: {text}"
    known = {fact for one in source for fact in _facts(one)}
    needed = set.intersection(*(set(_facts(one)) for one in source))
    told = set(_facts(text))
    assert told <= known, where
    assert needed - told <= ({"n", "num"} if len(source) > 1 else set()), where
    assert sorted(_TAG.findall(text)) in [sorted(_TAG.findall(one)) for one in source], where
    assert text == text.strip(), where


def _facts(message):
    return [one[1] for one in _FACT.finditer(message) if one[1]]


def _told_in(language):
    if language == messages.WRITTEN:
        yield from (("desk", message) for message, _ in SAID)
        return
    for domain in messages.FOLDERS:
        for message in _catalogue(domain, language):
            told = [message.string] if type(message.string) is str else message.string
            yield from ((domain, one) for one in told)


def _catalogue(domain, language):
    where, folder = messages.FOLDERS[domain]
    with (content.folder(where) / folder / f"{language}.po").open("rb") as lines:
        return read_po(lines, locale=language)
