"""The worked example of docs/protocol.md, reckoned by the browser's modules in Chromium."""

import json

import pytest

from teamhealth.credentials.codes import b64
from tests.browser.modules import opened
from tests.rooms.credentials.makers import figures
from tests.vectors.protocol_example import point

pytestmark = pytest.mark.browser
EXAMPLE = figures("protocol-1.json")
GIVEN, FIGURES = EXAMPLE["given"], EXAMPLE["figures"]

RECKON = """
const receipt = unhex(d.given.receipt), survey = d.given.survey, group = d.given.group;
const secrets = await m.derive(receipt, survey);
const slip = m.slipOf(secrets, survey, group), label = m.labelOf(secrets, survey, group);
const letter = m.letterOf(d.given.answers, d.given.comments, secrets.replyHash);
const manifest = JSON.parse(d.figures.manifest), link = m.fromAddress(d.figures.link);
const leaf = await m.checkLeaf(d.figures.leaf, d.path, manifest.root);
const issuer = await m.openIssuer(m.fromBase64(leaf.key));
const fixed = {salt: unhex(d.given.pss_salt), secret: BigInt('0x' + d.given.blinding_number)};
const blinded = await m.blind(issuer, slip, fixed);
const curve = {name: 'ECDH', namedCurve: 'P-256'};
const pair = {
  privateKey: await crypto.subtle.importKey('jwk', d.jwk, curve, true, ['deriveBits']),
  publicKey: await crypto.subtle.importKey('raw', unhex(d.sender), curve, true, []),
};
return {
  receipt: m.toCode(receipt),
  nonce: hex(secrets.nonce), nonce_hash: hex(secrets.nonceHash),
  edit: hex(secrets.edit), edit_hash: hex(secrets.editHash),
  reply: hex(secrets.reply), reply_hash: hex(secrets.replyHash),
  slip: hex(slip),
  label: new TextDecoder().decode(label),
  letter: new TextDecoder().decode(letter).trim(),
  token: m.toCode(link.token),
  fingerprint: await m.fingerprint(m.text(d.figures.manifest)),
  printed: m.toCode(link.print),
  words: m.words(m.toCode(link.print)).join(' '),
  blinded: m.toBase64(blinded.cover),
  signature: m.toBase64(await m.unblind(issuer, slip, m.fromBase64(d.figures.stamp), blinded.opener)),
  envelope: m.toBase64(await m.seal(m.fromBase64(manifest.box), label, letter, {pair})),
};
"""


def test_the_browser_reckons_every_figure_of_the_document(chromium):
    sender = point(GIVEN["one_letter_key"])
    scalar = bytes.fromhex(GIVEN["one_letter_key"])
    jwk = {"kty": "EC", "crv": "P-256", "ext": True}
    jwk |= {"d": b64(scalar), "x": b64(sender[1:33]), "y": b64(sender[33:])}

    with opened(chromium) as modules:
        made = modules.run(
            RECKON,
            {
                "given": GIVEN,
                "figures": FIGURES,
                "path": json.loads(FIGURES["path"]),
                "jwk": jwk,
                "sender": sender.hex(),
            },
        )

    assert made.pop("printed") == FIGURES["fingerprint"]
    assert made == {name: FIGURES[name] for name in made}
