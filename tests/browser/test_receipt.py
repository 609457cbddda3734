"""The receipt: shown once, kept nowhere, and until the close good for a change of mind on any device."""

import json

import pytest
from sqlalchemy import select

from teamhealth.campaigns.models import State
from teamhealth.credentials.codes import b64, from_code, to_code
from teamhealth.credentials.receipts import derive
from teamhealth.responses.models import SealedResponse
from tests.browser.doors import seated
from tests.makers import set_state

pytestmark = pytest.mark.browser


def _answered(chromium, door, number=0):
    """Answer on a phone; give the receipt."""
    with seated(chromium) as phone:
        phone.start(door.link(number))
        phone.answer_one_and_finish()
        receipt = phone.send()
        phone.leave()
    return receipt


def _at_the_field(seat, door):
    seat.page.goto(f"{door.address}/a/spring/en")
    seat.waits_for("code")
    seat.press("have")


def test_the_receipt_is_shown_once_and_is_nowhere_afterwards(door, seat):
    seat.start(door.link())
    seat.answer_one_and_finish()
    receipt = seat.send()

    assert (
        seat.page.locator("#s-receipt button:visible").first.inner_text() == "I don’t need it"
    )
    assert "nobody can bring it back" in seat.page.locator("#receipt-box").inner_text()
    assert seat.storage() == {"tab": {}, "device": {}}
    assert not seat.page.locator("#languages").is_visible()
    seat.page.go_back()
    assert seat.page.locator("[data-fill=receipt]").inner_text() == receipt  # it stays
    seat.page.reload()
    seat.waits_for("code")

    plain = receipt.replace("-", "")
    told = json.dumps([seat.storage(), seat.page.url, seat.page.content()])
    told += " ".join(f"{r.url} {r.post_data}" for r in seat.asked)
    assert receipt not in told
    assert plain not in told
    assert b64(from_code(plain)) not in told


def test_on_its_way_the_receipt_lies_veiled_on_the_device(door, seat):
    seat.start(door.link())
    seat.answer_one_and_finish()
    seat.page.route("**/response", lambda route: route.abort())
    seat.press("send")
    seat.waits_for("trouble")
    (kept,) = seat.storage()["device"].values()
    seat.page.unroute("**/response")
    seat.press("again")

    receipt = seat.receipt().replace("-", "")

    assert b64(from_code(receipt)) not in kept
    assert receipt not in kept


def test_the_receipt_is_copied(door, seat):
    seat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    seat.start(door.link())
    seat.answer_one_and_finish()
    receipt = seat.send()
    seat.press("copy")
    seat.page.get_by_text("Copied.").wait_for()

    assert seat.page.evaluate("() => navigator.clipboard.readText()") == receipt
    seat.page.get_by_role("button", name="I have kept it").click()
    seat.page.wait_for_url("**/a/done/*")


def test_with_the_receipt_answers_are_replaced_on_another_device(door, chromium):
    receipt = _answered(chromium, door)
    with seated(chromium) as computer:
        computer.start(door.link())
        computer.answer_one_and_finish()
        computer.press("send")
        computer.waits_for("used")
        computer.press("have")
        computer.use(receipt)
        computer.waits_for("mine")
        assert "Your answers are here, locked" in computer.page.locator("#s-mine").inner_text()
        assert computer.page.locator("#sheet input:checked").count() == 0
        computer.press("change")
        computer.choose("psych_safety_1", 1)
        computer.press("finish")
        assert "take the place" in computer.page.locator("#s-finish").inner_text()
        assert computer.storage() == {"tab": {}, "device": {}}
        computer.press("send")
        computer.waits_for("changed")

        secrets = derive(from_code(receipt), "spring")
        sent = json.dumps(computer.posts("edit"))
        assert b64(secrets.edit) in sent
        for secret in (receipt, b64(secrets.nonce), b64(secrets.reply), door.code()):
            assert secret not in sent
        computer.press("leave")
        computer.page.wait_for_url("**/a/done/*")
    (letter,) = door.letters()
    assert letter["a"] == {"psych_safety_1": 1}
    assert letter["r"] == b64(secrets.reply_hash)


def test_answers_are_taken_back_and_given_again(door, chromium, seat):
    receipt = _answered(chromium, door)
    _at_the_field(seat, door)
    seat.use(receipt.lower())
    seat.waits_for("mine")
    seat.press("withdraw")
    seat.press("withdrawn")
    seat.waits_for("changed")
    assert "taken back" in seat.page.locator("#s-changed").inner_text()
    with door.database.read() as db:
        assert db.scalars(select(SealedResponse.envelope)).all() == [None]
    seat.press("leave")
    seat.page.wait_for_url("**/a/done/*")

    _at_the_field(seat, door)
    seat.use(receipt)
    seat.waits_for("mine")
    assert "You have taken your answers back" in seat.page.locator("#s-mine").inner_text()
    seat.press("change")
    seat.choose("psych_safety_1", 5)
    seat.press("finish")
    seat.press("send")
    seat.waits_for("changed")

    assert door.letters()[0]["a"] == {"psych_safety_1": 5}


def test_a_receipt_of_another_survey_is_told_in_words(door, seat):
    _at_the_field(seat, door)
    seat.use("7QFM")
    seat.page.locator("#have-short").wait_for()
    seat.use(to_code(bytes(10)))
    seat.page.locator("#have-unknown").wait_for()
    assert seat.page.locator("#have").evaluate("field => field === document.activeElement")
    set_state(door.database, "spring", State.CLOSING)
    seat.use(to_code(bytes(10)))
    seat.waits_for("closed")


def test_a_change_that_was_lost_is_sent_again_with_the_same_bytes(door, chromium, seat):
    receipt = _answered(chromium, door)
    _at_the_field(seat, door)
    seat.use(receipt)
    seat.press("change")
    seat.choose("psych_safety_1", 2)
    seat.press("finish")

    def lose(route):
        route.fetch()
        route.abort()

    seat.page.route("**/response/edit", lose)
    seat.press("send")
    seat.waits_for("trouble")
    assert "begin again with your receipt" in seat.page.locator("#s-trouble").inner_text()
    seat.page.unroute("**/response/edit")
    seat.press("again")
    seat.waits_for("changed")

    _, first, again = seat.posts("edit")
    assert first == again
    assert door.letters()[0]["a"] == {"psych_safety_1": 2}
    assert seat.storage() == {"tab": {}, "device": {}}


def test_two_tabs_that_both_send_hand_in_one_answer(door, seat):
    seat.start(door.link())
    seat.answer_one_and_finish()
    other = type(seat)(seat.page.context.new_page())
    other.start(door.link())
    other.choose("psych_safety_1", 1)
    other.press("finish")
    seat.page.route("**/credential", lambda route: route.abort())
    seat.press("send")
    seat.waits_for("trouble")

    other.press("send")
    other.waits_for("trouble")
    assert "in another tab" in other.page.locator("#s-trouble").inner_text()
    other.press("again")
    receipt = other.receipt()
    seat.page.unroute("**/credential")
    seat.page.locator("[data-do=again]:visible").dblclick()

    assert seat.receipt() == receipt
    (letter,) = door.letters()
    assert letter["a"] == {"psych_safety_1": 4}
    assert seat.storage() == {"tab": {}, "device": {}}
