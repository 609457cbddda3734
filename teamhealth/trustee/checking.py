"""Whether a file for the trustee is what was promised to everybody, before anything in it is opened.

Everything that the published fingerprint stands for is compared with it, and what is
not under it is worked out again: the roll-up of the tree, so that no group is smaller
than it may be. What is wrong is refused in words; the key stays.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import NoReturn

from teamhealth.cells import plain, reading
from teamhealth.cells.canonical import digest
from teamhealth.cells.model import SurveyFacts
from teamhealth.credentials import blindsign
from teamhealth.credentials.codes import b64, unb64
from teamhealth.credentials.fingerprint import fingerprint
from teamhealth.credentials.tree import merkle
from teamhealth.disclosure import rollup
from teamhealth.disclosure.tree import Tree
from teamhealth.errors import RefusedError
from teamhealth.instruments.plain import from_plain
from teamhealth.results.charter import Charter
from teamhealth.results.charter import Place as CharterPlace
from teamhealth.trustee.contents import Place, Row
from teamhealth.trustee.parties import Trustee, manifest_entry

_PLACE = frozenset(Place.__slots__)
_LEAF = frozenset({"g", "key", "label", "size", "spare"})


@dataclass(frozen=True, slots=True)
class Seats:
    """An answering group: its name, its people, the seats beyond them, and the stamps given."""

    name: str
    size: int
    spare: int
    issued: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What fits together. ``seats`` go by answering group, in the order of the tree."""

    charter: Charter
    fingerprint: str
    seats: Mapping[str, Seats]


@dataclass(frozen=True, slots=True)
class Rows:
    """What was found of the rows without opening one: how many in each group, and a mark of them all."""

    each: Mapping[str, int]
    mark: str


def check(about: Mapping[str, object], who: Trustee, *, version: str) -> Checked:
    """Compare the first line of a file with the manifest in it, and that with the trustee's keys.

    Raises RefusedError with what does not fit.
    """
    try:
        return _check(about, who, version)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise RefusedError(
            f"What lies in this file does not fit together ({fault}). {_KEPT}"
        ) from None


def check_rows(rows: Iterable[Row], seats: Mapping[str, Seats]) -> Rows:
    """Count the rows; RefusedError if a group has more than stamps were given, or one comes twice."""
    each: Counter[str] = Counter()
    hashes = set()
    for row in rows:
        each[row.group] += 1
        hashes.add(row.nonce_hash)
    if len(hashes) != each.total():
        _refuse("an answer stands in it twice")
    for group, number in each.items():
        if group not in seats:
            _refuse(f"it holds answers of {group!r}, a group that was not published")
        if number > seats[group].issued:
            _refuse(f"{seats[group].name} has more answers than stamps were given there")
    return Rows(each, mark_of(hashes))


def mark_of(hashes: Iterable[bytes]) -> str:
    """Return what stands for exactly these rows: SHA-256 of their sorted nonce hashes."""
    return sha256(b"".join(sorted(hashes))).hexdigest()


def _check(about: Mapping[str, object], who: Trustee, version: str) -> Checked:
    manifest = reading.text(about["manifest"], "manifest")
    pinned = json.loads(manifest)
    print_ = fingerprint(manifest.encode())
    facts = plain.read_survey(about["facts"])
    _check_manifest(pinned, who, facts, print_)
    instrument = reading.text(about["instrument"], "instrument")
    if digest(instrument.encode()) != pinned["instrument"]:
        _refuse("the questions are not the published ones")
    previous = reading.maybe(
        lambda value, _: plain.from_plain(value), about["previous"], "previous"
    )
    if (previous.survey.id if previous else None) != facts.previous:
        _refuse("the survey before is not the one named")
    places = [
        Place(**reading.record(place, "group", _PLACE))  # type: ignore[arg-type]
        for place in reading.array(about["groups"], "groups")
    ]
    seats = _seats(places, pinned)
    charter = Charter(
        survey=facts,
        instrument=from_plain(json.loads(instrument)),
        groups=_groups(places, seats, facts.k),
        previous=previous,
        code_version=version,
    )
    return Checked(charter, print_, seats)


def _check_manifest(
    pinned: Mapping[str, object], who: Trustee, facts: SurveyFacts, print_: str
) -> None:
    if pinned["v"] != 1 or pinned["survey"] != facts.id:
        _refuse("it is of another survey than it says")
    if pinned["box"] != b64(who.box) or pinned.get("trustee") != manifest_entry(who):
        _refuse("the published survey names another trustee, or another key")
    said = (facts.k, facts.instrument_digest, facts.leader_theme, list(facts.languages))
    if said != tuple(pinned[name] for name in ("k", "instrument", "leader_theme", "languages")):
        _refuse(
            "smallest group, questions, languages or who sees what is said about leaders differ"
        )
    if facts.fingerprint != print_ or facts.closed > str(pinned["closes_latest"]):
        _refuse("its fingerprint or its date is not the published one")


def _seats(places: Iterable[Place], pinned: Mapping[str, object]) -> dict[str, Seats]:
    leaves, found = [], {}
    for place in places:
        if place.leaf is None:
            continue
        leaf = reading.record(json.loads(place.leaf), "leaf", _LEAF)
        size, spare = reading.whole(leaf["size"], "size"), reading.whole(leaf["spare"], "spare")
        if (leaf["g"], leaf["label"]) != (place.id, place.name):
            _refuse(f"{place.name} is published under another name")
        if reading.whole(place.issued, "issued") > size + spare:
            _refuse(f"more stamps were given in {place.name} than it has seats")
        found[place.id] = Seats(place.name, size, spare, place.issued)
        leaves.append(place.leaf.encode())
    root, _ = merkle(leaves)
    if (b64(root), len(leaves)) != (pinned["root"], pinned["groups"]):
        _refuse("the groups and their keys are not the published ones")
    sums = sum(seat.size for seat in found.values()), sum(seat.spare for seat in found.values())
    if sums != (pinned["headcount"], pinned["spare"]):
        _refuse("the groups do not add up to the published number of people")
    return found


def _groups(
    places: list[Place], seats: Mapping[str, Seats], k: int
) -> tuple[CharterPlace, ...]:
    at = {place.id: number for number, place in enumerate(places)}
    parents = (-1 if place.parent is None else at[place.parent] for place in places)
    tree = Tree(tuple(place.id for place in places), tuple(parents))
    people = [reading.whole(place.people, "people") for place in places]
    fixed, below = rollup.launch(tree, people, k), tree.totals(people).tolist()
    if [seats[p.id].size if p.id in seats else 0 for p in places] != list(fixed.invited):
        _refuse("a group is smaller than the rules allow, or is counted in another place")
    return tuple(
        CharterPlace(
            id=place.id,
            parent=place.parent,
            path=place.path,
            name=place.name,
            invited=below[v],
            reportable=fixed.reportable[v],
            issuer=_modulus(place.leaf),
        )
        for v, place in enumerate(places)
    )


def _modulus(leaf: str | None) -> bytes | None:
    if leaf is None:
        return None
    modulus = unb64(json.loads(leaf)["key"], 256)
    blindsign.public_key(modulus)
    return modulus


_KEPT = (
    "Nothing was opened, and the key is kept. Do not count this file; ask whoever runs the server, "
    "and compare the fingerprint with your invitation."
)


def _refuse(why: str) -> NoReturn:
    raise RefusedError(f"This file is not what was promised: {why}. {_KEPT}")
