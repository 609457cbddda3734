"""The manifest: whether it is one, about this survey, and under the fingerprint that people have."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from teamhealth.cells.canonical import canonical
from teamhealth.credentials.codes import from_code, spaced, unb64
from teamhealth.credentials.fingerprint import words
from teamhealth.verifying.addresses import Target
from teamhealth.verifying.findings import Finding, differs, judged, note, ok, unknown

_DIGEST = re.compile(r"[0-9a-f]{64}")
_VERSION = 1
_SMALLEST, _LARGEST = 5, 10


@dataclass(frozen=True, slots=True)
class Description:
    """What a manifest says. ``trustee`` is the name of whoever holds the box key, or nothing."""

    survey: str
    k: int
    languages: tuple[str, ...]
    closes_latest: date
    headcount: int
    spare: int
    groups: int
    root: bytes
    scripts: Mapping[str, str]
    trustee: str


def read(body: bytes) -> Description:
    """Read a manifest; ValueError if it is none of version 1."""
    try:
        told = json.loads(body)
        return _described(told)
    except (KeyError, TypeError, AttributeError, RecursionError, UnicodeDecodeError):
        raise ValueError("not a manifest") from None


def _described(told: dict[str, Any]) -> Description:
    scripts, trustee = told["scripts"], told.get("trustee")
    numbers = [told[name] for name in ("k", "headcount", "spare", "groups")]
    texts = [told["survey"], *told["languages"], *scripts, *scripts.values()]
    unb64(told["box"], 65)
    if (
        told["v"] != _VERSION
        or any(type(number) is not int or number < 0 for number in numbers)
        or any(type(text) is not str for text in texts)
        or not all(_DIGEST.fullmatch(digest) for digest in scripts.values())
    ):
        raise ValueError("not a manifest of version 1")
    return Description(
        survey=told["survey"],
        k=told["k"],
        languages=tuple(told["languages"]),
        closes_latest=date.fromisoformat(told["closes_latest"]),
        headcount=told["headcount"],
        spare=told["spare"],
        groups=told["groups"],
        root=unb64(told["root"], 32),
        scripts=dict(scripts),
        trustee=str(trustee["name"]) if trustee else "",
    )


def check(body: bytes, said: Description, target: Target) -> list[Finding]:
    """Return whether the manifest is written as it must be, about the survey that was asked for."""
    faults = []
    if canonical(json.loads(body)) != body:
        faults.append("The survey's description is not written in its one spelling.")
    if said.survey != target.survey:
        faults.append(f"It describes another survey, {said.survey}.")
    if not _SMALLEST <= said.k <= _LARGEST:
        faults.append(f"It would show results of groups of {said.k}.")
    told = (
        f"The server describes the survey {said.survey}: {said.headcount} people in {said.groups} "
        f"groups, {said.spare} spare seats, results for {said.k} people or more, closed on "
        f"{said.closes_latest} at the latest."
    )
    return [judged("description", faults, told), _box(said)]


def fingerprint(own: str, target: Target, asked: str) -> list[Finding]:
    """Return whether the fingerprint is the one of the link, and the one that was typed.

    ``own`` is that of the manifest received, ``asked`` what people read in a letter, as
    characters or as words.
    """
    found = []
    if target.link and target.link.fingerprint:
        same = from_code(own) == target.link.fingerprint
        found.append(
            ok("link", "The fingerprint is the one in the link.")
            if same
            else differs(
                "link", "The fingerprint is not the one in the link. Do not answer there."
            )
        )
    if asked:
        found.append(
            ok("asked", "The fingerprint is the one you gave.")
            if same_print(own, asked)
            else differs(
                "asked", "The fingerprint is not the one you gave. Do not answer there."
            )
        )
    return found or [
        unknown(
            "link",
            "Whether it is the survey of your letter: compare the fingerprint above with the letter, "
            "or give it with --fingerprint.",
        )
    ]


def same_print(own: str, asked: str) -> bool:
    """Tell whether a text is a fingerprint, written as characters or as words."""
    letters = re.sub(r"[^a-z]", "", asked.lower())
    return from_code(asked) == from_code(own) or letters == "".join(words(own))


def both_ways(own: str) -> tuple[str, str]:
    """Return a fingerprint as people see it: characters, and words."""
    return spaced(own), " ".join(words(own))


def _box(said: Description) -> Finding:
    if said.trustee:
        return note(
            "box",
            f"The key that opens the answers is announced to be with {said.trustee}, not with the server.",
        )
    return note(
        "box",
        "The key that opens the answers is with the server: who runs it must be trusted not to use "
        "it before the close.",
    )
