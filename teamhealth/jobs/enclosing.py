"""The PDFs in a letter, printed while letters are sent, each once for all who get the same.

Promise: what lies in a letter holds no comment and nothing about a leader that is not for
everybody: mail is read by deputies and lies on servers.
"""

from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

from teamhealth.campaigns import batches
from teamhealth.db import Database
from teamhealth.errors import UnavailableError
from teamhealth.i18n.messages import offered
from teamhealth.jobs.printing import RECYCLED, Hand, Run
from teamhealth.mail.models import Letter
from teamhealth.outlets import kinds
from teamhealth.outlets.kinds import Kind, Wanted
from teamhealth.settings import Settings
from teamhealth.snapshots import storing

FOLDER = "letters"
"""What the folders of such PDFs begin with, beside those of batches."""


class Enclosures:
    """Prints what letters hold, during one run of sending."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database, self._settings = database, settings
        self._hands: dict[tuple[str, str], Hand] = {}
        self._wanted: dict[tuple[str, str], Wanted] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _fault: object, _trace: TracebackType | None
    ) -> None:
        while self._hands:
            self._hands.popitem()[1].end()

    def of(self, letter: Letter) -> dict[str, bytes]:
        """Return the PDFs of a letter by their names.

        Raises UnavailableError if one cannot be printed; the letter is tried again later.
        """
        if not letter.encloses or letter.survey_id is None:
            return {}
        wanted = self._named(letter.survey_id, letter.encloses)
        return {
            one.file_name: self._body(letter.survey_id, letter.language, one) for one in wanted
        }

    def _named(self, survey_id: str, encloses: Sequence[str]) -> list[Wanted]:
        unknown = [name for name in encloses if (survey_id, name) not in self._wanted]
        if unknown:
            with self._database.read() as db:
                snapshot = storing.load(db, survey_id)
            for name in unknown:
                kind, _, group = name.partition(":")
                self._wanted[survey_id, name] = kinds.only(Kind(kind), group, snapshot)
        return [self._wanted[survey_id, name] for name in encloses]

    def _body(self, survey_id: str, language: str, one: Wanted) -> bytes:
        home = batches.folder(self._settings.home, survey_id)
        place = home / f"{FOLDER}-{language}" / one.file_name
        with suppress(FileNotFoundError):
            return place.read_bytes()
        place.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
        if problem := self._hand(survey_id, language).print_one(one):
            self._hands.pop((survey_id, language)).end()
            raise UnavailableError(
                f"A report for a letter could not be printed ({problem}); the letter stays in the "
                "outbox and is tried again."
            )
        return place.read_bytes()

    def _hand(self, survey_id: str, language: str) -> Hand:
        hand = self._hands.get((survey_id, language))
        if hand is not None and hand.count >= RECYCLED:
            self._hands.pop((survey_id, language)).end()
            hand = None
        if hand is None:
            folder = batches.folder(self._settings.home, survey_id) / f"{FOLDER}-{language}"
            run = Run.of(self._database, survey_id, folder, offered(language))
            hand = self._hands[survey_id, language] = Hand(run)
        return hand
