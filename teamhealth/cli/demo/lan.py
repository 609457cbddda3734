"""A throw-away certificate for showing the demo on a phone in the same network: browsers seal under https only."""

import ipaddress
import socket
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from teamhealth import clock
from teamhealth.errors import UnavailableError

_DAYS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Certificate:
    """The files of a certificate and its key (PEM)."""

    certificate: Path
    key: Path


def address() -> str:
    """Return this machine's own address in its network; UnavailableError without one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address: nothing is sent
            found = str(probe.getsockname()[0])
        except OSError:
            found = ""
    if not found or ipaddress.ip_address(found).is_loopback:
        raise UnavailableError(
            "This machine is in no network, so no phone can reach it. Nothing was started; "
            "run the demo without --lan."
        )
    return found


def certify(folder: Path, host: str) -> Certificate:
    """Write a self-signed certificate for an address into a folder; good for a week."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Team Health demo")])
    at = clock.now()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(hours=1))
        .not_valid_after(at + _DAYS)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))]),
            critical=False,
        )
        .sign(key, SHA256())
    )
    files = Certificate(folder / "demo-certificate.pem", folder / "demo-key.pem")
    files.key.touch(mode=0o600)
    files.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    files.certificate.write_bytes(certificate.public_bytes(Encoding.PEM))
    return files
