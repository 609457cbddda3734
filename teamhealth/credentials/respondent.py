"""The browser's half of an answer in Python: what simulations and tests send.

It checks what the page checks and writes the very messages the page writes
(docs/protocol.md). Promise: a group, key or manifest that is not the published one is
refused before anything is sent.
"""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from teamhealth.credentials import envelopes
from teamhealth.credentials.binding import label, slip
from teamhealth.credentials.blinding import blind, unblind
from teamhealth.credentials.codes import CODE_BYTES, b64, from_code, to_code, unb64
from teamhealth.credentials.fingerprint import fingerprint as fingerprint_of
from teamhealth.credentials.receipts import ReceiptSecrets, derive
from teamhealth.credentials.tree import check_leaf

Message = dict[str, Any]
"""What is sent as JSON."""


def group_message(code: str) -> Message:
    """Return what asks for the group of a link's code."""
    return {"t": code}


@dataclass(frozen=True, slots=True)
class Prepared:
    """One answer, sealed and blinded, before and while it is sent.

    ``credential`` is the message that asks for the signature; ``receipt`` the code that
    the person keeps.
    """

    receipt: str
    credential: Message
    _modulus: bytes
    _slip: bytes
    _opener: int
    _rest: Message

    def response(self, reply: Mapping[str, Any]) -> Message:
        """Return the message that hands the answer in, from the reply to ``credential``.

        Raises ValueError if the group's published key did not make the signature.
        """
        signature = unblind(self._modulus, self._slip, unb64(reply["s"], 256), self._opener)
        return {**self._rest, "s": b64(signature)}


class Respondent:
    """One person with a link, who has been told their group.

    ``manifest`` are the bytes received, ``reply`` the answer to ``group_message``.
    ``fingerprint`` is the one printed in the invitation, compared if given. ``random``
    returns that many random bytes, for receipts. Raises ValueError for a manifest that
    is not the announced one, and for a group that is not in it.
    """

    def __init__(
        self,
        manifest: bytes,
        reply: Mapping[str, Any],
        code: str,
        *,
        fingerprint: str = "",
        random: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        if fingerprint and from_code(fingerprint) != from_code(fingerprint_of(manifest)):
            raise ValueError("this is not the survey announced in the invitation")
        published = json.loads(manifest)
        text = reply["leaf"]
        check_leaf(text.encode(), reply["path"], unb64(published["root"], 32))
        leaf = json.loads(text)
        self._code = code
        self._random = random
        self.survey: str = published["survey"]
        self.group: str = leaf["g"]
        self.group_name: str = leaf["label"]
        self.group_size: int = leaf["size"]
        self._modulus = unb64(leaf["key"], 256)
        self._box = unb64(published["box"], 65)

    def prepare(
        self, answers: Mapping[str, int], comments: Mapping[str, str] | None = None
    ) -> Prepared:
        """Seal an answer and blind its slip, as the page does at *Send*.

        ``answers`` go by item, ``comments`` by open question. Raises ValueError if it is
        empty (never sent) or too long.
        """
        if not answers and not comments:
            raise ValueError("an empty answer is never sent")
        receipt = self._random(CODE_BYTES)
        secret = derive(receipt, self.survey)
        message = slip(secret.nonce, self.survey, self.group)
        blinded = blind(self._modulus, message)
        envelope = _sealed(
            secret, self.survey, self.group, self._box, (answers, comments or {})
        )
        return Prepared(
            receipt=to_code(receipt),
            credential={"t": self._code, "b": b64(blinded.message)},
            _modulus=self._modulus,
            _slip=message,
            _opener=blinded.opener,
            _rest={
                "g": self.group,
                "n": b64(secret.nonce),
                "x": b64(envelope),
                "e": b64(secret.edit_hash),
            },
        )


class Owner:
    """Whoever holds the receipt of a response, on any device, until the close."""

    def __init__(self, manifest: bytes, receipt: str) -> None:
        published = json.loads(manifest)
        raw = from_code(receipt)
        if raw is None:
            raise ValueError("not a receipt")
        self._survey: str = published["survey"]
        self._box = unb64(published["box"], 65)
        self.secrets = derive(raw, self._survey)

    def look(self) -> Message:
        """Return what asks for the group, and whether an envelope is stored."""
        return {"edit": b64(self.secrets.edit)}

    def replace(
        self,
        reply: Mapping[str, Any],
        answers: Mapping[str, int],
        comments: Mapping[str, str] | None = None,
    ) -> Message:
        """Return what puts another answer in the place; ``reply`` is the answer to ``look``."""
        envelope = _sealed(
            self.secrets, self._survey, reply["g"], self._box, (answers, comments or {})
        )
        return {"edit": b64(self.secrets.edit), "x": b64(envelope)}

    def withdraw(self) -> Message:
        """Return what empties the envelope."""
        return {"edit": b64(self.secrets.edit), "withdraw": True}


def _sealed(
    secret: ReceiptSecrets,
    survey: str,
    group: str,
    box: bytes,
    said: tuple[Mapping[str, int], Mapping[str, str]],
) -> bytes:
    letter = envelopes.letter(*said, secret.reply_hash)
    return envelopes.seal(letter, box, label(secret.nonce_hash, survey, group))
