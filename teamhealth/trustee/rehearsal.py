"""The rehearsal: made-up answers in the very format of the real ones, sealed to the trustee's key.

Whoever can count them has both private keys, and a machine on which the count runs: so
it is rehearsal and proof in one. The server makes it, and knows what must come out.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from random import Random
from secrets import token_bytes

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from teamhealth.cells.canonical import canonical, digest
from teamhealth.cells.model import Snapshot, SurveyFacts
from teamhealth.cells.plain import to_plain
from teamhealth.credentials import binding, blindsign, envelopes
from teamhealth.credentials.codes import b64
from teamhealth.credentials.fingerprint import fingerprint
from teamhealth.credentials.tree import merkle
from teamhealth.results import sheets
from teamhealth.results.count import CountedComment, decide, tally_for
from teamhealth.trustee import contents, sealing
from teamhealth.trustee.checking import check
from teamhealth.trustee.contents import About, Place, Row
from teamhealth.trustee.counting import REHEARSAL
from teamhealth.trustee.keypair import KeyPair
from teamhealth.trustee.outcomes import Outcome
from teamhealth.trustee.parties import Trustee, manifest_entry
from teamhealth.trustee.proofs import PROOF

_TEAMS = ("Rehearsal/Blue team", "Rehearsal/Green team", "Rehearsal/Red team")
_DAY = "2000-01-01"


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """``body`` is the file for the trustee, ``expected`` what must come out (``likeness``)."""

    body: bytes
    expected: str


def make(who: Trustee, survey: SurveyFacts, instrument: bytes, rng: Random) -> Rehearsal:
    """Make up answers to a survey's own questions, and seal them to its trustee.

    ``instrument`` is the pinned text. Takes about a second, for three keys.
    """
    keys = [blindsign.generate() for _ in _TEAMS]
    about = _about(who, survey, instrument, keys)
    checked = check(json.loads(about.line()), who, version="")
    charter = checked.charter
    form = sheets.form_of(charter.instrument, charter.tree)
    tally = tally_for(charter, form)
    rows: list[tuple[str, list[Row]]] = []
    for number, (place, key) in enumerate(zip(about.places[1:], keys, strict=True), 1):
        letters = [_letter(form, rng) for _ in range(place.issued)]
        tally.add(number, (s for one in letters if (s := sheets.read(one, form, place.id))))
        sealed = [_row(who, about.facts.id, place.id, key, letter) for letter in letters]
        rows.append((place.id, sorted(sealed, key=lambda row: row.nonce_hash)))
    snapshot, comments = decide(charter, tally, void=0, shuffle=rng.shuffle)
    seats = sum(seat.size + seat.spare for seat in checked.seats.values())
    lines, size = contents.lines(about, rows, seats)
    file = sealing.seal(lines, who.box, about.facts.id, size=size, key=token_bytes(32))
    return Rehearsal(b"".join(file), likeness(snapshot, comments))


def likeness(
    snapshot: Snapshot, comments: Iterator[CountedComment] | tuple[CountedComment, ...]
) -> str:
    """Return a digest of everything in a result that is counted, not computed.

    Two machines may differ in the last digit of a computed number, never in these.
    """
    plain = to_plain(snapshot)
    groups = [
        {name: group[name] for name in ("id", "responses", "comments_in", "items", "enps")}
        for group in plain["groups"]  # type: ignore[attr-defined]
    ]
    said = sorted([one.group, one.question, one.body] for one in comments)
    return digest(canonical([groups, said, snapshot.void]))


def prove(outcome: Outcome, pair: KeyPair) -> bytes:
    """Return the signed proof that a rehearsal was counted."""
    name = outcome.snapshot.survey.id.removeprefix(REHEARSAL)
    told = {
        "v": 1,
        "survey": name,
        "code_version": outcome.snapshot.code_version,
        "likeness": likeness(outcome.snapshot, tuple(outcome.comments)),
    }
    return canonical({**told, "signature": b64(pair.signature(PROOF, canonical(told)))})


def _about(
    who: Trustee, survey: SurveyFacts, instrument: bytes, keys: list[RSAPrivateKey]
) -> About:
    name = REHEARSAL + survey.id
    sizes = [max(10, survey.k) + more for more in (3, 2, 1)]
    leaves = [
        _leaf(team, size, key) for team, size, key in zip(_TEAMS, sizes, keys, strict=True)
    ]
    manifest = canonical(
        {
            "v": 1,
            "survey": name,
            "instrument": digest(instrument),
            "k": survey.k,
            "languages": list(survey.languages),
            "closes_latest": _DAY,
            "headcount": sum(sizes),
            "spare": len(sizes),
            "groups": len(sizes),
            "leader_theme": survey.leader_theme,
            "root": b64(merkle([leaf.encode() for leaf in leaves])[0]),
            "box": b64(who.box),
            "trustee": manifest_entry(who),
            "scripts": {},
        }
    )
    facts = SurveyFacts(
        id=name,
        title=f"Rehearsal of “{survey.title}”",
        form=survey.form,
        opened=_DAY,
        closed=_DAY,
        k=survey.k,
        languages=survey.languages,
        instrument_digest=digest(instrument),
        fingerprint=fingerprint(manifest),
        leader_theme=survey.leader_theme,
        previous=None,
    )
    teams = [
        Place(_id(team), "rehearsal", team, _name(team), size, leaf, size - 1)
        for team, size, leaf in zip(_TEAMS, sizes, leaves, strict=True)
    ]
    top = Place("rehearsal", None, "Rehearsal", "Rehearsal", 0, None, 0)
    return About(manifest.decode(), instrument.decode(), facts, (top, *teams), None)


def _leaf(team: str, size: int, key: RSAPrivateKey) -> str:
    leaf: Mapping[str, object] = {
        "g": _id(team),
        "key": b64(blindsign.modulus(key)),
        "label": _name(team),
        "size": size,
        "spare": 1,
    }
    return canonical(leaf).decode()


def _name(team: str) -> str:
    return team.rpartition("/")[2]


def _id(team: str) -> str:
    return _name(team).lower().replace(" ", "-")


def _letter(form: sheets.Form, rng: Random) -> bytes:
    answers = {item: rng.randint(1, 5) for item in form.items if rng.random() < 0.95}  # noqa: PLR2004
    if form.recommend:
        answers[form.recommend] = rng.randint(0, 10)
    said = {question: f"Made up {rng.randrange(10**6)}" for question in form.open}
    return envelopes.letter(answers, said, token_bytes(32))


def _row(who: Trustee, survey: str, group: str, key: RSAPrivateKey, letter: bytes) -> Row:
    nonce = token_bytes(32)
    label = binding.label(sha256(nonce).digest(), survey, group)
    return Row(
        group,
        nonce,
        blindsign.sign(key, binding.slip(nonce, survey, group)),
        envelopes.seal(letter, who.box, label),
    )
