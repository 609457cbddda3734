"""Storing an answer and closing the survey cannot overtake each other."""

import threading

import pytest

from teamhealth.campaigns.admitting import require_open
from teamhealth.campaigns.models import State, Survey
from teamhealth.errors import NotFoundError, NotOpenError
from tests.makers import open_survey, set_state


def test_the_close_waits_for_an_answer_that_is_being_stored(database, tmp_path):
    name = open_survey(database, tmp_path).id
    closing = threading.Thread(target=set_state, args=(database, name, State.CLOSING))

    with database.write() as db:
        require_open(db, name)
        closing.start()
        closing.join(0.3)
        waited = closing.is_alive()
        db.commit()
    closing.join(10)

    assert waited
    with pytest.raises(NotOpenError, match="has ended"), database.write() as db:
        require_open(db, name)


def test_an_answer_that_comes_while_the_survey_closes_is_refused(database, tmp_path):
    name = open_survey(database, tmp_path).id
    refused = []

    def answer():
        with database.write() as db:
            try:
                require_open(db, name)
            except NotOpenError as refusal:
                refused.append(refusal)

    coming = threading.Thread(target=answer)
    with database.write() as db:
        db.get(Survey, name).state = State.CLOSING
        db.flush()
        coming.start()
        coming.join(0.3)
        waited = coming.is_alive()
        db.commit()
    coming.join(10)

    assert waited
    assert len(refused) == 1


def test_a_survey_that_does_not_exist_is_not_open(database):
    with pytest.raises(NotFoundError), database.write() as db:
        require_open(db, "nowhere")
