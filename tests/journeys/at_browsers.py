"""People who answer in a real browser, by the link in their letter, what stands in a file."""

import re
from email import message_from_binary_file, policy

from tests.browser.doors import seated
from tests.journeys.sixty import AT_A_BROWSER, FORM


def answer_in_browsers(chromium, mail, survey, given):
    """Have some people answer, each in their own language and on their own screen."""
    links = links_in(mail, survey)
    for person, sheet in given.items():
        language, screen = AT_A_BROWSER[person]
        with seated(chromium, viewport=screen) as seat:
            _answer(seat, links[person], sheet, language)
            assert seat.faults == []


def _answer(seat, link, sheet, language):
    seat.page.goto(link)
    seat.waits_for("first")
    assert seat.page.locator("html").get_attribute("lang") == language
    seat.press("start")
    for theme in FORM.themes:
        seat.waits_for(theme.id)
        for item in theme.items:
            if item in sheet:
                seat.choose(item, sheet[item])
        seat.press("next")
    for question in ("engagement", "enps"):
        if question in sheet:
            seat.choose(question, sheet[question])
    seat.press("next")
    seat.page.locator("#comment").fill(sheet.get("comment", ""))
    seat.press("send")
    seat.leave()


def links_in(mail, survey):
    """Give each person's link as their letter has it, by address."""
    found = {}
    for file in mail.glob("*.eml"):
        with file.open("rb") as letter:
            message = message_from_binary_file(letter, policy=policy.default)
        text = message.get_body(("plain",)).get_content()
        (person,) = message["To"].addresses
        found[person.addr_spec] = re.search(rf"\S+/a/{survey}\S*", text)[0]
    return found
