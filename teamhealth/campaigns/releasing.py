"""The stages in which a published result comes to its readers: leaders first, then levels above, then everybody.

Promise: the moments of all stages are fixed at publishing and stored; what a reader may see
follows from them and the clock alone. Working days are Monday to Friday in UTC; holidays
are not known.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from teamhealth.campaigns.released import Release
from teamhealth.errors import WrongUseError

AHEAD = 2
"""So many working days the leaders are ahead of the levels above, and these of everybody."""

TALK_AFTER = timedelta(days=10)
"""So long after the publication a leader is asked, once, whether the team has talked."""

LEADERS, EVERYBODY = "leaders", "everybody"
"""Whose letters may hold a PDF."""

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Choices:
    """What whoever publishes chooses; by default stages, letters, and nothing enclosed.

    ``at_once_because`` lets the levels above see everything at once, and says why;
    ``summary`` gives everybody the summary; ``letters`` tells leaders by letter, ``talk``
    asks them later whether they have talked; ``encloses`` are of ``LEADERS``, ``EVERYBODY``.
    """

    at_once_because: str = ""
    summary: bool = False
    letters: bool = True
    talk: bool = True
    encloses: frozenset[str] = frozenset()


def plan(survey_id: str, choices: Choices, *, now: datetime) -> Release:
    """Return the stages of a result that is published now."""
    later = working_days_after(now, AHEAD)
    above = now if choices.at_once_because else later
    release = Release(
        survey_id=survey_id,
        leaders_from=now,
        above_from=above,
        at_once_because=choices.at_once_because,
        everybody_from=working_days_after(above, AHEAD) if choices.summary else None,
        letters=choices.letters,
        talk_at=now + TALK_AFTER if choices.letters and choices.talk else None,
        encloses=sorted(choices.encloses & {LEADERS, EVERYBODY}),
    )
    release.tells_at = next_letters(release, after=now - timedelta(microseconds=1))
    return release


def of(db: Session, survey_id: str) -> Release | None:
    """Return the stages of a survey; None where it is not published, or came without any.

    A published survey without stages is open to all its readers.
    """
    return db.get(Release, survey_id)


def withheld_until(release: Release | None, *, now: datetime) -> datetime | None:
    """Return from when leaders see the groups below theirs; None if they do."""
    return release.above_from if release and now < release.above_from else None


def next_letters(release: Release, *, after: datetime) -> datetime | None:
    """Return when the first letters after a moment are due; None if none are to come."""
    to_leaders = (release.leaders_from, release.above_from, release.talk_at)
    moments = (*(to_leaders if release.letters else ()), release.everybody_from)
    return min((one for one in moments if one is not None and one > after), default=None)


def working_days_after(moment: datetime, days: int) -> datetime:
    """Return the same time of day so many working days later; a weekend counts as its Monday's beginning."""
    if moment.weekday() >= _SATURDAY:
        monday = moment.date() + _DAY * (7 - moment.weekday())
        moment = datetime.combine(monday, time(), moment.tzinfo)
    while days:
        moment += _DAY
        days -= moment.weekday() < _SATURDAY
    return moment


def require_reason(at_once: bool, because: str) -> str:
    """Return why nobody waits, empty where they do; WrongUseError for a tick without a sentence."""
    told = " ".join(because.split())
    if at_once and not told:
        raise WrongUseError(
            "Say in a sentence why all leaders are to see everything at once; nothing was published."
        )
    return told if at_once else ""
