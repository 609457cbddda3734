"""Whether the private keys of open surveys are the published ones; else answering stops.

Promise: nobody's answer is sealed to a box that cannot be opened, and a lost key is told
at once, not at the close.
"""

import json
import logging
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from teamhealth import clock, logs
from teamhealth.campaigns import lookup
from teamhealth.campaigns.models import State, Survey, SurveyGroup
from teamhealth.credentials import blindsign, tokens
from teamhealth.credentials.codes import b64, unb64
from teamhealth.db import Database
from teamhealth.errors import KeysMissingError
from teamhealth.invitations import inviting
from teamhealth.jobs import places
from teamhealth.keys import box, files, issuers, links
from teamhealth.settings import Settings

TROUBLE = (
    "Answering is stopped: a key of this survey is missing on the server or is not the published "
    "one. Put the folder of keys back as it was; answering goes on by itself. If it is lost, "
    "cancel the survey, and everybody invited will be told."
)

Stamp = frozenset[tuple[str, int, int, int]]

_sound: dict[tuple[Path, str | None], Stamp] = {}
"""How the files of signing keys were when they last fitted, by folder and fingerprint:
ten thousand of them are read again only after something changed."""


def watch(database: Database, settings: Settings, survey_id: str) -> bool:
    """Compare an open survey's keys with the published ones and note the outcome; True if they fit.

    Does nothing, and says True, where this machine has no keys.
    """
    if not places.has_keys(database, settings):
        return True
    with database.read() as db:
        survey = lookup.survey(db, survey_id)
        noted = survey.trouble
        sound = survey.state is not State.OPEN or keys_fit(db, survey, settings)
    if sound == (noted != TROUBLE):
        return sound
    with database.write() as db:
        survey = lookup.survey(db, survey_id, lock=True)
        if survey.state is State.OPEN:
            survey.trouble = "" if sound else TROUBLE
            survey.trouble_since = None if sound else clock.now()
            db.commit()
    if not sound:
        logs.event("keys_missing", level=logging.ERROR, survey=survey_id)
    return sound


def keys_fit(db: Session, survey: Survey, settings: Settings) -> bool:
    """Tell whether every key of a survey is here and is the published one.

    Signing keys are read again only where their file has changed since the last look.
    """
    try:
        if survey.trustee is None:  # else nobody here can open the box, nor should
            box_of(survey, settings)
        link_key = links.load(settings.keys, survey.id)
        _check_issuers(db, survey, files.issuers_folder(settings.keys, survey.id))
    except KeysMissingError:
        return False
    known = inviting.any_code_hash(db, survey.id)
    if known is None:
        return True
    invitation, hashed = known
    return (
        tokens.token_hash(survey.id, tokens.token(link_key, survey.id, str(invitation)))
        == hashed
    )


def box_of(survey: Survey, settings: Settings) -> EllipticCurvePrivateKey:
    """Return a survey's box key; KeysMissingError if it is missing or is not the published one."""
    key = box.load(settings.keys, survey.id)
    published = json.loads(survey.manifest or b"{}").get("box")
    if b64(box.public_point(key)) != published:
        raise files.missing()
    return key


def _check_issuers(db: Session, survey: Survey, folder: Path) -> None:
    stamp = _stamp(folder)
    if _sound.get((folder, survey.fingerprint)) == stamp:
        return
    leaves = db.execute(
        select(SurveyGroup.group_id, SurveyGroup.leaf).where(
            SurveyGroup.survey_id == survey.id, SurveyGroup.leaf.is_not(None)
        )
    )
    for row in leaves:
        published = unb64(json.loads(row.leaf)["key"], 256)
        if blindsign.modulus(issuers.read(folder / f"{row.group_id}.der")) != published:
            raise files.missing()
    _sound[folder, survey.fingerprint] = stamp


def _stamp(folder: Path) -> Stamp:
    """Return what changes when any file of a folder does."""
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, entry.stat()) for entry in entries]
    except OSError:
        raise files.missing() from None
    return frozenset((name, st.st_ino, st.st_size, st.st_mtime_ns) for name, st in found)
