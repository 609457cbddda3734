"""One person's place in the survey, and whether all groups add up to what is announced."""

import json
from collections.abc import Sequence
from typing import Any

from teamhealth.cells.canonical import canonical
from teamhealth.credentials.codes import to_code, unb64
from teamhealth.credentials.links import Link
from teamhealth.credentials.tree import check_leaf, merkle
from teamhealth.verifying.description import Description
from teamhealth.verifying.findings import Finding, differs, judged, listed, note, ok, unknown
from teamhealth.verifying.visiting import Reply, Visit

_WHY = {
    404: "the server knows no such code. Was it typed correctly?",
    410: "the survey takes no answers now.",
    503: "answering is paused.",
}


def check(visit: Visit, said: Description, link: Link) -> list[Finding]:
    """Return whether the group of a code is in the tree, and whether all groups add up."""
    asked = {"t": to_code(link.token)}
    path = visit.target.path
    own = visit.post(f"{path}/group", asked, "your code")
    if not own.is_there:
        return [unknown("place", f"Which group the code stands for: {_why(own)}")]
    found, leaf = _place(own.body, said)
    if leaf:
        reply = visit.post(f"{path}/groups", asked, "your code")
        found.append(_sums(reply, said, leaf))
    return found


def _place(body: bytes, said: Description) -> tuple[list[Finding], str]:
    try:
        told = json.loads(body)
        leaf, path = told["leaf"], told["path"]
        check_leaf(leaf.encode(), path, said.root)
        group = _group(leaf)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        wrong = "The group that the server told is not part of the survey it describes. Do not answer there."
        return [differs("place", wrong)], ""
    seats = "1 spare seat" if group["spare"] == 1 else f"{group['spare']} spare seats"
    found = [
        ok(
            "place",
            f"The code stands for {group['label']}: {group['size']} people, {seats}. The group is "
            "part of the survey with this fingerprint.",
        )
    ]
    if group["size"] < said.k:
        found.append(note("small", f"Fewer than {said.k} people answer with that group's key."))
    return found, leaf


def _sums(reply: Reply, said: Description, own: str) -> Finding:
    """Return whether the list of all groups is the one under the fingerprint and adds up."""
    if not reply.is_there:
        return unknown("sums", f"Whether all groups add up to the headcount: {_why(reply)}")
    try:
        leaves: list[str] = json.loads(reply.body)["leaves"]
        groups = [_group(leaf) for leaf in leaves]
        root, _ = merkle([leaf.encode() for leaf in leaves])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return differs("sums", "What the server gave as the list of all groups is none.")
    if root != said.root:
        return differs("sums", "The list of all groups is not the one under the fingerprint.")
    return judged("sums", _faults(groups, leaves, said, own), _well(said))


def _faults(
    groups: Sequence[dict[str, Any]], leaves: Sequence[str], said: Description, own: str
) -> list[str]:
    people, spare = (sum(group[what] for group in groups) for what in ("size", "spare"))
    faults = []
    if (len(groups), people, spare) != (said.groups, said.headcount, said.spare):
        faults.append(
            f"The groups have {people} people and {spare} spare seats, announced were "
            f"{said.headcount} and {said.spare}."
        )
    if own not in leaves:
        faults.append("Your group is not on the list of all groups.")
    if len({group["g"] for group in groups}) < len(groups):
        faults.append("A group is on the list twice.")
    if len({group["key"] for group in groups}) < len(groups):
        faults.append("Two groups have the same key.")
    small = [str(group["label"]) for group in groups[1:] if group["size"] < said.k]
    if small:
        faults.append(f"Groups of fewer than {said.k} people have a key: {listed(small)}.")
    return faults


def _well(said: Description) -> str:
    return (
        f"All {said.groups} groups add up to the {said.headcount} people and {said.spare} spare "
        "seats that are announced to everybody."
    )


def _group(leaf: str) -> dict[str, Any]:
    """Read a leaf; ValueError if it is none."""
    told = json.loads(leaf)
    if (
        told.keys() != {"g", "key", "label", "size", "spare"}
        or canonical(told) != leaf.encode()
    ):
        raise ValueError("not a leaf")
    if any(type(told[name]) is not int or told[name] < 0 for name in ("size", "spare")):
        raise ValueError("not a leaf")
    if any(type(told[name]) is not str for name in ("g", "label")):
        raise ValueError("not a leaf")
    unb64(told["key"], 256)
    return dict(told)


def _why(reply: Reply) -> str:
    return _WHY.get(reply.status, f"the server answered {reply.status}.")
