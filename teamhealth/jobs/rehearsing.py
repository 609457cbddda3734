"""The rehearsal of a survey that has a trustee: made-up answers in the format of the real ones."""

from random import SystemRandom

from teamhealth.campaigns import entrusting, lookup
from teamhealth.cells.model import SurveyFacts
from teamhealth.jobs import leasing
from teamhealth.trustee import rehearsal


def offer(lease: leasing.Lease) -> None:
    """Make a survey's rehearsal and lay it down for the trustee."""
    with lease.database.read() as db:
        survey = lookup.survey(db, lease.survey_id)
        facts = SurveyFacts(
            id=survey.id,
            title=survey.title,
            form=survey.form,
            opened="",
            closed="",
            k=survey.k,
            languages=tuple(survey.languages),
            instrument_digest=survey.instrument_digest or "",
            fingerprint="",
            leader_theme=survey.leader_theme.value,
            previous=None,
        )
        who, instrument = entrusting.trustee_of(survey), survey.instrument or b""
    made = rehearsal.make(who, facts, instrument, SystemRandom())
    with lease.database.write() as db:
        tray = entrusting.tray_of(db, lease.hold(db))
        tray.rehearsal, tray.expected = made.body, made.expected
        db.commit()
