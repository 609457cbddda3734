"""Somebody kept a copy of the database from before the close, and finds everything that is on the disk afterwards.

To open an old envelope they need the box key. It is looked for, in any spelling, in every
byte: the old copy, the home folder, the result, and backups made before and after.
"""

import base64
import shutil
import zipfile
from pathlib import Path

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_private_key
from sqlalchemy import select

from teamhealth.campaigns.models import State
from teamhealth.credentials.binding import label
from teamhealth.credentials.envelopes import VoidEnvelopeError, unseal
from teamhealth.jobs.closing import close
from teamhealth.jobs.keeping import backup
from teamhealth.keys import box, files
from teamhealth.migrations.tables import metadata
from teamhealth.responses.models import SealedResponse
from tests.firms import answer_all, found, launch


@pytest.fixture
def settings(database, tmp_path, at):
    assert at
    return found(database, tmp_path / "home")


@pytest.fixture
def name(database, settings):
    name = launch(database, settings)
    answer_all(database, settings, name)
    return name


def _spellings(secret):
    """Give a secret as it may be written: as bytes, in base 16, 64 and 10."""
    yield secret
    yield secret[::-1]
    yield secret.hex().encode()
    yield secret.hex().upper().encode()
    yield str(int.from_bytes(secret, "big")).encode()
    for shift in range(3):  # it may begin anywhere within a larger text in base 64
        whole = base64.b64encode(bytes(shift) + secret)[4 if shift else 0 :]
        inner = whole.rstrip(b"=")[:-1]
        yield inner
        yield inner.translate(bytes.maketrans(b"+/", b"-_"))


def _secrets(settings, name):
    """Give what opens envelopes or makes credentials and links, by what it is."""
    scalar = box.load(settings.keys, name).private_numbers().private_value
    found = {"box": scalar.to_bytes(32, "big")}
    found["link"] = files.read(files.link_file(settings.keys, name))
    for file in (settings.keys / "issuers" / name).iterdir():
        key = load_der_private_key(file.read_bytes(), password=None)
        found[f"issuer {file.stem}"] = key.private_numbers().p.to_bytes(128, "big")
    return found


def _everything(database, *places):
    """Give every byte that is left, by where: files, what is packed in them, and the database."""
    for place in places:
        for file in place.rglob("*"):
            if file.is_file():
                yield str(file), file.read_bytes()
                if zipfile.is_zipfile(file):
                    with zipfile.ZipFile(file) as pack:
                        yield from (
                            (f"{file}:{one}", pack.read(one)) for one in pack.namelist()
                        )
    if not database.is_sqlite:
        url = database.engine.url.set(drivername="postgresql")
        with psycopg.connect(url.render_as_string(hide_password=False)) as db:
            for table in metadata.tables:
                with db.cursor().copy(f'COPY "{table}" TO STDOUT') as dump:
                    yield table, b"".join(dump)


def _found(secrets, everything):
    return {
        what
        for _, stored in everything
        for what, secret in secrets.items()
        if any(spelling in stored for spelling in _spellings(secret))
    }


def _opening(rows, keys):
    """Count the old envelopes that one of these keys opens."""
    opened = 0
    for row in rows:
        for key in keys:
            try:
                unseal(row.envelope, key, label(row.nonce_hash, row.survey_id, row.group_id))
            except VoidEnvelopeError:
                continue
            opened += 1
            break
    return opened


def _keys_in(everything):
    """Give every private key of the box's kind that stands in these bytes as our files write one."""
    begin, length = bytes.fromhex("308187020100301306072a8648ce3d0201"), 138
    for _, stored in everything:
        at = stored.find(begin)
        while at >= 0:
            key = load_der_private_key(stored[at : at + length], password=None)
            if isinstance(key, ec.EllipticCurvePrivateKey):
                yield key
            at = stored.find(begin, at + 1)


def test_nothing_on_the_disk_or_in_a_backup_opens_an_envelope_of_an_old_copy(
    database, settings, name, tmp_path
):
    old, kept = tmp_path / "old copy", tmp_path / "backups"
    kept.mkdir()
    secrets = _secrets(settings, name)
    with database.read() as db:
        rows = db.scalars(select(SealedResponse)).all()
    shutil.copytree(settings.home, old, ignore=shutil.ignore_patterns("keys"))
    backup(database, settings, kept / "before.zip")

    before = [*_everything(database, settings.home, old, kept)]
    assert _found(secrets, before) == set(secrets)
    assert _opening(rows, list(_keys_in(before))) == len(rows) > 10
    in_copies = [*_everything(database, old, kept)]
    assert _found(secrets, in_copies) == set()

    assert close(database, settings, name) is State.COUNTED
    backup(database, settings, kept / "after.zip")

    after = [*_everything(database, settings.home, old, kept)]
    assert len(after) > 20
    assert _found(secrets, after) == set()
    assert _opening(rows, list(_keys_in(after))) == 0


def test_a_key_in_any_spelling_would_be_found():
    secret = bytes(range(7, 39))
    for text in (
        secret,
        base64.b64encode(b"x" + secret + b"yz"),
        base64.urlsafe_b64encode(b"xy" + secret),
        base64.b64encode(secret),
        f"d={int.from_bytes(secret, 'big')}".encode(),
    ):
        assert _found({"box": secret}, [(Path("file"), b"--" + text + b"--")]) == {"box"}, text
