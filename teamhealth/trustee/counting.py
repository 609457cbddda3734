"""The count on the trustee's machine: everything is checked, then ``results.count`` runs, as on a server.

Promise: if the audit objects nothing is handed out; a rehearsal cannot open a real
answer, because the survey's name is part of what every envelope is sealed under.
"""

from collections.abc import Callable
from dataclasses import dataclass
from secrets import SystemRandom, token_bytes

from teamhealth.credentials.codes import from_code
from teamhealth.errors import RefusedError
from teamhealth.results import fanning
from teamhealth.results.count import count
from teamhealth.results.counted_list import filled
from teamhealth.trustee.checking import Checked, Rows, check, check_rows
from teamhealth.trustee.contents import Contents
from teamhealth.trustee.keypair import KeyPair
from teamhealth.trustee.outcomes import Outcome

REHEARSAL = "rehearsal."
"""What the name of a made-up survey begins with. No real one has a dot in its name."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file holds, as far as that can be seen without opening an answer."""

    checked: Checked
    rows: Rows

    @property
    def title(self) -> str:
        """The survey's title."""
        return self.checked.charter.survey.title

    def told(self) -> list[tuple[str, str]]:
        """Return how many answers lie in each group, by path; no number below the smallest group's."""
        k, seats = self.checked.charter.survey.k, self.checked.seats
        return [
            (place.path, _number(self.rows.each.get(place.id, 0), k))
            for place in self.checked.charter.groups
            if place.id in seats
        ]


def look(contents: Contents, pair: KeyPair, *, version: str, is_rehearsal: bool) -> Looked:
    """Check a file as a whole; RefusedError with what is wrong, or if it is of the other kind."""
    checked = check(contents.about(), pair.public, version=version)
    if checked.charter.survey.id.startswith(REHEARSAL) is not is_rehearsal:
        raise RefusedError(
            "This file is a rehearsal with made-up answers: use `rehearse`. Nothing was counted."
            if not is_rehearsal
            else "This file holds real answers, not a rehearsal. Nothing was opened. They are counted "
            "once, with `count`, after the survey has closed."
        )
    return Looked(checked, check_rows(contents.rows(), checked.seats))


def require_same(looked: Looked, fingerprint: str) -> None:
    """Refuse unless the survey has this fingerprint, however it was typed."""
    if from_code(fingerprint) != from_code(looked.checked.fingerprint):
        raise RefusedError(
            f"This survey’s fingerprint is {looked.checked.fingerprint}, not the one you gave. Nothing "
            "was counted, and the key is kept. Compare both with your invitation; if it is yours that "
            "stands there, do not count this file."
        )


def open_and_count(
    contents: Contents,
    pair: KeyPair,
    looked: Looked,
    *,
    draw: Callable[[int], bytes] = token_bytes,
) -> Outcome:
    """Open and count all answers; AuditFailedError if the result could put anonymity at risk.

    Raises RefusedError if the file has changed since it was looked at.
    """
    counted = count(
        contents.groups(),
        pair.box,
        looked.checked.charter,
        shuffle=SystemRandom().shuffle,
        processes=fanning.worth_starting(),
    )
    if len(counted.rows) != sum(looked.rows.each.values()):
        raise RefusedError(
            "The file changed while it was read. Nothing was written; copy it once more."
        )
    listed = filled(counted.snapshot, counted.nonce_hashes, draw)
    return Outcome(counted.snapshot, counted.comments, listed, looked.rows.mark)


def _number(answers: int, k: int) -> str:
    return f"fewer than {k}" if answers < k else str(answers)
