"""What every report says about its survey, and the sources it is made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from teamhealth.cells.findings import Settings
from teamhealth.cells.model import Snapshot
from teamhealth.i18n.dates import long_date
from teamhealth.i18n.messages import WRITTEN
from teamhealth.instruments.library import Library
from teamhealth.instruments.model import Instrument
from teamhealth.outlets.wording import Wording, wording_of


@dataclass(frozen=True, slots=True)
class Facts:
    """The survey behind a report.

    ``previous`` names the one before, empty for a ``first`` survey and where the reader may not
    open it.
    ``mark`` is that of the whole stored snapshot, by which two reports are known to tell of
    the same one; it may be empty. ``withdrawn`` and ``settings`` are None where the snapshot does
    not know them.
    """

    organisation: str
    title: str
    opened: str
    closed: str
    k: int
    statements: int
    themes: int
    void: int
    withdrawn: int | None
    settings: Settings | None
    previous: str
    first: bool
    mark: str
    instrument: str
    fingerprint: str
    version: str


@dataclass(frozen=True, slots=True)
class Source:
    """What a report is made from: the snapshot as its reader may see it, the pinned words, the content."""

    seen: Snapshot
    facts: Facts
    instrument: Instrument
    library: Library
    reader: str = WRITTEN

    @property
    def words(self) -> Wording:
        """The pinned words in the reader's language."""
        return wording_of(self.instrument, self.reader)


def facts_of(
    seen: Snapshot, mark: str, previous: Snapshot | None, reader: str = WRITTEN
) -> Facts:
    """Return the facts of a survey as its reader may see it."""
    survey = seen.survey
    return Facts(
        organisation=seen.root.name,
        title=survey.title,
        opened=_day(survey.opened, reader),
        closed=_day(survey.closed, reader),
        k=survey.k,
        statements=sum(len(theme.items) for theme in seen.themes),
        themes=len(seen.themes),
        void=seen.void,
        withdrawn=seen.withdrawn,
        settings=seen.settings,
        previous=previous.survey.title if previous else "",
        first=survey.previous is None,
        mark=mark,
        instrument=survey.instrument_digest,
        fingerprint=survey.fingerprint,
        version=seen.code_version,
    )


def right_before(seen: Snapshot, earlier: Sequence[Snapshot]) -> Snapshot | None:
    """Return the survey that changes are told against, None if it is not among these."""
    return next((one for one in earlier if one.survey.id == seen.survey.previous), None)


def _day(iso: str, language: str) -> str:
    return long_date(datetime.fromisoformat(iso).replace(tzinfo=UTC), language)
