"""Handing letters over: to a folder (``file:DIR``) or to a mail server (``smtp://``, ``smtps://``).

Promises: a file appears whole or not at all, readable by its owner only, and the same
letter again overwrites itself; a password goes over no line that is not encrypted,
but to this machine itself.
"""

import hashlib
import os
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from teamhealth.errors import MailError, SettingsError
from teamhealth.mail.smtp import Server, SmtpTransport


class Transport(Protocol):
    """Where letters go. ``is_paced``: no more than ``mail_rate`` a minute may be sent this way."""

    is_paced: bool

    def send(self, message: EmailMessage) -> None:
        """Hand one letter over; the connection, if any, stays open for the next.

        Raises LetterRefusedError or LetterDelayedError if this one letter is not taken,
        MailError if none would be.
        """

    def close(self) -> None:
        """Close what is open; a later ``send`` opens it again."""


class FileTransport:
    """Writes one ``.eml`` a letter into a folder."""

    is_paced = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, message: EmailMessage) -> None:
        """Write the letter, named after its Message-ID; MailError if the disk does not take it."""
        name = hashlib.sha256(str(message["Message-ID"]).encode()).hexdigest()[:32]
        part = self._folder / f".{name}.part"
        try:
            self._folder.mkdir(parents=True, mode=0o700, exist_ok=True)
            write = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
            with os.fdopen(write, "wb") as file:
                file.write(bytes(message))
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._folder / f"{name}.eml")
        except OSError as fault:
            raise MailError(
                f"A letter could not be written to the folder of TEAMHEALTH_MAIL_URL "
                f"({type(fault).__name__}); it stays in the outbox and is tried again."
            ) from fault

    def close(self) -> None:
        """Nothing is open."""


def open_transport(mail_url: str) -> Transport:
    """Return the transport that ``TEAMHEALTH_MAIL_URL`` names; nothing is connected yet.

    Raises SettingsError for any other URL, without repeating it: it may hold a password.
    """
    kind, _, rest = mail_url.partition(":")
    if kind == "file" and rest:
        return FileTransport(Path(rest))
    try:
        url = urlsplit(mail_url)
        if url.scheme in ("smtp", "smtps") and url.hostname and not _more(url):
            return SmtpTransport(
                Server(
                    host=url.hostname,
                    port=url.port or (465 if url.scheme == "smtps" else 25),
                    encrypted=url.scheme == "smtps",
                    user=unquote(url.username or ""),
                    password=unquote(url.password or ""),
                )
            )
    except ValueError:
        pass
    raise SettingsError(
        "TEAMHEALTH_MAIL_URL is not file:DIR, smtp://USER:PASSWORD@HOST:PORT or smtps://…; "
        "no letter was sent. Correct the environment and try again."
    )


def _more(url: SplitResult) -> bool:
    return bool(url.path.strip("/") or url.query or url.fragment)
