"""A survey is over: the browser itself finds out whether an answer was counted, and a comment can be taken back."""

import json

import pytest
from sqlalchemy import func, select

from teamhealth.campaigns.models import State, Survey
from teamhealth.conversations.models import Comment
from teamhealth.credentials.codes import b64, from_code, to_code
from teamhealth.credentials.receipts import comment_mark, derive
from teamhealth.responses.models import CountedList
from tests.browser.axe import sound
from tests.makers import set_state

pytestmark = pytest.mark.browser
RECEIPT = "7QFM2X9PT4RS0ABC"
SECRETS = derive(from_code(RECEIPT), "spring")


@pytest.fixture
def over(door):
    """Give a survey that was counted, with one answer in the list and its comment."""
    listed = sorted([b64(SECRETS.nonce_hash), b64(bytes(32)), b64(b"\1" * 32)])
    with door.database.write() as db:
        db.add(CountedList(survey_id="spring", body=json.dumps({"counted": listed})))
        for reply_hash in (SECRETS.reply_hash, bytes(32)):
            db.add(
                Comment(
                    survey_id="spring", group_id="acme", question="comment", body="Words",
                    reply_hash=comment_mark(reply_hash, "comment"),
                )
            )  # fmt: skip
        db.get(Survey, "spring").state = State.PUBLISHED
        db.commit()
    return door


def _check(seat, door, receipt, suffix="/en"):
    seat.page.goto(f"{door.address}/a/spring{suffix}")
    seat.page.locator("#have").fill(receipt)
    seat.page.locator("#after button").click()
    seat.page.locator("#found").wait_for()
    return seat.page.locator("#found").inner_text()


def test_after_the_close_the_browser_finds_the_answer_in_the_list_and_tells_nobody(over, seat):
    assert _check(seat, over, RECEIPT) == "Your answers were counted."

    sent = " ".join(f"{r.method} {r.url} {r.post_data}" for r in seat.asked)
    assert "POST" not in sent
    for secret in (RECEIPT, *(b64(bytes_of) for bytes_of in _all(SECRETS))):
        assert secret not in sent
    assert "not in the list" in _check(seat, over, to_code(bytes(10)), "/pq%23x")
    assert not seat.page.locator("#comment").is_visible()
    assert seat.storage() == {"tab": {}, "device": {}}


def _all(secrets):
    return (getattr(secrets, name) for name in ("nonce", "nonce_hash", "edit", "reply"))


def test_a_comment_is_taken_back_in_the_browser(over, seat):
    _check(seat, over, RECEIPT)
    seat.page.locator("#comment-look").click()
    seat.page.locator("[data-comment=some]").wait_for()
    assert "stored here: 1." in seat.page.locator("#comment").inner_text()
    sound(seat.page)
    seat.page.locator("#comment-take").click()
    seat.page.locator("[data-comment=gone]").wait_for()

    assert seat.posts("comment") == [
        {"reply": b64(SECRETS.reply)},
        {"reply": b64(SECRETS.reply), "take_back": True},
    ]
    with over.database.read() as db:
        assert db.scalar(select(func.count()).select_from(Comment)) == 1
    _check(seat, over, RECEIPT)
    seat.page.locator("#comment-look").click()
    seat.page.locator("[data-comment=none]").wait_for()


@pytest.mark.parametrize(
    ("state", "told"),
    [(State.AWAITING_TRUSTEE, "not counted yet"), (State.CANCELLED, "was cancelled")],
)
def test_where_nothing_is_counted_the_page_says_why(door, seat, state, told):
    set_state(door.database, "spring", state)

    assert told in _check(seat, door, RECEIPT)
