"""Letters go out to everybody, in their language, once; whatever fails, nobody is left out."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select, update

from teamhealth.campaigns import deciding
from teamhealth.campaigns.models import State, Survey
from teamhealth.cli.mailbox import links_by_person
from teamhealth.credentials.codes import to_code
from teamhealth.errors import SettingsError
from teamhealth.jobs.telling import EXTENDED, tell_everybody
from teamhealth.mail.models import Letter
from teamhealth.mail.pacing import Pace
from teamhealth.roster.models import Person
from tests.conftest import NOON
from tests.firms import codes, found, launch, survey_of
from tests.makers import set_state
from tests.postman import send
from tests.postoffice import PostOffice, opened

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
DEAD = "smtp://127.0.0.1:1"
EVE = "person1@acme-south.example"


@pytest.fixture(autouse=True)
def _noon(at):
    assert at


@pytest.fixture
def settings(database, tmp_path):
    made = found(database, tmp_path / "home")
    return type(made)(**{**vars(made), "mail_rate": 6000})


@pytest.fixture
def name(database, settings):
    return launch(database, settings, languages=("en", "de"))


@pytest.fixture
def post(database, settings):
    """Give a post office, and sending to it."""
    office = PostOffice()
    with opened(office):
        office.send = lambda moment, **more: send(
            database, settings, office.url, moment, **more
        )
        yield office


def _letters(database):
    with database.read() as db:
        return db.scalars(select(Letter)).all()


def _read(folder):
    return [
        message_from_bytes(file.read_bytes(), policy=policy.default)
        for file in folder.glob("*.eml")
    ]


def test_a_folder_gets_everybodys_letter_with_the_link_that_opens_their_group(
    database, settings, name
):
    folder = settings.home / "outbox"

    sent = send(database, settings, f"file:{folder}", NOON)

    found_links = links_by_person(folder, name)
    assert sent == len(found_links) == 19
    by_group = codes(database, settings, name)
    for person, link in found_links.items():
        group = person.partition("@")[2].removesuffix(".example")
        assert to_code(link.token) in by_group[group]
    assert len({link.token for link in found_links.values()}) == 19
    assert _letters(database) == []


@pytest.mark.usefixtures("name")
def test_each_is_written_to_in_their_own_language(database, settings):
    folder = settings.home / "outbox"
    send(database, settings, f"file:{folder}", NOON)

    languages = {str(one["To"].addresses[0].addr_spec): one for one in _read(folder)}
    german = languages["person1@acme-north.example"]
    assert german["Content-Language"] == "de"
    assert german["Subject"] == "Ihre Einladung: Spring"
    assert "/de#" in german.get_body(("plain",)).get_content()
    assert languages["person0@acme-north.example"]["Content-Language"] == "en"


def test_the_fingerprint_is_the_same_in_everybodys_letter(database, settings, name):
    folder = settings.home / "outbox"
    send(database, settings, f"file:{folder}", NOON)

    prints = {link.fingerprint for link in links_by_person(folder, name).values()}
    (ours,) = {to_code(one) for one in prints}
    assert ours == survey_of(database, name).fingerprint
    spaced = "-".join(ours[at : at + 4] for at in range(0, 16, 4))
    for one in _read(folder):
        assert spaced in one.get_body(("plain",)).get_content()


@pytest.mark.usefixtures("name")
def test_a_letter_waits_for_its_moment(database, post):
    assert post.send(NOON - MINUTE) == 0
    assert post.send(NOON) == 19
    assert post.send(NOON) == 0
    assert _letters(database) == []


@pytest.mark.usefixtures("name")
def test_a_dead_server_is_tried_once_and_ever_more_rarely(database, settings, post):
    waits = []
    moment = NOON
    for _ in range(7):
        assert send(database, settings, DEAD, moment) == 0
        assert post.send(moment) == 0  # nobody is tried before the wait is over
        (then,) = {letter.not_before for letter in _letters(database)}
        waits.append((then - moment) / MINUTE)
        moment = then

    assert waits == [1, 2, 4, 8, 16, 30, 30]
    with database.write() as db:
        db.execute(update(Letter).values(attempts=1000))  # three weeks of it
        db.commit()
    assert send(database, settings, DEAD, moment) == 0
    moment += 30 * MINUTE
    assert post.send(moment) == 19
    assert set(post.received.values()) == {1}


@pytest.mark.usefixtures("name")
def test_a_refused_address_waits_a_day_and_keeps_nobody_else_back(database, post, caplog):
    post.refusals[EVE] = "550 5.1.1 No such mailbox"

    assert post.send(NOON) == 18
    (waiting,) = _letters(database)
    assert (waiting.address, waiting.attempts) == (EVE, 1)
    assert (waiting.not_before, waiting.claimed_until) == (NOON + DAY, None)
    assert "LetterRefusedError" in caplog.text
    assert "person1" not in caplog.text
    del post.refusals[EVE]
    assert post.send(NOON + DAY - MINUTE) == 0
    assert post.send(NOON + DAY) == 1
    assert post.received[EVE] == 1


def test_a_refused_letter_without_a_link_is_given_up_after_a_fortnight(database, name, post):
    post.send(NOON)
    with database.write() as db:
        survey = deciding.cancel(db, name, now=NOON)
        tell_everybody(db, survey, "cancelled", at=NOON)
        db.commit()
    post.refusals[EVE] = "550 5.1.1 No such mailbox"

    waiting = []
    for day in range(15):
        post.send(NOON + day * DAY)
        waiting.append(len(_letters(database)))

    assert waiting == [1] * 14 + [0]


@pytest.mark.usefixtures("name")
def test_a_delayed_address_is_tried_again_after_a_minute(post):
    post.refusals[EVE] = "451 4.7.1 Greylisted"

    assert post.send(NOON) == 18
    post.refusals.clear()
    assert post.send(NOON + MINUTE) == 1


@pytest.mark.usefixtures("name")
def test_a_server_that_refuses_everybody_is_not_taken_at_its_word(database, post):
    post.refusals["*"] = "550 5.7.1 Relaying denied"

    assert post.send(NOON) == 0
    tried = [letter for letter in _letters(database) if letter.not_before == NOON + DAY]
    assert len(tried) == 5
    post.refusals.clear()
    assert post.send(NOON + MINUTE) == 14
    assert post.send(NOON + DAY) == 5
    assert set(post.received.values()) == {1}


@pytest.mark.parametrize(
    "address", ["jörg@acme.example", "x@straße.example", "two words@x.example"]
)
def test_an_address_that_cannot_be_written_to_keeps_nobody_else_back(
    database, settings, address, tmp_path
):
    with database.write() as db:
        db.execute(update(Person).where(Person.email == EVE).values(email=address))
        db.commit()
    launch(database, settings)

    assert send(database, settings, f"file:{tmp_path / 'box'}", NOON) == 18
    assert [letter.address for letter in _letters(database)] == [address]


@pytest.mark.usefixtures("name")
def test_a_letter_whose_words_are_missing_keeps_nobody_else_back(database, post):
    with database.write() as db:
        wrong = {"kind": "no_such_kind", "language": "en", "facts": {}, "not_before": NOON}
        db.add_all(
            Letter(id=uuid.uuid4(), address=f"{number}@x.example", **wrong)
            for number in range(3)
        )
        db.commit()

    assert post.send(NOON) == 19
    assert {letter.kind for letter in _letters(database)} == {"no_such_kind"}


def test_no_link_goes_out_once_a_survey_takes_no_answers(database, settings, name, post):
    with database.write() as db:
        deciding.close_now(db, name, now=NOON)
        db.commit()
    assert _letters(database) == []

    other = launch(database, settings, scope_path="Acme/North", title="North")
    assert post.send(NOON + timedelta(days=14)) == 0  # its closing date
    set_state(database, other, State.CLOSING)
    assert post.send(NOON) == 0
    set_state(database, other, State.OPEN)
    _trouble(database, other, "A key is missing.")
    assert post.send(NOON) == 0
    _trouble(database, other, "")
    assert post.send(NOON) == 6


def _trouble(database, name, what):
    with database.write() as db:
        db.get(Survey, name).trouble = what
        db.commit()


def test_extending_and_cancelling_are_told_with_and_without_a_link(database, name, post):
    post.send(NOON)
    with database.write() as db:
        tell_everybody(db, db.get(Survey, name), EXTENDED, at=NOON)
        db.commit()
    assert post.send(NOON) == 19
    with database.write() as db:
        survey = deciding.cancel(db, name, reason="We ask again in autumn.", now=NOON)
        tell_everybody(db, survey, "cancelled", at=NOON)
        db.commit()
    assert post.send(NOON) == 19

    told = [one for one in post.letters if str(one["To"].addresses[0].addr_spec) == EVE]
    texts = [one.get_body(("plain",)).get_content() for one in told]
    assert [name in text for text in texts] == [True, True, False]
    assert "We ask again in autumn." in texts[2]
    assert len({one["Message-ID"] for one in told}) == 3


def test_a_machine_without_the_link_key_leaves_the_letters_to_the_other(
    database, settings, name, post, tmp_path
):
    elsewhere = type(settings)(**{**vars(settings), "home": tmp_path / "elsewhere"})

    assert name
    assert send(database, elsewhere, post.url, NOON) == 0
    assert {(one.attempts, one.claimed_until) for one in _letters(database)} == {(0, None)}
    assert post.send(NOON) == 19


@pytest.mark.usefixtures("name")
def test_two_workers_at_once_send_each_letter_once(post):
    ready = threading.Barrier(2)

    def work():
        ready.wait()
        return post.send(NOON)

    with ThreadPoolExecutor(2) as pool:
        counts = [one.result() for one in [pool.submit(work), pool.submit(work)]]

    assert sum(counts) == 19
    assert set(post.received.values()) == {1}
    assert len(post.received) == 19


@pytest.mark.usefixtures("name")
def test_a_mail_server_gets_a_sweeps_share_and_a_folder_everything(
    database, settings, post, tmp_path
):
    slow = type(settings)(**{**vars(settings), "mail_rate": 24})
    clock = [0.0]
    pace = Pace(lambda: clock[0])

    counts = []
    for _ in range(3):
        counts.append(send(database, slow, post.url, NOON, pace=pace))
        clock[0] += 5

    assert counts == [2, 2, 2]
    assert send(database, slow, f"file:{tmp_path / 'box'}", NOON, pace=pace) == 13


@pytest.mark.usefixtures("name")
def test_a_run_ends_after_a_minute(post):
    seconds = iter(range(0, 1000, 25))

    assert post.send(NOON, ticks=lambda: next(seconds)) == 2


@pytest.mark.usefixtures("name")
def test_a_sender_that_is_no_address_is_told_and_no_letter_is_blamed(database, settings, post):
    wrong = type(settings)(**{**vars(settings), "mail_from": "Team Health"})

    with pytest.raises(SettingsError):
        send(database, wrong, post.url, NOON)
    assert {letter.attempts for letter in _letters(database)} == {0}
