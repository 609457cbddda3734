"""The samples for nginx and Caddy: a whole answer goes through them, and nothing of anybody stays in their logs."""

import socket
from contextlib import closing, suppress

import pytest

from teamhealth.credentials.respondent import Respondent, group_message
from teamhealth.db import open_database
from teamhealth.migrations.tables import metadata
from tests.deploy.proxies import CLIENT, caddy, nginx
from tests.leftovers import found_in
from tests.makers import open_survey
from tests.serving import environment_of, served

PROXIES = {"nginx": nginx, "caddy": caddy}
OWN = {
    "strict-transport-security",
    "date",
    "connection",
    "transfer-encoding",
    "server",
    "alt-svc",
}
SECRETS = {"agent": b"CANARYAGENT", "path": b"CANARYPATH", "here": b"/a/"}
SECRETS["client"] = CLIENT.encode()


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    home = tmp_path_factory.mktemp("served") / "home"
    database = open_database(f"sqlite:///{home / 'proxied.sqlite3'}")
    metadata.create_all(database.engine)
    made = open_survey(database, home)
    database.close()
    return made


def pytest_generate_tests(metafunc):
    """Try the samples; in ``make attack`` also what would be kept without their lines."""
    if "proxied" in metafunc.fixturenames:
        careless = [False, True] if metafunc.config.getoption("--attack") else [False]
        ways = [(name, way) for way in careless for name in PROXIES]
        names = [f"{name} {'careless' if way else 'as shipped'}" for name, way in ways]
        metafunc.parametrize("proxied", ways, ids=names, indirect=True)


@pytest.fixture
def proxied(request, tmp_path, opened):
    """Give a proxy before the real service, whether it is careless, and the service."""
    name, careless = request.param
    folder = tmp_path / "proxy"
    folder.mkdir()
    with served(environment_of(opened.settings), tmp_path / "service.log") as (
        address,
        process,
    ):
        port = address.rpartition(":")[2]
        with PROXIES[name](folder, port, careless=careless) as proxy:
            yield proxy, careless, process, address


def _answer(client, opened):
    """Give what is sent, and what came back."""
    name, code = opened.id, opened.codes["north"].pop()
    manifest = client.get(f"/a/{name}/manifest.json").content
    leaf = client.post(f"/a/{name}/group", json=group_message(code)).json()
    prepared = Respondent(manifest, leaf, code).prepare({"psych_safety_1": 4})
    stamp = client.post(f"/a/{name}/credential", json=prepared.credential).json()
    handed = prepared.response(stamp)
    return code, handed, client.post(f"/a/{name}/response", json=handed)


def _stumble(client, code):
    """Go wrong in every way that a web server likes to write down."""
    large = {"Content-Type": "application/json"}
    return [
        client.get(f"/a/spring%23{code}"),
        client.get(f"/a/CANARYPATH/{code}"),
        client.get(f"//a/CANARYPATH/{code}"),
        client.get(f"/A/CANARYPATH/{code}"),
        client.get(f"/desk/../a/CANARYPATH%2523{code}"),
        client.post("/a/spring/group", json={"t": "CANARYPATHCANARY"}),
        client.request("DELETE", f"/a/spring/{code}"),
        client.post("/a/spring/group", content=code.encode() * 2000, headers=large),
        client.post("/a/spring/group", content=code.encode() * 200_000, headers=large),
    ]


def _shout(proxy, code):
    """Speak no HTTP, a header without end, and no TLS."""
    port = int(proxy.url.rpartition(":")[2])
    for said in (f"GET /a/{code} CANARYPATH\r\n\r\n", f"GET /a/{code * 3000} HTTP/1.1\r\n\r\n"):
        with (
            closing(socket.create_connection(("127.0.0.1", port), 10)) as line,
            proxy.trust.wrap_socket(line, server_hostname="localhost") as sealed,
            suppress(OSError),  # it hangs up on what is no HTTP
        ):
            sealed.sendall(said.encode())
            sealed.recv(1000)
    with closing(socket.create_connection(("127.0.0.1", port), 10)) as line:
        line.sendall(f"CANARYPATH {code}".encode())


def _all(proxy, process, opened):
    headers = {"User-Agent": "CANARYAGENT", "X-Forwarded-For": "203.0.113.77"}
    with proxy.client(headers=headers, timeout=20) as client:
        code, handed, answer = _answer(client, opened)
        assert answer.status_code == 200
        told = [one.status_code for one in _stumble(client, code)]
        _shout(proxy, code)
        process.terminate()
        process.wait(15)
        told.append(client.get(f"/a/spring/{code}").status_code)
    assert {404, 405, 413, 502} <= set(told), told
    sent = {f"sent {name}": text[:30].encode() for name, text in handed.items() if name != "g"}
    return {**SECRETS, **sent, "code": code.encode()}


def _same_with_and_without(proxy, address):
    with proxy.client() as client:
        for path in ("/a/spring", "/a/spring/manifest.json", "/a/nowhere", "/desk/sign-in"):
            for packing in ("identity", "gzip", "br"):
                asked = {"Accept-Encoding": packing, "Host": "localhost"}
                with client.stream("GET", path, headers=asked) as there:
                    through = b"".join(there.iter_raw())
                with client.stream("GET", f"{address}{path}", headers=asked) as here:
                    direct = b"".join(here.iter_raw())
                assert through == direct or "desk" in path, path  # a form has its own token
                assert _ours(there) == _ours(here), path
                assert there.headers["strict-transport-security"].startswith("max-age=")
                assert not any(c.isdigit() for c in there.headers.get("server", ""))


def _ours(answer):
    own = {*OWN, "set-cookie", "content-length"}
    return {name: value for name, value in answer.headers.items() if name not in own}


def test_answers_pass_untouched_and_the_web_server_writes_nothing_of_anybody(proxied, opened):
    proxy, careless, process, address = proxied
    _same_with_and_without(proxy, address)

    secrets = _all(proxy, process, opened)

    ours = [proxy.folder / name for name in ("site.conf", "Caddyfile", "nginx.conf")]
    kept = {what for what, _ in found_in(proxy.folder, secrets, besides=ours)}
    if careless:  # the same web server without our lines would keep it all
        assert {"agent", "path", "here", "code", "client"} <= kept
    else:
        assert kept == set()
