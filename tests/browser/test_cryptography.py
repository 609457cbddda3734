"""The browser's cryptography in a real Chromium: the RFCs' figures, and Python's other half."""

import hashlib
import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from teamhealth.credentials.binding import label, slip
from teamhealth.credentials.blinding import blind, unblind
from teamhealth.credentials.blindsign import blind_sign, modulus, public_key, verify
from teamhealth.credentials.codes import b64, from_code, to_code, unb64
from teamhealth.credentials.envelopes import ENVELOPE_SIZE, letter, letter_room, unseal
from teamhealth.credentials.fingerprint import fingerprint, words
from teamhealth.credentials.receipts import derive
from teamhealth.credentials.tree import merkle
from tests.browser.modules import opened
from tests.rooms.credentials.makers import a_leaf, an_issuer, figures, raw, whole
from tests.rooms.credentials.test_links import CODE, NONE, PAGES, SAME

pytestmark = pytest.mark.browser

BLIND = """
  const issuer = await m.openIssuer(unhex(d.n), d.n.length / 2);
  const made = await m.blind(issuer, unhex(d.message), d.salt ? {salt: unhex(d.salt), secret: BigInt('0x' + d.secret)} : {});
"""


@pytest.fixture(scope="module")
def js(chromium):
    with opened(chromium) as modules:
        yield modules


@pytest.mark.parametrize(
    "figure",
    [figure for figure in figures("rfc9474.json") if whole(figure["sLen"]) == 48],
    ids=lambda figure: figure["name"],
)
def test_every_step_gives_the_figures_of_rfc_9474(js, figure):
    n = whole(figure["n"])
    secret = pow(whole(figure["inv"]), -1, n)

    got = js.run(
        BLIND
        + """
        const signature = await m.unblind(issuer, unhex(d.message), unhex(d.signed), made.opener);
        return {cover: hex(made.cover), opener: hex(made.opener), signature: hex(signature)};
        """,
        {
            "n": raw(figure["n"]).hex(),
            "message": raw(figure["input_msg"]).hex(),
            "salt": raw(figure["salt"]).hex(),
            "secret": f"{secret:x}",
            "signed": raw(figure["blind_sig"]).hex(),
        },
    )

    assert got["cover"] == raw(figure["blinded_msg"]).hex()
    assert int(got["opener"], 16) == whole(figure["inv"])
    assert got["signature"] == raw(figure["sig"]).hex()


def test_sealing_gives_the_figures_of_rfc_9180(js):
    figure = figures("rfc9180-a3.json")
    point = raw(figure["pkEm"])

    got = js.run(
        """
        const jwk = {kty: 'EC', crv: 'P-256', d: d.d, x: d.x, y: d.y, ext: true};
        const curve = {name: 'ECDH', namedCurve: 'P-256'};
        const pair = {
          privateKey: await crypto.subtle.importKey('jwk', jwk, curve, true, ['deriveBits']),
          publicKey: await crypto.subtle.importKey('raw', unhex(d.point), curve, true, []),
        };
        return hex(await m.seal(unhex(d.box), unhex(d.info), unhex(d.pt), {pair, aad: unhex(d.aad)}));
        """,
        {
            "d": b64(raw(figure["skEm"])),
            "x": b64(point[1:33]),
            "y": b64(point[33:]),
            "point": point.hex(),
            "box": figure["pkRm"],
            "info": figure["info"],
            "pt": figure["pt"],
            "aad": figure["aad"],
        },
    )

    assert got == figure["pkEm"] + figure["ct"]


def test_the_server_stamps_what_the_browser_blinds(js):
    key = an_issuer()
    message = slip(bytes(32), "s1", "ops")
    data = {"n": modulus(key).hex(), "message": message.hex()}

    made = js.run(BLIND + "return {cover: hex(made.cover), opener: hex(made.opener)};", data)
    signed = blind_sign(key, raw(made["cover"]))
    signature = js.run(
        "return hex(await m.unblind(await m.openIssuer(unhex(d.n)), unhex(d.message), unhex(d.signed), unhex(d.opener)));",
        {**data, "signed": signed.hex(), "opener": made["opener"]},
    )

    assert verify(public_key(modulus(key)), message, raw(signature))
    assert unblind(modulus(key), message, signed, int(made["opener"], 16)) == raw(signature)


def test_the_browser_unblinds_what_python_blinds(js):
    key = an_issuer()
    message = slip(bytes(32), "s1", "ops")
    made = blind(modulus(key), message)

    signature = js.run(
        "return hex(await m.unblind(await m.openIssuer(unhex(d.n)), unhex(d.message), unhex(d.signed), unhex(d.opener)));",
        {
            "n": modulus(key).hex(),
            "message": message.hex(),
            "signed": blind_sign(key, made.message).hex(),
            "opener": made.opener.to_bytes(256, "big").hex(),
        },
    )

    assert verify(key.public_key(), message, raw(signature))


def test_a_stamp_of_another_key_or_size_or_slip_is_refused(js):
    key, tagging = an_issuer(), an_issuer(1)
    message = slip(bytes(32), "s1", "ops")
    made = blind(modulus(key), message)
    reduced = int.from_bytes(made.message, "big") % int.from_bytes(modulus(tagging), "big")
    tagged = blind_sign(tagging, reduced.to_bytes(256, "big"))
    honest = blind_sign(key, made.message)
    call = "m.unblind(await m.openIssuer(unhex(d.n)), unhex(d.message), unhex(d.signed), unhex(d.opener))"

    def refuses(signed, said=message):
        return js.refuses(
            call,
            {
                "n": modulus(key).hex(),
                "message": said.hex(),
                "signed": signed.hex(),
                "opener": made.opener.to_bytes(256, "big").hex(),
            },
        )

    assert "published key" in refuses(tagged)
    assert "published key" in refuses(bytes([honest[0] ^ 1]) + honest[1:])
    assert "published key" in refuses(honest, slip(bytes(32), "s1", "lab"))
    assert "wrong size" in refuses(honest[1:])
    assert refuses(honest) is None


def test_what_is_no_modulus_is_no_key(js):
    for bad in (bytes(256), b"\xff" * 255, b"\xfe" * 256, b"\x7f" + b"\xff" * 255):
        assert js.refuses("m.openIssuer(unhex(d))", bad.hex()) == "not a key"


def test_blinding_is_fresh_every_time(js):
    data = {"n": modulus(an_issuer()).hex(), "message": "00"}

    covers = js.run(
        "const issuer = await m.openIssuer(unhex(d.n)), seen = [];"
        "for (let i = 0; i < 12; i++) seen.push(hex((await m.blind(issuer, unhex(d.message))).cover));"
        "return seen;",
        data,
    )

    assert len(set(covers)) == 12


def test_python_opens_what_the_browser_seals_under_its_label_only(js):
    box = ec.generate_private_key(ec.SECP256R1())
    point = box.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    receipt = bytes(range(10))
    secrets = derive(receipt, "s1")
    answers, comments = {"safe": 5, "enps": 10}, {"comment": 'Größe "S"\n❤'}

    got = js.run(
        """
        const secrets = await m.derive(unhex(d.receipt), 's1');
        const letter = m.letterOf(d.answers, d.comments, secrets.replyHash);
        const label = m.labelOf(secrets, 's1', 'ops');
        return {letter: hex(letter), envelope: hex(await m.seal(unhex(d.box), label, letter))};
        """,
        {
            "receipt": receipt.hex(),
            "answers": answers,
            "comments": comments,
            "box": point.hex(),
        },
    )

    envelope = raw(got["envelope"])
    assert len(envelope) == ENVELOPE_SIZE
    assert raw(got["letter"]) == letter(answers, comments, secrets.reply_hash)
    assert unseal(envelope, box, label(secrets.nonce_hash, "s1", "ops")) == raw(got["letter"])
    with pytest.raises(ValueError, match="label"):
        unseal(envelope, box, label(secrets.nonce_hash, "s1", "lab"))


def test_both_reckon_the_same_room_for_comments_and_refuse_more(js):
    items = [f"item_{n}" for n in range(40)]

    assert js.run("return m.letterRoom(d, {comment: ''});", items) == letter_room(
        items, ["comment"]
    )
    said = "x" * 5000
    assert js.run("return m.letterRoom(d[0], {comment: d[1]});", [items, said]) < 0
    assert "too long" in js.refuses(
        "m.letterOf({}, {comment: 'x'.repeat(5000)}, new Uint8Array(32))"
    )


def test_both_derive_the_same_from_a_receipt_and_write_the_same_slip(js):
    receipt = b"0123456789"
    ours = derive(receipt, "q3-2026")

    theirs = js.run(
        """
        const s = await m.derive(unhex(d), 'q3-2026');
        return [s.nonce, s.edit, s.reply, s.nonceHash, s.editHash, s.replyHash,
          m.slipOf(s, 'q3-2026', 'ops'), m.labelOf(s, 'q3-2026', 'ops')].map(hex);
        """,
        receipt.hex(),
    )

    assert [raw(value) for value in theirs] == [
        ours.nonce,
        ours.edit,
        ours.reply,
        ours.nonce_hash,
        ours.edit_hash,
        ours.reply_hash,
        slip(ours.nonce, "q3-2026", "ops"),
        label(ours.nonce_hash, "q3-2026", "ops"),
    ]


def test_both_read_and_write_the_same_codes(js):
    values = [bytes(10), b"\xff" * 10] + [
        hashlib.sha256(bytes([n])).digest()[:10] for n in range(50)
    ]
    typed = [
        "",
        "U221NBQPW4852EC9",
        "ſ221NBQPW4852EC9",
        CODE[1:],
        CODE + "0",
        " 422l-nbqp W485.2ec9 ",
    ]

    codes = js.run(
        "return d.map((x) => m.toCode(m.fromBase64(x)));", [b64(value) for value in values]
    )
    read = js.run(
        "return d.map((x) => { const c = m.fromCode(x); return c && m.toBase64(c); });",
        codes + typed,
    )

    assert codes == [to_code(value) for value in values]
    assert [unb64(text) if text else None for text in read] == values + [
        from_code(text) for text in typed
    ]


@pytest.mark.parametrize("page", PAGES)
def test_bent_links_are_read_like_in_python(js, page):
    found = js.run(
        """return d.map((address) => {
          const {token, print} = m.fromAddress(address);
          return [token && m.toCode(token), print && m.toCode(print)];
        });""",
        [page + end for end in SAME + NONE],
    )

    assert [token for token, _ in found] == [CODE] * len(SAME) + [None] * len(NONE)
    assert [print_ for _, print_ in found] == [
        CODE if end.count(CODE) == 2 else None for end in SAME + NONE
    ]


@pytest.mark.parametrize(
    ("typed", "prints"),
    [
        ("4221 nbqp w485 2ec9", False),
        (f" {CODE}.{CODE} ", True),
        (f"https://th.example/a/s1/ar#{CODE}.{CODE}", True),
        (f"https://th.example/a/s1%23{CODE}).", False),
    ],
)
def test_a_code_or_a_whole_link_may_be_typed(js, typed, prints):
    token, print_ = js.run(
        "const f = m.fromTyped(d); return [f.token && m.toCode(f.token), f.print && m.toCode(f.print)];",
        typed,
    )

    assert token == CODE
    assert print_ == (CODE if prints else None)


def test_both_see_the_same_fingerprint(js):
    manifest = json.dumps({"survey": "größer", "headcount": 7}, ensure_ascii=False) * 40

    assert js.run("return m.fingerprint(m.text(d));", manifest) == fingerprint(
        manifest.encode()
    )


def test_both_write_the_same_six_words(js):
    values = [bytes(10), b"\xff" * 10]
    values += [hashlib.sha256(bytes([n])).digest()[:10] for n in range(50)]
    codes = [to_code(value) for value in values]

    told = js.run("return d.map((code) => m.words(code));", codes)

    assert told == [list(words(code)) for code in codes]


@pytest.mark.parametrize("count", [1, 2, 5, 13])
def test_both_accept_the_same_leaves_and_no_others(js, count):
    leaves = [a_leaf(f"g{at}", an_issuer()) for at in range(count)]
    root, paths = merkle(leaves)
    leaf, path = leaves[-1].decode(), paths[-1]
    check = "const r = []; for (const x of d) r.push(await m.checkLeaf(x[0], x[1], x[2]).then((l) => l.g, (e) => e.message)); return r;"

    good = [[one.decode(), way, b64(root)] for one, way in zip(leaves, paths, strict=True)]
    bad = [
        [leaf.replace('"size":7', '"size":1'), path, b64(root)],
        [leaf, [*path, "L" + b64(bytes(32))], b64(root)],
        [leaf, path, b64(bytes(32))],
        [leaf, ["L" + b64(bytes(32))] * 33, b64(root)],
        [leaf, [*path, "X" + b64(bytes(32))], b64(root)],
        [leaf, [*path, "L" + b64(bytes(31))], b64(root)],
    ]

    assert js.run(check, good) == [f"g{at}" for at in range(count)]
    assert all("pa" in said for said in js.run(check, bad))


@pytest.mark.parametrize("spelling", ["QQ==", "QR", "Q Q", "QQ\n", "+w", "QQ.", "Q"])
def test_base64url_has_one_spelling(js, spelling):
    assert js.refuses("Promise.resolve(d).then(m.fromBase64)", spelling) is not None
