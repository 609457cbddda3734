"""The personal links in a folder of letters, as ``TEAMHEALTH_MAIL_URL=file:DIR`` writes them."""

import re
from email import message_from_binary_file, policy
from email.message import EmailMessage
from pathlib import Path

from teamhealth.credentials import links
from teamhealth.credentials.links import Link
from teamhealth.errors import RefusedError


def links_by_person(folder: Path, survey: str) -> dict[str, Link]:
    """Return the newest link of each person (address in small letters) to a survey.

    Raises RefusedError if the folder holds none.
    """
    address = re.compile(rf"\S*/a/{re.escape(survey)}(?![a-z0-9-])\S*")
    found: dict[str, Link] = {}
    for file in sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns):
        with file.open("rb") as letter:
            message = message_from_binary_file(letter, policy=policy.default)
        for person in _addressees(message):
            for hit in address.findall(_text(message)):
                if link := links.read(hit):
                    found[person] = link
    if not found:
        raise RefusedError(
            f"No letter in {folder} holds a link to survey {survey}; nothing was sent. "
            "Name the folder of TEAMHEALTH_MAIL_URL, and let the worker send the invitations first."
        )
    return found


def _addressees(message: EmailMessage) -> list[str]:
    to = message["To"]
    return [one.addr_spec.lower() for one in to.addresses] if to else []


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain", "html"))
    return str(body.get_content()) if body else ""
