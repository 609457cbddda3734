"""The scripts: each by its digest, joined without a change, and those of a published release."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from teamhealth import __version__
from teamhealth.campaigns.scripts import (
    AFTERWARDS,
    JOINED,
    JOINED_AFTERWARDS,
    STYLE,
    bare,
    digests,
)
from teamhealth.campaigns.scripts import joined as joined_from
from teamhealth.errors import WrongUseError
from teamhealth.verifying import headers
from teamhealth.verifying.description import Description
from teamhealth.verifying.findings import Finding, differs, judged, listed, ok, unknown
from teamhealth.verifying.visiting import Visit


@dataclass(frozen=True, slots=True)
class Release:
    """The files of one version that a respondent's browser may load, by name with their SHA-256.

    ``afterwards`` is what the page of a survey loads that is over.
    """

    version: str
    files: Mapping[str, str]
    afterwards: Mapping[str, str]

    def plain(self) -> dict[str, object]:
        """Return it as plain data, as ``--print-digests`` prints it and ``--release`` reads it."""
        told: dict[str, object] = {"release": self.version, "files": dict(self.files)}
        return {**told, "afterwards": dict(self.afterwards)}


def installed() -> Release:
    """Return the release that is installed here."""
    files = digests()
    after = hashlib.sha256(joined_from(AFTERWARDS)).hexdigest()
    return Release(__version__, files, {JOINED_AFTERWARDS: after, STYLE: files[STYLE]})


def read(file: Path) -> Release:
    """Read a published list; WrongUseError if it is none."""
    try:
        told = json.loads(file.read_text("utf-8"))
        files, after = (
            {str(name): str(digest) for name, digest in told[part].items()}
            for part in ("files", "afterwards")
        )
        return Release(str(told["release"]), files, after)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise WrongUseError(
            f"{file} is no list of a release's digests, as `teamhealth verify --print-digests` "
            "writes it. Nothing was asked."
        ) from None


def fetch(visit: Visit, said: Description) -> tuple[dict[str, bytes], list[Finding]]:
    """Fetch every file under the fingerprint; return those that are what they should be."""
    bodies: dict[str, bytes] = {}
    faults, told = [], []
    for name, digest in sorted(said.scripts.items()):
        reply = visit.get(f"/a/_s/{digest}/{name}")
        if not reply.is_there:
            faults.append(f"{name} is not there ({reply.status}).")
        elif hashlib.sha256(reply.body).hexdigest() != digest:
            faults.append(f"{name} is another file than the description names.")
        else:
            bodies[name] = reply.body
            told += [f"{name}: {fault}" for fault in headers.faults(reply.headers, pinned=True)]
    if not {JOINED, STYLE} <= said.scripts.keys():
        faults.append("The description names no script or no style sheet for the page.")
    well = f"All {len(bodies)} scripts and style sheets are those under the fingerprint, byte by byte."
    return bodies, [judged("files", faults, well), _headers(told)]


def joined(bodies: Mapping[str, bytes]) -> Finding:
    """Return whether the file that runs is made of nothing but the modules that can be read.

    What two modules share would be taken out once for each, so the order does not matter.
    """
    if JOINED not in bodies:
        return unknown(
            "joined", f"Whether what runs is what can be read: {JOINED} could not be read."
        )
    try:
        rest = bodies[JOINED].decode("utf-8")
        modules = {
            name: bare(body.decode("utf-8"))
            for name, body in bodies.items()
            if name.endswith(".js") and name != JOINED
        }
    except UnicodeDecodeError:
        return differs("joined", "A script is no text that can be read.")
    for _name, module in sorted(modules.items(), key=lambda one: -len(one[1])):
        rest = rest.replace(module, "", 1)
    if rest.strip() or not modules:
        return differs("joined", f"{JOINED}, which runs, has lines that stand in no module.")
    return ok(
        "joined",
        f"{JOINED}, which runs, is the {len(modules)} modules joined, and nothing else.",
    )


def compared(said: Description, release: Release) -> Finding:
    """Return whether the files are those of a release."""
    other = sorted(
        name
        for name in said.scripts.keys() | release.files.keys()
        if said.scripts.get(name) != release.files.get(name)
    )
    if not other:
        return ok("release", f"These are the scripts of Team Health {release.version}.")
    return differs(
        "release",
        f"Not the scripts of Team Health {release.version}: {listed(other)}. If the server runs "
        "another version, compare with that version's list (--release).",
    )


def _headers(faults: list[str]) -> Finding:
    return judged(
        "file headers",
        list(dict.fromkeys(faults)),
        "The files come with the headers they must have.",
    )
