"""The pages of one survey: while it is open in every language and for two browsers, later what is left."""

import hashlib
import re
from typing import Any

from teamhealth.campaigns.scripts import JOINED, JOINED_AFTERWARDS, STYLE
from teamhealth.verifying import headers, news, pages
from teamhealth.verifying.description import Description
from teamhealth.verifying.findings import Finding, differs, judged, listed, ok, unknown
from teamhealth.verifying.scripts import Release
from teamhealth.verifying.visiting import DESKTOP, PHONE, Reply, Visit

_HTML = "text/html; charset=utf-8"
_GONE = 410
_LOADED = re.compile(rb"/a/_s/([0-9a-f]{64})/([a-z0-9][a-z0-9._-]*)")

Found = tuple[list[Reply], list[Finding]]
"""Pages whose headers are still to be looked at, and what was found in them."""


def of_open(visit: Visit, said: Description) -> Found:
    """Look at the page and the shared device's page in every language of an open survey."""
    fetched: list[Reply] = []
    found: list[Finding] = []
    for language in said.languages:
        path = visit.target.path
        one = visit.get(f"{path}/{language}", DESKTOP, languages="en-US,en;q=0.5")
        two = visit.get(path, PHONE, languages=language)
        shared = visit.get(f"{path}/kiosk/{language}", DESKTOP, languages=language)
        missing = [page for page in (one, two, shared) if not page.is_there]
        if missing:
            found.append(_no_page(missing[0], language))
            continue
        fetched += [one, two, shared]
        found += [_loads(one, said, language), _alike(one, two, language)]
        found += [_loads(shared, said, language, shared=True)]
    return fetched, found


def of_over(visit: Visit, said: Description, told: dict[str, Any], release: Release) -> Found:
    """Look at the page of a survey that is over, on which receipts are looked up."""
    if not news.is_over(told):
        return [], [unknown("page", "Page and scripts: there are none before it opens.")]
    found = [
        unknown(
            "page",
            "Page and scripts with which people answered: they are gone since the close. Whoever "
            "checked before has seen them.",
        )
    ]
    page = visit.get(f"{visit.target.path}/{said.languages[0]}")
    if page.status != _GONE:
        return [], [*found, _no_page(page, said.languages[0])]
    return [page], [*found, _afterwards(visit, page, said, release)]


def _loads(page: Reply, said: Description, language: str, *, shared: bool = False) -> Finding:
    faults = pages.faults(
        page.body,
        script=f"/a/_s/{said.scripts.get(JOINED, '')}/{JOINED}",
        style=f"/a/_s/{said.scripts.get(STYLE, '')}/{STYLE}",
        survey=said.survey,
    )
    if page.headers.get("Content-Type") != _HTML:
        faults.append("It is not sent as a page in UTF-8.")
    name = f"page {language}" + (" for shared devices" if shared else "")
    told = [f"The {name}: {' '.join(faults)}"] if faults else []
    well = (
        "loads the survey's script and style sheet, named by their digests, and nothing else."
    )
    return judged(name, told, f"The {name} {well}")


def _alike(one: Reply, two: Reply, language: str) -> Finding:
    name = f"alike {language}"
    if one.body == two.body:
        return ok(name, f"Two different browsers got the same page {language}, byte by byte.")
    return differs(
        name, f"Two different browsers got two different pages {language}. Run the check again."
    )


def _no_page(reply: Reply, language: str) -> Finding:
    name = f"page {language}"
    if reply.headers.get("Location"):
        return differs(name, f"The {name} sends people on to another address.")
    return unknown(name, f"The {name} is not there now ({reply.status}). Try again later.")


def _afterwards(visit: Visit, page: Reply, said: Description, release: Release) -> Finding:
    """Return whether the page after the close loads what the release has, and nothing else."""
    faults, loaded = [], {}
    for digest, name in (
        (digest.decode(), name.decode()) for digest, name in _LOADED.findall(page.body)
    ):
        address = loaded[name] = f"/a/_s/{digest}/{name}"
        file = visit.get(address)
        if not file.is_there or hashlib.sha256(file.body).hexdigest() != digest:
            faults.append(f"{name} is another file than the page names.")
        else:
            faults += headers.faults(file.headers, pinned=True)
        known = {
            release.afterwards.get(name),
            said.scripts.get(name) if name == STYLE else None,
        }
        if digest not in known:
            faults.append(f"{name} is not that of Team Health {release.version}.")
    faults += pages.faults(
        page.body,
        script=loaded.get(JOINED_AFTERWARDS, ""),
        style=loaded.get(STYLE, ""),
        survey=said.survey,
    )
    if strange := sorted(loaded.keys() - {JOINED_AFTERWARDS, STYLE}):
        faults.append(f"It loads {listed(strange)}.")
    well = (
        f"loads the script and style sheet of Team Health {release.version}, and nothing else."
    )
    told = [f"The page where receipts are looked up: {' '.join(faults)}"] if faults else []
    return judged("page afterwards", told, f"The page where receipts are looked up {well}")
