"""A letter says all it has to in six languages, and nothing in it can become a header or an address."""

import re
from email import message_from_bytes, policy
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teamhealth.errors import LetterRefusedError, SettingsError
from teamhealth.i18n.languages import LANGUAGES
from teamhealth.mail import composing
from tests.rooms.mail.makers import FACTS, KINDS, LINK, composed

HEADERS = {
    "Subject",
    "From",
    "To",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Content-Language",
    "MIME-Version",
    "Content-Type",
}
LETTERS = [(kind, language) for kind in KINDS for language in LANGUAGES]
ANYTHING = st.text(max_size=120) | st.text('ab\r\n:,;<>"\\@ ü\u2028\x00=?', max_size=60)


class _Page(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.words = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *pair) for pair in attrs]

    def handle_data(self, data):
        self.words.append(data)


def _received(message):
    return message_from_bytes(bytes(message), policy=policy.default)


def _text(message):
    return _received(message).get_body(("plain",)).get_content()


def _page(message):
    return _Page(_received(message).get_body(("html",)).get_content())


@pytest.mark.parametrize(("kind", "language"), LETTERS)
def test_a_letter_says_the_same_as_text_and_as_a_page(kind, language):
    message = composed(kind, language)

    text, page = _text(message), _page(message)
    assert "{" not in text
    seen = " ".join(" ".join(page.words).split())
    for line in text.splitlines():
        if line != LINK:
            assert " ".join(line.removeprefix("– ").split()) in seen
    assert FACTS["title"] in _received(message)["Subject"]
    assert _received(message)["Content-Language"] == language


@pytest.mark.parametrize("kind", ["invitation", "extended"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_link_stands_on_a_line_of_its_own_and_the_code_is_there_for_typing(kind, language):
    message = composed(kind, language)

    lines = _text(message).splitlines()
    assert LINK in lines
    assert FACTS["code"] in lines
    assert any(f"{FACTS['address']} " in line for line in lines)
    assert ("a", "href", LINK) in _page(message).attributes
    assert "GQ1M-7CPS-XAVX-BCBX" in _text(message)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_invitation_tells_what_is_promised(language):
    text = _text(composed("invitation", language))

    for fact in (
        "title",
        "organisation",
        "contact",
        "minutes",
        "closes",
        "date",
        "latest",
        "k",
    ):
        assert FACTS[fact] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cancelled_survey_s_letter_has_no_link(language):
    message = composed("cancelled", language)

    assert "/a/" not in _text(message)
    assert "a" not in _page(message).tags
    assert FACTS["reason"] in _text(message)


@pytest.mark.parametrize(("kind", "language"), LETTERS)
def test_without_contact_organisation_name_and_reason_it_still_reads_well(kind, language):
    text = _text(composed(kind, language, name="", organisation="", contact="", reason=""))

    assert not re.search(r" {2}|[:،,] *[.,،]|\n\n\n|: *\n\n", text)
    assert "Acme" not in text
    assert len(text.splitlines()) >= 7


@pytest.mark.parametrize(("kind", "language"), LETTERS)
def test_nothing_is_fetched_from_anywhere(kind, language):
    page = _page(composed(kind, language))

    assert not {"img", "script", "link", "style", "iframe", "object", "form"} & set(page.tags)
    assert {name for tag, name, _ in page.attributes if tag != "meta"} <= {
        "style",
        "href",
        "lang",
        "dir",
    }
    assert not any("url(" in (value or "") for _, _, value in page.attributes)


def test_arabic_runs_from_right_to_left():
    page = _page(composed("invitation", "ar"))

    assert ("html", "dir", "rtl") in page.attributes
    assert ("div", "lang", "ar") in page.attributes
    assert ("span", "dir", "ltr") in page.attributes  # the code


def test_a_letter_sent_twice_has_one_message_id_and_tells_no_machine():
    first, second = composed(), composed()

    assert first["Message-ID"] == second["Message-ID"] == f"<{7:032x}@acme.example>"
    assert first["Auto-Submitted"] == "auto-generated"


@settings(max_examples=100, deadline=None)
@given(name=ANYTHING, title=ANYTHING, organisation=ANYTHING)
def test_no_name_and_no_title_can_add_a_header_or_an_address(name, title, organisation):
    message = composed(name=name, title=title, organisation=organisation)

    received = _received(message)
    assert set(received.keys()) == HEADERS
    assert len(received.keys()) == len(HEADERS)
    (to,) = received["To"].addresses
    assert to.addr_spec == "ada@acme.example"
    (sender,) = received["From"].addresses
    assert sender.addr_spec == "survey@acme.example"
    assert received.get_body(("plain",)) is not None
    assert LINK in _text(message).splitlines()


@settings(max_examples=30, deadline=None)
@given(name=ANYTHING)
def test_a_name_is_no_markup(name):
    assert _page(composed(name=f"<b>{name}</b>")).tags == _page(composed()).tags


@pytest.mark.parametrize(
    "name",
    [
        "Ada Löwe",
        "أميرة حداد",
        "O’Neill, Ann (Warehouse)",
        "李小龙",
        'Jo "JJ" Meyer',
        "x" * 200,
    ],
)
def test_names_arrive_as_they_are(name):
    (to,) = _received(composed(name=name))["To"].addresses

    assert (to.display_name, to.addr_spec) == (name, "ada@acme.example")


@pytest.mark.parametrize(
    "address",
    [
        "jörg@acme.example",
        "ada@straße.example",
        "ada",
        "ada@",
        "@acme.example",
        "ada@acme.example, eve@evil.example",
        "ada@acme.example\nBcc: eve@evil.example",
        "<ada@acme.example>",
        "ada @acme.example",
        "a..b@acme.example ",
        "ada@acme@evil.example",
    ],
)
def test_an_address_that_servers_do_not_take_is_refused_without_repeating_it(address):
    with pytest.raises(LetterRefusedError) as refusal:
        composed(address=address)

    assert "evil" not in str(refusal.value)
    assert "acme" not in str(refusal.value)


@pytest.mark.parametrize(
    ("told", "name", "address"),
    [
        ("Team Health <survey@acme.example>", "Team Health", "survey@acme.example"),
        ('"Acme, HR" <survey@acme.example>', "Acme, HR", "survey@acme.example"),
        ("survey@acme.example", "", "survey@acme.example"),
        ("Équipe <survey@acme.example>", "Équipe", "survey@acme.example"),
    ],
)
def test_the_sender_may_have_a_name(told, name, address):
    sender = composing.sender(told)

    assert (sender.display_name, sender.addr_spec) == (name, address)


@pytest.mark.parametrize("wrong", ["Team Health", "a@b@c", "x <>", "sürvey@acme.example"])
def test_a_sender_that_is_no_address_is_told(wrong):
    with pytest.raises(SettingsError, match=r"TEAMHEALTH_MAIL_FROM is .* No letter was sent"):
        composing.sender(wrong)
