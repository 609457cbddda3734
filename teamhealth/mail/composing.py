"""A letter as a mail program gets it: plain text, and the same words as simple HTML.

Promises: no name and no title can add a header or an address; nothing in it is fetched
from anywhere; the link stands on a line of its own.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage

from teamhealth.errors import LetterRefusedError, SettingsError
from teamhealth.mail import wording
from teamhealth.mail.models import Letter

# Seven bits pass every server; SMTP's line ends are what a mail program saves, too.
_POLICY = policy.SMTP.clone(cte_type="7bit")
_ADDRESS = re.compile(
    r"""[^\s@<>()\[\],;:"\\]{1,64}@[a-z0-9.-]{1,255}""", re.ASCII | re.IGNORECASE
)

_NOTHING: Mapping[str, bytes] = {}


def compose(
    letter: Letter,
    facts: Mapping[str, str],
    *,
    sender: Address,
    at: datetime,
    pdfs: Mapping[str, bytes] = _NOTHING,
) -> EmailMessage:
    """Return a letter ready to be sent; ``facts`` are all that its wording may name, ``pdfs`` what is put in.

    Sent twice, it has the same Message-ID twice. Raises LetterRefusedError if its
    address cannot be written to.
    """
    said = wording.say(letter.kind, letter.language, facts)
    message = EmailMessage(_POLICY)
    message["Subject"] = one_line(said.subject)
    message["From"] = sender
    message["To"] = _addressee(letter)
    message["Date"] = at
    message["Message-ID"] = f"<{letter.id.hex}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(said.text)
    message.add_alternative(said.html, subtype="html")
    message["Content-Language"] = letter.language
    for name, body in pdfs.items():
        message.add_attachment(body, maintype="application", subtype="pdf", filename=name)
    return message


def sender(mail_from: str) -> Address:
    """Return ``TEAMHEALTH_MAIL_FROM`` as an address; SettingsError if it is none."""
    name, _, address = mail_from.rpartition("<")
    try:
        return _address(one_line(name).strip('" '), address.removesuffix(">").strip())
    except ValueError:
        raise SettingsError(
            f"TEAMHEALTH_MAIL_FROM is {mail_from!r}, expected something like "
            "Team Health <survey@example.org>. No letter was sent; correct it and try again."
        ) from None


def one_line(text: str) -> str:
    """Return a text without line breaks and other control characters."""
    return " ".join(re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", " ", text).split())


def _addressee(letter: Letter) -> Address:
    try:
        return _address(one_line(letter.name), letter.address)
    except ValueError:
        raise LetterRefusedError(
            "A letter could not be sent: mail servers in general take only addresses of plain "
            "letters, digits and signs, such as name@example.org. Correct it in the roster."
        ) from None


def _address(name: str, address: str) -> Address:
    if not _ADDRESS.fullmatch(address):
        raise ValueError("no address of plain ASCII")
    try:
        return Address(display_name=name, addr_spec=address)
    except (MessageError, IndexError):
        raise ValueError("no address") from None
