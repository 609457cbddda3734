"""Sending through a mail server, over one connection for many letters."""

import smtplib
import ssl
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage

from teamhealth.errors import LetterDelayedError, LetterRefusedError, MailError

_SECONDS = 20  # of patience for each answer of the server
_LOCAL = ("localhost", "127.0.0.1", "::1")
_GOING_DOWN = 421
_FOR_GOOD = 500


@dataclass(frozen=True, slots=True)
class Server:
    """Where and how; ``encrypted`` from the first byte, else by STARTTLS where it is offered."""

    host: str
    port: int
    encrypted: bool
    user: str = ""
    password: str = field(default="", repr=False)


class SmtpTransport:
    """Sends through one server, connecting at the first letter."""

    is_paced = True

    def __init__(self, server: Server) -> None:
        self._server = server
        self._connection: smtplib.SMTP | None = None

    def send(self, message: EmailMessage) -> None:
        """Send one letter; see ``Transport``."""
        if self._connection is None:
            self._connection = self._connect()
        try:
            self._connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as fault:
            codes = [code for code, _ in fault.recipients.values()]
            self._not_taken(max(codes, default=_GOING_DOWN), fault)
        except smtplib.SMTPDataError as fault:
            self._not_taken(fault.smtp_code, fault)
        except OSError as fault:  # smtplib's own errors, too
            self._drop()
            raise self._trouble(fault) from fault

    def close(self) -> None:
        """Say good-bye to the server, if it still listens."""
        if self._connection is not None:
            with suppress(OSError):
                self._connection.quit()
            self._drop()

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _connect(self) -> smtplib.SMTP:
        try:
            with ExitStack() as undo:
                connection = self._dial()
                undo.callback(connection.close)
                self._introduce(connection)
                undo.pop_all()
                return connection
        except (OSError, UnicodeError) as fault:
            raise self._trouble(fault) from fault

    def _dial(self) -> smtplib.SMTP:
        place = (self._server.host, self._server.port)
        if self._server.encrypted:
            return smtplib.SMTP_SSL(*place, timeout=_SECONDS, context=self._context())
        return smtplib.SMTP(*place, timeout=_SECONDS)

    def _introduce(self, connection: smtplib.SMTP) -> None:
        server, encrypted = self._server, self._server.encrypted
        connection.ehlo_or_helo_if_needed()
        if not encrypted and connection.has_extn("starttls"):
            connection.starttls(context=self._context())
            connection.ehlo_or_helo_if_needed()
            encrypted = True
        if not server.user:
            return
        if not encrypted and not self._is_near:
            raise MailError(
                f"The mail server {server.host} offers no encryption, so our password was not sent to "
                "it, nor was any letter. Use smtps://, or ask its administrators for STARTTLS."
            )
        connection.login(server.user, server.password)

    @property
    def _is_near(self) -> bool:
        return self._server.host in _LOCAL

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self._is_near:  # no certificate vouches for this machine, and none needs to
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context

    def _not_taken(self, code: int, fault: OSError) -> None:
        if code == _GOING_DOWN:
            self._drop()
            raise self._trouble(fault) from fault
        if code < _FOR_GOOD:
            raise LetterDelayedError(
                "The mail server does not take this letter now; it stays in the outbox."
            ) from fault
        raise LetterRefusedError(
            "The mail server refuses this letter or its address; it stays in the outbox."
        ) from fault

    def _trouble(self, fault: Exception) -> MailError:
        return MailError(
            f"The mail server {self._server.host} cannot be used ({type(fault).__name__}); "
            "letters stay in the outbox and are tried again."
        )
