"""The messages of an answer (docs/protocol.md): group, groups, credential, quiet; response, edit, comment.

The first four know who asks and see no answer; the others carry an answer, or are about
one, and do not know whose. Every refusal is raised below and worded there; ``refusals`` numbers it.
"""

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from flask import Blueprint, Response, current_app

from teamhealth import clock
from teamhealth.cells.canonical import canonical
from teamhealth.conversations import taking_back
from teamhealth.credentials.binding import slip
from teamhealth.credentials.blindsign import blind_sign, modulus, verify
from teamhealth.credentials.codes import b64
from teamhealth.errors import BadCredentialError, BadMessageError, KeysMissingError
from teamhealth.invitations.redeeming import hush, redeem, seat_of
from teamhealth.keys import issuers
from teamhealth.responses.taking import Handed, look, replace, take
from teamhealth.web.respond import reading
from teamhealth.web.respond.groups import MAIL, PAPER, Groups, Pinned
from teamhealth.web.respond.ready import JSON
from teamhealth.web.wiring import wired

GROUPS = "teamhealth.groups"  # where the app keeps its Groups

messages = Blueprint("messages", __name__, url_prefix="/a/<survey:survey>")


@messages.post("/group")
def group(survey: str) -> Response:
    """Tell which group a link stands for: ``{t}`` → ``{leaf, path, via}``; changes nothing."""
    (token,) = reading.fields(reading.message(), t=reading.code)
    with wired().database.read() as db:
        seat = seat_of(db, survey, token)
    told = pinned(survey, seat.group_id).told
    return Response(told[PAPER if seat.paper else MAIL], mimetype=JSON)


@messages.post("/groups")
def groups(survey: str) -> Response:
    """Tell all groups of the survey to whoever has a code: ``{t}`` → ``{leaves}``; changes nothing."""
    (token,) = reading.fields(reading.message(), t=reading.code)
    with wired().database.read() as db:
        seat_of(db, survey, token)
    return Response(_groups().listed(survey), mimetype=JSON)


@messages.post("/credential")
def credential(survey: str) -> Response:
    """Stamp a blinded slip, once a link: ``{t, b}`` → ``{s}``.

    Signing takes a millisecond and is done before the write lock is asked for.
    """
    token, blinded = reading.fields(reading.message(), t=reading.code, b=reading.raw(256))
    database = wired().database
    with database.read() as db:
        name = seat_of(db, survey, token).group_id
    signed = _sign(survey, name, blinded)
    with database.write() as db:
        redeem(db, survey, token, blinded)
        db.commit()
    return _answer(s=b64(signed))


@messages.post("/response")
def response(survey: str) -> Response:
    """Store a sealed answer: ``{g, n, s, x, e}``; the same bytes again are fine."""
    name, nonce, signature, envelope, edit_hash = reading.fields(
        reading.message(),
        g=reading.group,
        n=reading.raw(32),
        s=reading.raw(256),
        x=reading.envelope,
        e=reading.raw(32),
    )
    pinned = _groups().find(survey, name)
    if pinned is None or not verify(pinned.key, slip(nonce, survey, name), signature):
        raise BadCredentialError(
            "This credential was not issued for this group of this survey. Nothing was stored; "
            "please open the link of the invitation again."
        )
    with wired().database.write() as db:
        take(db, survey, Handed(name, nonce, signature, envelope, edit_hash))
        db.commit()
    return _answer(ok=True)


@messages.post("/response/edit")
def edit(survey: str) -> Response:
    """Look at, replace or withdraw what is kept under an edit secret, until the close."""
    body = reading.message()
    secret = reading.raw(32)
    envelope: bytes | None = None
    if body.keys() == {"edit"}:
        (key,) = reading.fields(body, edit=secret)
        with wired().database.read() as db:
            kept = look(db, survey, key)
        return _answer(g=kept.group_id, stored=kept.stored)
    if "withdraw" in body:
        key, _ = reading.fields(body, edit=secret, withdraw=reading.yes)
    else:
        key, envelope = reading.fields(body, edit=secret, x=reading.envelope)
    with wired().database.write() as db:
        replace(db, survey, key, envelope)
        db.commit()
    return _answer(ok=True)


@messages.post("/comment")
def comment(survey: str) -> Response:
    """Tell the owner of a reply secret how many comments are theirs, or delete them, after the count."""
    body = reading.message()
    secret = reading.raw(32)
    if "take_back" not in body:
        (key,) = reading.fields(body, reply=secret)
        with wired().database.read() as db:
            return _answer(comments=taking_back.count(db, survey, key))
    key, _ = reading.fields(body, reply=secret, take_back=reading.yes)
    with wired().database.write() as db:
        taking_back.take_back(db, survey, key, now=clock.now())
        db.commit()
    return _answer(ok=True)


@messages.post("/quiet")
def quiet(survey: str) -> Response:
    """Send no reminder to whoever has this link: ``{t}``; the same whether or not it was used."""
    (token,) = reading.fields(reading.message(), t=reading.code)
    with wired().database.write() as db:
        hush(db, survey, token)
        db.commit()
    return _answer(ok=True)


def _sign(survey: str, name: str, blinded: bytes) -> bytes:
    key = issuer(survey, name)
    try:
        return blind_sign(key, blinded)
    except ValueError:
        raise BadMessageError(
            "This is not a slip that can be stamped. Nothing was stored; please reload the page."
        ) from None


def _groups() -> Groups:
    groups = current_app.extensions[GROUPS]
    assert isinstance(groups, Groups)  # noqa: S101  (tells mypy; create_app puts it there)
    return groups


def pinned(survey: str, name: str) -> Pinned:
    """Return an answering group as pinned; KeysMissingError if it has no published key."""
    found = _groups().find(survey, name)
    if found is None:
        raise KeysMissingError(
            "Answering is paused: a group of this survey has no published key. "
            "Nothing was stored; please try again later with the same link."
        )
    return found


def issuer(survey: str, name: str) -> RSAPrivateKey:
    """Return a group's signing key; KeysMissingError if it is missing or is not the published one."""
    key = issuers.load(wired().settings.keys, survey, name)
    if modulus(key) != pinned(survey, name).modulus:
        raise KeysMissingError(
            "Answering is paused: a key of this survey is not the published one. "
            "Nothing was stored; please try again later with the same link."
        )
    return key


def _answer(**told: str | bool | int) -> Response:
    return Response(canonical(told), mimetype=JSON)
