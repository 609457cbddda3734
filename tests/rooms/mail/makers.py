"""Letters to compose, with the facts that telling and linking give."""

import uuid

from teamhealth.mail import composing
from teamhealth.mail.models import Letter
from tests.conftest import NOON

SENDER = composing.sender("Team Health <survey@acme.example>")
LINK = "https://survey.acme.example/a/spring#7QFM2X9P4R8TWK3D.GQ1M7CPSXAVXBCBX"
FACTS = {
    "title": "Spring 2026",
    "organisation": "Acme",
    "contact": "hr@acme.example",
    "k": "5",
    "minutes": "4",
    "closes": "16 March 2026, 12:00 UTC",
    "date": "16 March 2026",
    "latest": "30 March 2026",
    "reminder": "13 March 2026",
    "group": "Warehouse North",
    "fingerprint": "GQ1M7CPSXAVXBCBX",
    "trustee": "",
    "until": "30 March 2026, 12:00 UTC",
    "reason": "We ask again in autumn.",
    "name": "Ada Löwe",
    "url": LINK,
    "code": "7QFM-2X9P-4R8T-WK3D",
    "address": "https://survey.acme.example/a/spring",
}
PUT_RIGHT = ("void", "readdressed", "redirected", "moved", "joined")
TO_TRUSTEES = ("trustee_soon", "trustee_ready", "trustee_last", "trustee_over")
KINDS = ("invitation", "extended", "cancelled", "reminder", *PUT_RIGHT, *TO_TRUSTEES)


def letter(kind="invitation", language="en", name="Ada Löwe", address="ada@acme.example"):
    """Make a letter as the outbox keeps it."""
    return Letter(id=uuid.UUID(int=7), kind=kind, language=language, name=name, address=address)


def composed(kind="invitation", language="en", *, name="Ada Löwe", address="", **facts):
    """Compose a letter."""
    one = letter(kind, language, name, address or "ada@acme.example")
    return composing.compose(one, {**FACTS, "name": name, **facts}, sender=SENDER, at=NOON)
