"""A mail server for tests: a real one, in this process, that takes, refuses or falls silent as told."""

import os
import signal
import socket
import ssl
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from ipaddress import ip_address

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID


class PostOffice:
    """What came in, and how to answer. ``refusals`` are replies by address, ``*`` for all.

    ``kills`` is (process id, letters left, ``rcpt`` or ``data``): that process dies by SIGKILL
    when so many further letters have come, before it is told that the last one was taken.
    """

    def __init__(self):
        self.letters = []
        self.sessions = set()
        self.encrypted = []
        self.logins = []
        self.refusals = {}
        self.after_data = "250 OK"
        self.kills = None
        self.port = None

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def received(self):
        """Count the letters by address."""
        return Counter(str(letter["To"].addresses[0].addr_spec) for letter in self.letters)

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        self._kill("rcpt")
        refusal = self.refusals.get(address) or self.refusals.get("*")
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, session, envelope):  # noqa: N802
        if self.after_data.startswith("250"):
            self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
            self.sessions.add(session.peer)
            self.encrypted.append(session.ssl is not None)
        self._kill("data")
        return self.after_data

    def authenticate(self, _server, _session, _envelope, mechanism, data):
        self.logins.append((mechanism, data.login, data.password))
        return AuthResult(success=data.password == b"secret", handled=False)

    def _kill(self, moment):
        if self.kills and self.kills[2] == moment:
            process, left, _ = self.kills
            self.kills = (process, left - 1, moment) if left else None
            if not left:
                os.kill(process, signal.SIGKILL)


@contextmanager
def opened(office=None, *, port=0, certificate=None, encrypted=False, auth=False):
    """Open the office at a port; with ``certificate`` (``certify``) it offers STARTTLS or speaks TLS."""
    office = office or PostOffice()
    office.port = port or _free_port()
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    controller = Controller(
        office,
        hostname="127.0.0.1",
        port=office.port,
        ssl_context=context if encrypted else None,
        tls_context=None if encrypted else context,
        authenticator=office.authenticate if auth else None,
        auth_require_tls=False,
    )
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def certify(folder, host="127.0.0.1"):
    """Write a certificate and its key into one file; give the file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Post office")])
    now = datetime.now(UTC)  # noqa: TID251  (certificates are checked against the real clock)
    address = x509.IPAddress(ip_address(host))
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "office.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + made.public_bytes(Encoding.PEM))
    return file


def _free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
