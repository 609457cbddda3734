"""docs/protocol.md and the code say the same, byte by byte.

The figures come from a client that was written from the document alone.
"""

import json

from cryptography.hazmat.primitives.asymmetric import ec, rsa

from teamhealth.credentials.binding import label, slip
from teamhealth.credentials.blinding import blind, unblind
from teamhealth.credentials.blindsign import blind_sign, modulus
from teamhealth.credentials.codes import b64, from_code, to_code, unb64
from teamhealth.credentials.envelopes import letter, unseal
from teamhealth.credentials.fingerprint import fingerprint, words
from teamhealth.credentials.links import Link, link, read
from teamhealth.credentials.receipts import derive
from teamhealth.credentials.respondent import Owner, Respondent, group_message
from teamhealth.credentials.tokens import token, token_hash
from teamhealth.credentials.tree import check_leaf, merkle
from tests.rooms.credentials.makers import figures as vectors
from tests.vectors import protocol_example

EXAMPLE = vectors("protocol-1.json")
GIVEN, FIGURES = EXAMPLE["given"], EXAMPLE["figures"]
SURVEY, GROUP = GIVEN["survey"], GIVEN["group"]


def _issuer():
    p, q = int(GIVEN["p"], 16), int(GIVEN["q"], 16)
    d = pow(65537, -1, (p - 1) * (q - 1))
    return rsa.RSAPrivateNumbers(
        p,
        q,
        d,
        rsa.rsa_crt_dmp1(d, p),
        rsa.rsa_crt_dmq1(d, q),
        rsa.rsa_crt_iqmp(p, q),
        rsa.RSAPublicNumbers(65537, p * q),
    ).private_key()


def test_the_figures_follow_from_what_is_given():
    assert protocol_example.figures(GIVEN) == FIGURES


def test_the_document_shows_these_figures():
    text = protocol_example.DOCUMENT.read_text(encoding="utf-8")

    shown = text.split(protocol_example.BEGIN)[1].split(protocol_example.END)[0]

    assert shown == protocol_example.render(FIGURES)


def test_tokens_links_and_receipts_are_those_of_the_document():
    secret = token(bytes.fromhex(GIVEN["link_key"]), SURVEY, GIVEN["invitation"])
    made = derive(bytes.fromhex(GIVEN["receipt"]), SURVEY)
    printed = FIGURES["fingerprint"]
    address = link("https://survey.example.org", SURVEY, secret, fingerprint=printed)

    assert to_code(secret) == FIGURES["token"]
    assert token_hash(SURVEY, secret).hex() == FIGURES["token_hash"]
    assert address == FIGURES["link"]
    assert read(address) == Link(secret, from_code(printed))
    for name in ("nonce", "edit", "reply"):
        assert getattr(made, name).hex() == FIGURES[name]
        assert getattr(made, f"{name}_hash").hex() == FIGURES[f"{name}_hash"]
    assert slip(made.nonce, SURVEY, GROUP).hex() == FIGURES["slip"]
    assert label(made.nonce_hash, SURVEY, GROUP).decode() == FIGURES["label"]


def test_manifest_tree_and_fingerprint_are_those_of_the_document():
    manifest = FIGURES["manifest"].encode()
    leaf, path = FIGURES["leaf"], json.loads(FIGURES["path"])
    others = [
        leaf.replace(GROUP, name)
        .replace(b64(modulus(_issuer())), b64(bytes.fromhex(n)))
        .replace(GROUP.title(), name.title())
        .replace('"size":9', f'"size":{GIVEN["sizes"][name]}')
        for name, n in GIVEN["other_moduli"].items()
    ]

    root, paths = merkle([one.encode() for one in (leaf, *others)])

    assert b64(root) == json.loads(manifest)["root"]
    assert paths[0] == path
    check_leaf(leaf.encode(), path, root)
    assert fingerprint(manifest) == FIGURES["fingerprint"]
    assert " ".join(words(FIGURES["fingerprint"])) == FIGURES["words"]


def test_stamp_and_envelope_are_those_of_the_document():
    key, message = _issuer(), bytes.fromhex(FIGURES["slip"])
    blinded = blind(
        modulus(key),
        message,
        salt=bytes.fromhex(GIVEN["pss_salt"]),
        secret=int(GIVEN["blinding_number"], 16),
    )
    stamp = blind_sign(key, blinded.message)
    box = ec.derive_private_key(int(GIVEN["box"], 16), ec.SECP256R1())
    opened = unseal(unb64(FIGURES["envelope"]), box, FIGURES["label"].encode())

    assert b64(blinded.message) == FIGURES["blinded"]
    assert b64(stamp) == FIGURES["stamp"]
    assert b64(unblind(modulus(key), message, stamp, blinded.opener)) == FIGURES["signature"]
    assert opened == letter(
        GIVEN["answers"], GIVEN["comments"], bytes.fromhex(FIGURES["reply_hash"])
    )
    assert opened.decode().rstrip() == FIGURES["letter"]


def test_the_messages_have_the_fields_of_the_document():
    manifest = FIGURES["manifest"].encode()
    told = {"leaf": FIGURES["leaf"], "path": json.loads(FIGURES["path"])}
    person = Respondent(
        manifest,
        told,
        FIGURES["token"],
        fingerprint=FIGURES["fingerprint"],
        random=lambda _size: bytes.fromhex(GIVEN["receipt"]),
    )
    sent = person.prepare(GIVEN["answers"], GIVEN["comments"])
    stamp = b64(blind_sign(_issuer(), unb64(sent.credential["b"])))
    response = sent.response({"s": stamp})
    shown = json.loads(FIGURES["response_message"])
    owner = Owner(manifest, FIGURES["receipt"])

    assert sent.receipt == FIGURES["receipt"]
    assert group_message(FIGURES["token"]) == json.loads(FIGURES["group_message"])
    assert sent.credential.keys() == json.loads(FIGURES["credential_message"]).keys()
    assert response.keys() == shown.keys()
    assert all(response[name] == shown[name] for name in ("g", "n", "e"))
    assert all(len(response[name]) == len(shown[name]) for name in ("s", "x"))
    assert owner.look() == json.loads(FIGURES["look_message"])
    assert owner.withdraw() == json.loads(FIGURES["withdraw_message"])
