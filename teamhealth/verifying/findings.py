"""What a check found: one sentence each, in words that need no explanation."""

import enum
from dataclasses import dataclass


class Verdict(enum.StrEnum):
    """How a check ended. ``note`` is nothing to compare, but good to know."""

    OK = "ok"
    DIFFERS = "differs"
    UNKNOWN = "cannot tell"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check by its id (stable, for programs), and what it found."""

    check: str
    verdict: Verdict
    says: str


def ok(check: str, says: str) -> Finding:
    """Return that something is as it must be."""
    return Finding(check, Verdict.OK, says)


def differs(check: str, says: str) -> Finding:
    """Return that something is not as it must be."""
    return Finding(check, Verdict.DIFFERS, says)


def unknown(check: str, says: str) -> Finding:
    """Return that something could not be seen from here, or not now."""
    return Finding(check, Verdict.UNKNOWN, says)


def note(check: str, says: str) -> Finding:
    """Return what should be known without being right or wrong."""
    return Finding(check, Verdict.NOTE, says)


def judged(check: str, faults: list[str], otherwise: str) -> Finding:
    """Return what differs, or else that all is well."""
    return differs(check, " ".join(faults)) if faults else ok(check, otherwise)


def listed(names: list[str], most: int = 6) -> str:
    """Return some names in a sentence; of many only the first."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
