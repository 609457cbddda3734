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
    "groups": "Warehouse North and Returns",
    "without": "Night Shift",
    "counted_in": "Operations",
    "above": "3 December 2026",
    "since": "1 December 2026",
    "setup": "8 December 2026",
    "files": "warehouse-north-team.pdf",
    "responses": "98",
    "keep": "Listening",
    "care": "Focus and recovery",
    "even": "",
    "talk": "15 December 2026",
    "name": "Ada Löwe",
    "url": LINK,
    "code": "7QFM-2X9P-4R8T-WK3D",
    "address": "https://survey.acme.example/a/spring",
}
PUT_RIGHT = ("void", "readdressed", "redirected", "moved", "joined")
TO_TRUSTEES = ("trustee_soon", "trustee_ready", "trustee_last", "trustee_over")
ABOUT_RESULTS = ("report_ready", "report_none", "report_above", "report_talk", "report_summary")
KINDS = (
    "invitation", "extended", "cancelled", "reminder", *PUT_RIGHT, *TO_TRUSTEES, *ABOUT_RESULTS
)  # fmt: skip


def letter(kind="invitation", language="en", name="Ada Löwe", address="ada@acme.example"):
    """Make a letter as the outbox keeps it."""
    return Letter(id=uuid.UUID(int=7), kind=kind, language=language, name=name, address=address)


def composed(kind="invitation", language="en", *, name="Ada Löwe", address="", **facts):
    """Compose a letter."""
    one = letter(kind, language, name, address or "ada@acme.example")
    return composing.compose(one, {**FACTS, "name": name, **facts}, sender=SENDER, at=NOON)
