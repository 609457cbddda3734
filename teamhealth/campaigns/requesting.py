"""Asking for a survey: every refusal there is, and what is pinned at once.

The desk and the command line both come here. The survey that results is ``preparing``:
the worker makes its keys and opens it. Promise: what people could not answer safely, or
could subtract from another survey, is refused before anybody hears of it.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from teamhealth.campaigns import entrusting, overlapping, pinning
from teamhealth.campaigns.models import Audience, State, Survey
from teamhealth.cells.canonical import canonical, digest
from teamhealth.errors import RefusedError
from teamhealth.i18n.signs import has_unseen
from teamhealth.instruments.asking import Ask
from teamhealth.instruments.model import Instrument
from teamhealth.instruments.plain import to_plain
from teamhealth.roster.models import Group
from teamhealth.roster.placing import Placement, place
from teamhealth.settings import Settings
from teamhealth.trustee.parties import Trustee

LONGEST = timedelta(days=60)
LATER = timedelta(days=14)
"""How much later than planned a survey may close."""

LEAST_K, MOST_K = 5, 10

_CONTACTS = ("organisation", "contact", "report_contact", "support", "emergency")
_TAKEN = ("done",)  # /a/done is the page of thanks
_ID, _TITLE = 24, 120
LONGEST_NOTE = 300
"""Characters that tell people on paper when and where they can answer."""


def request(
    db: Session,
    settings: Settings,
    *,
    form: str,
    title: str,
    closes_at: datetime,
    at: datetime,
    scope_path: str | None = None,
    k: int = LEAST_K,
    languages: Sequence[str] = ("en",),
    leader_theme: Audience = Audience.LEADER,
    leader_theme_reference: str = "",
    themes: Collection[str] | None = None,
    asks: Sequence[Ask] = (),
    reminders: bool = True,
    paper_note: str = "",
    trustee: Trustee | None = None,
    launched_by: str = "",
) -> Survey:
    """Store a survey to be prepared, for the people below ``scope_path`` (None: everybody).

    ``themes`` are those HR chose, None for the form's own; ``asks`` is asked about people
    themselves; ``leader_theme_reference`` says where an ``agreed`` audience was agreed;
    ``paper_note`` tells people on paper when and where to answer; ``trustee`` holds the box key,
    None for this service; ``launched_by`` is an address. Raises RefusedError or WrongUseError.
    """
    title, paper_note = " ".join(title.split()), " ".join(paper_note.split())
    _check_settings(settings)
    _check_wish(title, closes_at, at, k)
    _check_texts(leader_theme, leader_theme_reference, paper_note)
    words = pinning.instrument(form, languages, themes, leader_theme, asks)
    placement = _placed(db, scope_path, k)
    survey = Survey(
        id=_free_id(db, title, at),
        title=title,
        form=form,
        state=State.PREPARING,
        k=k,
        scope_id=placement.groups[0].id,
        leader_theme=leader_theme,
        created_at=at,
        closes_at=closes_at,
        closes_latest=closes_at + LATER,
        headcount=len(placement.people),
    )
    survey.leader_theme_reference = leader_theme_reference.strip()
    survey.launched_by, survey.reminders, survey.paper_note = launched_by, reminders, paper_note
    _pin(survey, settings, words)
    return _stored(db, survey, trustee)


def _placed(db: Session, scope_path: str | None, k: int) -> Placement:
    """Place the people asked; refuse too few of them, and those whom another survey asks now."""
    _take_turns(db)
    placement = place(db, scope_path)
    pinning.plan(placement, k)
    overlapping.require_none(db, placement)
    return placement


def _pin(survey: Survey, settings: Settings, words: Instrument) -> None:
    facts = asdict(settings)
    survey.base_url = settings.base_url
    survey.contacts = {name: facts[name] for name in _CONTACTS if facts[name]}
    survey.languages = list(words.languages)
    survey.instrument = canonical(to_plain(words))
    survey.instrument_digest = digest(survey.instrument)


def _stored(db: Session, survey: Survey, trustee: Trustee | None) -> Survey:
    if trustee is not None:
        entrusting.require_new(db, trustee)
        entrusting.entrust(db, survey, trustee)
    db.add(survey)
    db.flush()
    return survey


def _check_texts(audience: Audience, reference: str, note: str) -> None:
    _check_audience(audience, reference)
    _check_note(note)


def _check_settings(settings: Settings) -> None:
    if not settings.seals_in_browsers:
        raise RefusedError(
            f"People's browsers can only seal answers on a https address, and TEAMHEALTH_BASE_URL is "
            f"{settings.base_url}. Nothing was launched. Set a https address up and name it there."
        )


def _check_wish(title: str, closes_at: datetime, at: datetime, k: int) -> None:
    if not 1 <= len(title) <= _TITLE:
        raise RefusedError(
            f"A survey needs a title of 1 to {_TITLE} characters. Nothing was launched."
        )
    if has_unseen(title):
        raise RefusedError(
            "The title holds invisible signs, with which a text can read as another. "
            "Nothing was launched; write it by hand."
        )
    if not LEAST_K <= k <= MOST_K:
        raise RefusedError(
            f"The smallest group shown would be {k} people; it must be {LEAST_K} to {MOST_K}. "
            "Nothing was launched."
        )
    if closes_at <= at:
        raise RefusedError(
            f"The closing date {closes_at:%Y-%m-%d %H:%M} UTC is not in the future. "
            "Nothing was launched; choose a later one."
        )
    if closes_at > at + LONGEST:
        raise RefusedError(
            f"A survey may be open for at most {LONGEST.days} days, and {closes_at:%Y-%m-%d} is "
            "later. Nothing was launched; choose an earlier closing date."
        )


def _check_audience(audience: Audience, reference: str) -> None:
    if has_unseen(reference):
        raise RefusedError(
            "The name of the agreement holds invisible signs, with which a text can read as another. "
            "Nothing was launched; write it by hand."
        )
    if audience is Audience.AGREED and not reference.strip():
        raise RefusedError(
            "Whoever sees what is said about leaders as agreed must be able to read where that was "
            "agreed. Nothing was launched; name the agreement."
        )


def _check_note(note: str) -> None:
    if len(note) > LONGEST_NOTE:
        raise RefusedError(
            f"What is printed on paper slips about when and where has {len(note)} characters; there is "
            f"room for {LONGEST_NOTE}. Nothing was launched; shorten it."
        )
    if has_unseen(note):
        raise RefusedError(
            "What is printed on paper slips about when and where holds invisible signs, with which a "
            "text can read as another. Nothing was launched; write it by hand."
        )


def _take_turns(db: Session) -> None:
    """Let requests wait for each other, so that two cannot both find the way free."""
    top = db.scalars(select(Group).where(Group.parent_id.is_(None)).with_for_update()).first()
    if top is None:
        raise RefusedError(
            "There are no people yet. Nothing was launched; "
            "import the roster first (`teamhealth roster import FILE.csv`)."
        )


def _free_id(db: Session, title: str, at: datetime) -> str:
    """Return an id that is short enough to type and was never used: the title, else the month."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain)[:_ID].strip("-")
    base = words if len(words) > 1 else f"survey-{at:%Y-%m}"
    taken = {*_TAKEN, *db.scalars(select(Survey.id).where(Survey.id.startswith(base)))}
    number, name = 1, base
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    return name
