"""Making things for tests directly, without the doors: an open survey with real keys."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from teamhealth.campaigns.models import PinnedFile, State, Survey, SurveyGroup
from teamhealth.cells.canonical import canonical, digest
from teamhealth.credentials import blindsign
from teamhealth.credentials.codes import b64, to_code
from teamhealth.credentials.fingerprint import fingerprint
from teamhealth.credentials.tokens import token, token_hash
from teamhealth.credentials.tree import merkle
from teamhealth.instruments.library import library
from teamhealth.instruments.plain import to_plain
from teamhealth.invitations.models import Invitation
from teamhealth.settings import Settings, load
from tests.conftest import NOON

LINK_KEY = bytes(range(32))
SIZES = {"north": 6, "south": 5}


@dataclass(frozen=True)
class Opened:
    """An open survey and everything secret about it."""

    id: str
    manifest: bytes
    settings: Settings
    codes: dict[str, list[str]]  # by answering group
    issuers: dict[str, object]
    box: object


@cache
def issuer_key(number):
    """Give a signing key; making one takes a tenth of a second, so tests share them."""
    del number
    return blindsign.generate()


@cache
def box_key(survey):
    """Give a box key; with the same one each time, a survey's fingerprint is worked out once."""
    del survey
    return ec.generate_private_key(ec.SECP256R1())


_FINGERPRINT = cache(fingerprint)


def settings_of(database, home):
    """Give the settings of an installation whose files are under ``home``."""
    url = database.engine.url.render_as_string(hide_password=False)
    return load({"TEAMHEALTH_HOME": str(home), "TEAMHEALTH_DATABASE_URL": url})


def open_survey(database, home, *, name="spring", sizes=SIZES, languages=("en", "de"), k=5):
    """Open a survey of the pulse form; ``sizes`` are people invited by answering group."""
    settings = settings_of(database, Path(home))
    issuers = {group: issuer_key(number) for number, group in enumerate(sizes)}
    box = box_key(name)
    leaves = [_leaf(group, sizes[group], key) for group, key in issuers.items()]
    root, proofs = merkle(leaves)
    survey = _survey(name, sizes, box, root, languages=languages, k=k)
    codes = {}
    with database.write() as db:
        db.add(survey)
        db.flush()
        db.add(_group(name, "acme", None, 0, sum(sizes.values())))
        for place, (group, size) in enumerate(sizes.items()):
            row = _group(name, group, "acme", place + 1, size)
            row.leaf, row.proof = leaves[place].decode(), proofs[place]
            db.add(row)
            codes[group] = [_invite(db, name, group) for _ in range(size)]
        for file, body in (("answer.js", b"// answer\n" * 60), ("respond.css", b"/* style */")):
            db.add(PinnedFile(survey_id=name, name=file, digest=digest(body), body=body))
        manifest = survey.manifest
        db.commit()
    _write_keys(settings.keys, name, issuers)
    return Opened(name, manifest, settings, codes, issuers, box)


def set_state(database, name, state):
    """Put a survey into a state, as the desk or the worker would."""
    with database.write() as db:
        db.get(Survey, name).state = state
        db.commit()


def trouble(database, name, what):
    """Report trouble with a survey's keys, as the worker would."""
    with database.write() as db:
        db.get(Survey, name).trouble = what
        db.commit()


def _leaf(group, size, key):
    label = group.title()
    return canonical(
        {
            "g": group,
            "label": label,
            "size": size,
            "spare": 1,
            "key": b64(blindsign.modulus(key)),
        }
    )


def _survey(name, sizes, box, root, *, languages, k):
    instrument = canonical(to_plain(library().instrument("pulse", languages)))
    point = box.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    closes = NOON + timedelta(days=14)
    manifest = canonical(
        {
            "v": 1,
            "survey": name,
            "instrument": digest(instrument),
            "k": k,
            "languages": list(languages),
            "closes_latest": (closes + timedelta(days=14)).date().isoformat(),
            "headcount": sum(sizes.values()),
            "spare": len(sizes),
            "groups": len(sizes),
            "leader_theme": "leader",
            "root": b64(root),
            "box": b64(point),
            "scripts": {},
        }
    )
    return Survey(
        id=name,
        title="Spring",
        form="pulse",
        state=State.OPEN,
        k=k,
        languages=list(languages),
        scope_id="acme",
        base_url="http://localhost:8000",
        created_at=NOON,
        opened_at=NOON,
        closes_at=closes,
        closes_latest=closes + timedelta(days=14),
        headcount=sum(sizes.values()),
        instrument=instrument,
        instrument_digest=digest(instrument),
        manifest=manifest,
        fingerprint=_FINGERPRINT(manifest),
    )


def _group(survey, group, parent, position, size):
    return SurveyGroup(
        survey_id=survey,
        group_id=group,
        position=position,
        parent_id=parent,
        path=f"Acme/{group.title()}" if parent else "Acme",
        name=group.title(),
        people=size if parent else 0,
        invited=size if parent else 0,
        spare=1 if parent and size else 0,
        reportable=True,
        answers_in=group if parent else None,
        comments_in="acme",
    )


def _invite(db, survey, group):
    invitation = uuid.uuid4()
    secret = token(LINK_KEY, survey, str(invitation))
    db.add(
        Invitation(
            id=invitation,
            survey_id=survey,
            group_id=group,
            token_hash=token_hash(survey, secret),
        )
    )
    return to_code(secret)


def _write_keys(folder, survey, issuers):
    place = folder / "issuers" / survey
    place.mkdir(parents=True, mode=0o700)
    for group, key in issuers.items():
        file = place / f"{group}.der"
        file.write_bytes(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
        file.chmod(0o600)
