"""What a letter says of a survey, in its reader's language."""

from datetime import timedelta

import pytest

from teamhealth.campaigns.models import State, Survey
from teamhealth.cells.canonical import canonical
from teamhealth.i18n.languages import LANGUAGES
from teamhealth.i18n.phrases import phrases
from teamhealth.instruments.library import library
from teamhealth.instruments.plain import to_plain
from teamhealth.invitations import writing
from teamhealth.jobs import accepting, closing
from tests.conftest import NOON


def _cancelled(reason):
    survey = Survey(
        id="spring", title="Spring", k=5, languages=list(LANGUAGES), contacts={}, trouble=reason,
        state=State.CANCELLED, reminders=False, opened_at=NOON, closes_at=NOON,
        closes_latest=NOON + timedelta(days=14), fingerprint="ABCDEFGHJKMNPQRS",
        instrument=canonical(to_plain(library().instrument("pulse", LANGUAGES))),
    )  # fmt: skip
    return {language: facts["reason"] for language, facts in writing.facts_of(survey).items()}


@pytest.mark.parametrize(
    ("reason", "key"),
    [(closing.LOST, "lost"), (closing.FAILED, "failed"), (accepting.TOO_LATE, "late")],
)
def test_why_the_program_cancelled_a_survey_is_said_in_every_language(reason, key):
    assert _cancelled(reason) == {
        language: phrases("letters", language).say(f"reasons.{key}") for language in LANGUAGES
    }


def test_what_hr_wrote_is_told_as_it_is():
    assert set(_cancelled("We ask again in autumn.").values()) == {"We ask again in autumn."}
