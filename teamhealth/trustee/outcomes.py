"""What a trustee hands back: the signed result of the count, and before it the proof of the rehearsal.

Promise: one changed byte, and the signature no longer fits. Neither tells how many
answered: the list of counted answers is filled up, as ``audit.json`` is.
"""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from teamhealth.cells import plain, reading
from teamhealth.cells.canonical import canonical, digest
from teamhealth.cells.model import Snapshot
from teamhealth.cells.plain import written
from teamhealth.credentials.codes import b64, unb64
from teamhealth.errors import RefusedError
from teamhealth.results.count import CountedComment
from teamhealth.results.counted_list import HASH
from teamhealth.trustee.keypair import KeyPair
from teamhealth.trustee.parties import Trustee

RESULT = "result"
"""The kind of signature under a result."""

_PARTS = ("snapshot", "comments", "counted")
_HEAD = frozenset({"v", "survey", "fingerprint", "instrument", "k", "rows", *_PARTS})
_VERSION = 1
_LARGEST = 300_000_000  # bytes of one unpacked part: ten thousand groups need a tenth


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out of a box. ``rows`` is the mark of the rows that were read (``checking.mark_of``)."""

    snapshot: Snapshot
    comments: Sequence[CountedComment]
    counted: Sequence[bytes]
    rows: str


def pack(outcome: Outcome, pair: KeyPair) -> bytes:
    """Return the signed file of a result."""
    facts = outcome.snapshot.survey
    parts = {
        "snapshot": written(outcome.snapshot),
        "comments": canonical([_comment(comment) for comment in outcome.comments]),
        "counted": canonical([b64(one) for one in outcome.counted]),
    }
    head = canonical(
        {
            "v": _VERSION,
            "survey": facts.id,
            "fingerprint": facts.fingerprint,
            "instrument": facts.instrument_digest,
            "k": facts.k,
            "rows": outcome.rows,
            **{name: digest(body) for name, body in parts.items()},
        }
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("result.json", head)
        file.writestr("signature", b64(pair.signature(RESULT, head)))
        for name, body in parts.items():
            file.writestr(f"{name}.json", body)
    return packed.getvalue()


def unpack(body: bytes, who: Trustee, pinned: Mapping[str, object]) -> Outcome:
    """Return a result whose signature is the trustee's and which is of the survey with these facts.

    ``pinned`` are survey, fingerprint, instrument (digest) and k. Raises RefusedError
    with what is wrong.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as file:
            head, signature = _part(file, "result.json"), _part(file, "signature")
            told = reading.record(json.loads(head), "result", _HEAD)
            if not who.signed(RESULT, head, unb64(signature.decode(), 64)):
                raise _refused("it is not signed with the key of this survey’s trustee")
            if told["v"] != _VERSION or any(told[name] != pinned[name] for name in pinned):
                raise _refused("it is the result of another survey")
            parts = {name: _part(file, f"{name}.json") for name in _PARTS}
        if any(digest(part) != told[name] for name, part in parts.items()):
            raise _refused("it was changed after it was signed")
        return _outcome(parts, reading.text(told["rows"], "rows"))
    except (ValueError, KeyError, TypeError, OSError, RecursionError, zipfile.BadZipFile):
        raise _refused("it is damaged, or it is no result") from None


def _outcome(parts: Mapping[str, bytes], rows: str) -> Outcome:
    snapshot = plain.from_plain(json.loads(parts["snapshot"]))
    if written(snapshot) != parts["snapshot"]:
        raise ValueError("not in its one spelling")
    comments = [
        _read_comment(one) for one in reading.array(json.loads(parts["comments"]), "comments")
    ]
    counted = [
        unb64(reading.text(one, "counted"), HASH)
        for one in reading.array(json.loads(parts["counted"]), "counted")
    ]
    return Outcome(snapshot, comments, counted, rows)


def _comment(comment: CountedComment) -> dict[str, str]:
    return {
        "group": comment.group,
        "question": comment.question,
        "body": comment.body,
        "reply": b64(comment.reply_hash),
    }


def _read_comment(one: object) -> CountedComment:
    found = reading.record(one, "comment", frozenset({"group", "question", "body", "reply"}))
    words = {name: reading.text(value, name) for name, value in found.items()}
    return CountedComment(
        words["group"], words["question"], words["body"], unb64(words["reply"], HASH)
    )


def _part(file: zipfile.ZipFile, name: str) -> bytes:
    if file.getinfo(name).file_size > _LARGEST:
        raise ValueError("too large")
    return file.read(name)


def _refused(why: str) -> RefusedError:
    return RefusedError(
        f"This result was not taken: {why}. Nothing was stored, and the right one can still be "
        "uploaded. It is the file that the trustee’s count wrote."
    )
