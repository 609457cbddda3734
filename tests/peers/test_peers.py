"""Other people's implementations of RFC 9474 and RFC 9180 beside ours, both as client and as server.

Needs Node 20 and, once, the npm registry: the packages named in ``package.json``, with the integrity of
``package-lock.json``, are put into ``.make/peers`` and never into the repository.
"""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from teamhealth import content
from teamhealth.credentials.binding import label, slip
from teamhealth.credentials.blinding import blind, unblind
from teamhealth.credentials.blindsign import blind_sign, modulus, verify
from teamhealth.credentials.codes import b64
from teamhealth.credentials.envelopes import letter, seal, unseal
from tests.rooms.credentials.makers import an_issuer, point

HERE = Path(__file__).parent
PLACE = HERE.parents[1] / ".make" / "peers"
MODULES = ("bytes", "blind", "seal")
SLIP = slip(bytes(range(32)), "s1", "ops")
LABEL = label(bytes(32), "s1", "ops")
LETTER = letter({"safe": 5}, {"comment": "Größe ❤"}, bytes(32))
BOX = ec.generate_private_key(ec.SECP256R1())


def _run(*words, **more):
    return subprocess.run(words, capture_output=True, text=True, check=False, **more)


@pytest.fixture(scope="module")
def peers():
    """Install what is pinned, unless it is there; give how to ask."""
    node = shutil.which("node")
    version = _run(node, "--version").stdout if node else ""
    if not node or int(version[1:].partition(".")[0]) < 20:
        pytest.skip("no Node 20 here: other implementations of the RFCs were not asked")
    pinned = (HERE / "package-lock.json").read_bytes()
    kept = PLACE / "package-lock.json"
    if not kept.is_file() or kept.read_bytes() != pinned:
        _install()
    with tempfile.TemporaryDirectory(dir=PLACE) as folder:
        yield _asker(node, Path(folder))


def _install():
    PLACE.parent.mkdir(exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=PLACE.parent))
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, new)
    words = ("ci", "--ignore-scripts", "--no-audit", "--no-fund")
    done = _run(shutil.which("npm") or "npm", *words, cwd=new, timeout=120)
    if done.returncode:
        shutil.rmtree(new)
        pytest.skip("npm could not install the peers: other implementations were not asked")
    shutil.rmtree(PLACE, ignore_errors=True)
    try:
        new.rename(PLACE)
    except OSError:  # another process of this run was faster
        shutil.rmtree(new)


def _asker(node, folder):
    # ``ours`` are the very modules of the page; Node only needs to be told that they are modules.
    (folder / "ours").mkdir()
    for name in MODULES:
        shutil.copy(content.static() / "respond" / f"{name}.js", folder / "ours")
    shutil.copy(HERE / "package.json", folder)
    shutil.copy(HERE / "peers.js", folder)

    def ask(what, **question):
        done = _run(
            node,
            folder / "peers.js",
            input=json.dumps({"what": what, **question}),
            env={"PATH": os.environ["PATH"]},
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask


def _jwk(key, *, private=False):
    numbers = key.private_numbers()
    told = {"kty": "RSA", "alg": "PS384", "ext": True, "e": "AQAB", "n": b64(modulus(key))}
    if private:
        names = {"d": "d", "p": "p", "q": "q", "dp": "dmp1", "dq": "dmq1", "qi": "iqmp"}
        for name, field in names.items():
            value = getattr(numbers, field)
            told[name] = b64(value.to_bytes((value.bit_length() + 7) // 8, "big"))
    return told


def _box_jwk():
    scalar = BOX.private_numbers().private_value.to_bytes(32, "big")
    where = point(BOX)
    return {
        "kty": "EC",
        "crv": "P-256",
        "d": b64(scalar),
        "x": b64(where[1:33]),
        "y": b64(where[33:]),
    }


def test_their_client_is_served_by_our_server(peers):
    key = an_issuer()
    made = peers("theirBlind", jwk=_jwk(key), slip=SLIP.hex())

    stamped = blind_sign(key, bytes.fromhex(made["cover"]))
    signature = peers(
        "theirFinalize",
        jwk=_jwk(key),
        slip=SLIP.hex(),
        stamped=stamped.hex(),
        opener=made["opener"],
    )

    assert verify(key.public_key(), SLIP, bytes.fromhex(signature))


def test_our_page_is_served_by_their_server(peers):
    key = an_issuer()
    data = {"n": modulus(key).hex(), "slip": SLIP.hex()}
    made = peers("ourBlind", **data)

    stamped = peers("theirSign", jwk=_jwk(key, private=True), cover=made["cover"])
    signature = peers("ourUnblind", **data, stamped=stamped, opener=made["opener"])

    assert verify(key.public_key(), SLIP, bytes.fromhex(signature))
    assert peers("theirVerify", jwk=_jwk(key), slip=SLIP.hex(), signature=signature)
    assert stamped == blind_sign(key, bytes.fromhex(made["cover"])).hex()


def test_our_python_client_is_served_by_their_server(peers):
    key = an_issuer()
    made = blind(modulus(key), SLIP)

    stamped = peers("theirSign", jwk=_jwk(key, private=True), cover=made.message.hex())

    assert unblind(modulus(key), SLIP, bytes.fromhex(stamped), made.opener)


@pytest.mark.parametrize("who", ["page", "python"])
def test_they_open_what_we_seal(peers, who):
    where = point(BOX)
    if who == "page":
        envelope = peers("ourSeal", box=where.hex(), label=LABEL.hex(), letter=LETTER.hex())
    else:
        envelope = seal(LETTER, where, LABEL).hex()

    opened = peers("theirOpen", key=_box_jwk(), label=LABEL.hex(), envelope=envelope)

    assert bytes.fromhex(opened) == LETTER
    assert unseal(bytes.fromhex(envelope), BOX, LABEL) == LETTER


def test_we_open_what_they_seal(peers):
    envelope = peers("theirSeal", box=point(BOX).hex(), label=LABEL.hex(), letter=LETTER.hex())

    assert unseal(bytes.fromhex(envelope), BOX, LABEL) == LETTER
