"""What a survey tells outside its fingerprint: where it stands, and the list of what was counted."""

import json
from datetime import datetime
from typing import Any

from teamhealth.credentials.codes import unb64
from teamhealth.verifying.description import Description
from teamhealth.verifying.findings import Finding, differs, judged, ok
from teamhealth.verifying.visiting import Reply

OPEN = "open"
_BEFORE = {"draft", "preparing"}
_STATES = {
    "draft": "is not open yet",
    "preparing": "is not open yet",
    OPEN: "is open",
    "closing": "has closed and is being counted",
    "awaiting_trustee": "has closed; its answers wait to be counted by whoever holds the key",
    "counted": "has closed and was counted",
    "published": "has closed and was counted",
    "cancelled": "was cancelled",
}


def read(reply: Reply) -> dict[str, Any]:
    """Read what ``status.json`` tells, nothing if it is unreadable."""
    try:
        told = json.loads(reply.body) if reply.is_there else {}
        known = told.get("state") in _STATES
    except (ValueError, AttributeError, TypeError, RecursionError):
        return {}
    return dict(told) if known else {}


def status(told: dict[str, Any], said: Description) -> Finding:
    """Return where the survey stands, and whether its dates keep the promise."""
    if not told:
        return differs("status", "The survey's news (status.json) cannot be read.")
    try:
        closes = datetime.fromisoformat(told["closes"])
    except (KeyError, TypeError, ValueError):
        return differs("status", "The survey's news (status.json) tell no closing date.")
    state = _STATES[told["state"]]
    if closes.date() > said.closes_latest:
        return differs("status", f"It would close on {closes.date()}, later than was promised.")
    if told["state"] == OPEN:
        state += f" until {closes:%Y-%m-%d %H:%M}, not later than was promised"
    return ok("status", f"The survey {state}.")


def audit(reply: Reply, said: Description) -> Finding:
    """Return whether ``audit.json`` tells the announced headcount, and a list in order after the count."""
    try:
        told = json.loads(reply.body) if reply.is_there else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        return differs("audit", "The list of what was counted (audit.json) cannot be read.")
    faults = []
    if told.get("headcount") != said.headcount:
        faults.append(
            f"audit.json tells of {told.get('headcount')} people, announced were {said.headcount}."
        )
    if "counted" not in told:
        return judged("audit", faults, "Nothing is told but the headcount.")
    faults += _list(told["counted"], said)
    return judged(
        "audit",
        faults,
        "The list of what was counted is in order. Whoever has a receipt can look for it there.",
    )


def _list(counted: object, said: Description) -> list[str]:
    try:
        entries = [unb64(entry, 32) for entry in counted] if isinstance(counted, list) else None
    except (TypeError, ValueError, AttributeError):
        entries = None
    if entries is None:
        return ["The list of what was counted is none."]
    faults = []
    if entries != sorted(set(entries)):
        faults.append(
            "The list of what was counted is not in ascending order, or repeats itself."
        )
    if len(entries) > said.headcount + said.spare + said.k - 1:
        faults.append("More was counted than there are seats.")
    if len(entries) < said.k - 1:
        faults.append("The list of what was counted is not filled up.")
    return faults


def takes_answers(told: dict[str, Any]) -> bool:
    """Tell whether people are shown the questions; where nothing can be read, they may be."""
    return not told or told["state"] == OPEN


def is_over(told: dict[str, Any]) -> bool:
    """Tell whether the survey has been, and not whether it is still to come."""
    return bool(told) and told["state"] not in {*_BEFORE, OPEN}
