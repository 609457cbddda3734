"""Debian's web servers in front of the real service, each with its sample of ``deploy/``.

Of a sample only what belongs to a place is changed: names, ports, files of the certificate and of the log.
"""

import os
import shutil
import ssl
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from teamhealth import clock
from tests.serving import _free_port

DEPLOY = Path(__file__).parents[2] / "deploy"
NAME = "survey.example.org"
CLIENT = "127.0.0.88"  # where requests come from: an address that stands nowhere else
_FRAME = """
daemon off;
master_process off;
pid {here}/nginx.pid;
error_log {here}/error.log info;
events {{ worker_connections 64; }}
http {{
    access_log {here}/access.log;
    client_body_temp_path {here}/body;
    proxy_temp_path {here}/proxy;
    fastcgi_temp_path {here}/fastcgi;
    uwsgi_temp_path {here}/uwsgi;
    scgi_temp_path {here}/scgi;
    include {here}/site.conf;
}}
"""


@dataclass
class Proxy:
    """A running web server: its address, how to trust it, and the folder of all that it writes."""

    url: str
    trust: ssl.SSLContext
    folder: Path

    def client(self, **more):
        transport = httpx.HTTPTransport(verify=self.trust, local_address=CLIENT)
        return httpx.Client(base_url=self.url, transport=transport, **more)


def _certificate(folder):
    """Make a certificate of this machine; give files of certificate and key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = clock.now()
    made = (
        x509.CertificateBuilder(name, name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    files = folder / "site.pem", folder / "site.key"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return files


def _swapped(text, changes):
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


@contextmanager
def nginx(folder, upstream, *, careless=False):
    """Run nginx; ``careless`` leaves out what keeps its logs still, as most sites do."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if not program:
        pytest.skip("no nginx here: its sample was not tried (`apt-get install nginx-light`)")
    port, plain = _free_port(), _free_port()
    certificate, key = _certificate(folder)
    site = _swapped(
        (DEPLOY / "nginx.conf").read_text(),
        {
            "127.0.0.1:8000": f"127.0.0.1:{upstream}",
            "listen 80;": f"listen 127.0.0.1:{plain};",
            "listen [::]:80;": "",
            "listen 443": f"listen 127.0.0.1:{port}",
            "listen [::]:443 ssl http2;": "",
            f"/etc/ssl/{NAME}.pem": str(certificate),
            f"/etc/ssl/private/{NAME}.key": str(key),
            "/var/log/nginx": str(folder),
            f"server_name {NAME}": "server_name localhost",
        },
    )
    if careless:
        site = _swapped(site, {"access_log off;": "", "error_log /dev/null emerg;": ""})
    (folder / "site.conf").write_text(site)
    (folder / "nginx.conf").write_text(_FRAME.format(here=folder))
    words = [program, "-p", folder, "-c", folder / "nginx.conf"]
    with _running(words, folder, certificate, port) as proxy:
        yield proxy


@contextmanager
def caddy(folder, upstream, *, careless=False):
    """Run Caddy; ``careless`` leaves out what keeps its log still."""
    program = shutil.which("caddy")
    if not program:
        pytest.skip("no Caddy here: its sample was not tried (`apt-get install caddy`)")
    port = _free_port()
    certificate, key = _certificate(folder)
    site = _swapped(
        (DEPLOY / "Caddyfile").read_text(),
        {
            "127.0.0.1:8000": f"127.0.0.1:{upstream}",
            f"{NAME} {{": f"https://localhost:{port} {{\n\ttls {certificate} {key}",
            "{\n\tlog default {": "{\n\tadmin off\n\tauto_https disable_redirects\n\tlog default {",
        },
    )
    if careless:
        site = _swapped(site, {"exclude http": "level DEBUG"})
    (folder / "Caddyfile").write_text(site)
    words = [program, "run", "--adapter", "caddyfile", "--config", folder / "Caddyfile"]
    with _running(words, folder, certificate, port) as proxy:
        yield proxy


@contextmanager
def _running(words, folder, certificate, port):
    environment = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder / "data")}
    environment["XDG_CONFIG_HOME"] = str(folder / "config")
    with (folder / "printed.log").open("wb") as printed:
        process = subprocess.Popen(
            list(map(str, words)), env=environment, stdout=printed, stderr=subprocess.STDOUT
        )
    proxy = Proxy(
        f"https://localhost:{port}", ssl.create_default_context(cafile=certificate), folder
    )
    try:
        _wait(proxy, process)
        yield proxy
    finally:
        process.terminate()
        process.wait(20)


def _wait(proxy, process):
    with proxy.client() as client:
        for _ in range(100):
            if process.poll() is not None:
                break
            try:
                client.get("/a/")
            except httpx.TransportError:
                time.sleep(0.1)
            else:
                return
    raise AssertionError((proxy.folder / "printed.log").read_text())
