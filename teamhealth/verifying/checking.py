"""One check of one survey, from its description to its pages; every step is a few findings."""

from dataclasses import dataclass

from teamhealth.credentials.fingerprint import fingerprint
from teamhealth.errors import NotFoundError, UnavailableError
from teamhealth.verifying import description, documents, headers, news, places, scripts
from teamhealth.verifying.addresses import Target
from teamhealth.verifying.description import Description
from teamhealth.verifying.findings import Finding, Verdict, differs, judged, note, ok
from teamhealth.verifying.scripts import Release
from teamhealth.verifying.visiting import Reply, Visit

_NO_SUCH = 404


@dataclass(frozen=True, slots=True)
class Report:
    """What a whole check found. ``own`` is the fingerprint of the manifest received."""

    target: Target
    own: str
    said: Description
    state: str
    findings: tuple[Finding, ...]
    sent: tuple[str, ...]

    @property
    def differs(self) -> int:
        """How many checks found something that is not as it must be."""
        return sum(finding.verdict is Verdict.DIFFERS for finding in self.findings)


def check(visit: Visit, release: Release, asked: str = "") -> Report:
    """Check the survey of a visit against a release's list.

    ``asked`` is a fingerprint that people gave, as characters or words. Raises
    NotFoundError if there is no survey, UnavailableError if the server cannot be reached.
    """
    target = visit.target
    manifest = _manifest(visit)
    said = description.read(manifest.body)
    own = fingerprint(manifest.body)
    found = [_way(target), *description.check(manifest.body, said, target)]
    found += description.fingerprint(own, target, asked)
    replies = [manifest]
    state = visit.get(f"{target.path}/status.json")
    told = news.read(state)
    audit = visit.get(f"{target.path}/audit.json")
    found += [news.status(told, said), news.audit(audit, said)]
    replies += [state, audit]
    if news.takes_answers(told):
        bodies, checked = scripts.fetch(visit, said)
        found += [*checked, scripts.joined(bodies)]
        fetched, of_pages = documents.of_open(visit, said)
    else:
        fetched, of_pages = documents.of_over(visit, said, told, release)
    found += [*of_pages, _headers([*replies, *fetched]), scripts.compared(said, release)]
    if target.link:
        found += places.check(visit, said, target.link)
    return Report(target, own, said, told.get("state", ""), tuple(found), tuple(visit.sent))


def _manifest(visit: Visit) -> Reply:
    """Fetch the description; NotFoundError if the address gives none."""
    target = visit.target
    reply = visit.get(f"{target.path}/manifest.json")
    if reply.status == _NO_SUCH:
        raise NotFoundError(
            f"{target.host} has no survey {target.survey}, or it was not launched yet. Nothing could "
            "be compared; is the address the one in the letter?"
        )
    if reply.headers.get("Location"):
        raise NotFoundError(
            f"{target.host} sends visitors on to another address, which this check does not follow. "
            "Nothing was compared; use the address as it stands in the letter, with https."
        )
    if not reply.is_there:
        raise UnavailableError(
            f"{target.host} answers, but not now ({reply.status}). Nothing could be compared; try "
            "again later."
        )
    try:
        description.read(reply.body)
    except ValueError:
        raise NotFoundError(
            f"What {target.host} gives there is no description of a Team Health survey. Nothing could "
            "be compared; is the address the one in the letter?"
        ) from None
    return reply


def _way(target: Target) -> Finding:
    if target.is_encrypted:
        return ok("way", f"The connection is encrypted, and {target.host} has proved its name.")
    if target.is_this_machine:
        return note("way", "The server is this machine; nobody is between.")
    return differs(
        "way", "The address begins with http: whoever is between can read and change all."
    )


def _headers(replies: list[Reply]) -> Finding:
    faults = [
        fault for reply in replies for fault in headers.faults(reply.headers, pinned=False)
    ]
    return judged(
        "headers",
        list(dict.fromkeys(faults)),
        "Browsers are told to load nothing from elsewhere, to keep nothing, to name no page to "
        "others; no cookie is set.",
    )
