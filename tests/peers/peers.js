// One question to the peers, or to our own modules, as JSON on standard input: {what, ...}; the reply as JSON.
//
// Runs where `npm ci` has put the peers, beside `ours/`, a copy of the respondent's modules.
import { readFileSync } from 'node:fs';
import { RSABSSA } from '@cloudflare/blindrsa-ts';
import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import * as blinding from './ours/blind.js';
import * as sealing from './ours/seal.js';

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const unhex = (digits) => new Uint8Array(Buffer.from(digits, 'hex'));
const theirs = RSABSSA.SHA384.PSS.Randomized();
const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() });
const RSA = { name: 'RSA-PSS', hash: 'SHA-384' };
const rsa = (jwk, use) => crypto.subtle.importKey('jwk', jwk, RSA, true, [use]);

const answers = {
  async theirBlind({ jwk, slip }) {
    const { blindedMsg, inv } = await theirs.blind(await rsa(jwk, 'verify'), unhex(slip));
    return { cover: hex(blindedMsg), opener: hex(inv) };
  },
  async theirSign({ jwk, cover }) {
    return hex(await theirs.blindSign(await rsa(jwk, 'sign'), unhex(cover)));
  },
  async theirFinalize({ jwk, slip, stamped, opener }) {
    return hex(await theirs.finalize(await rsa(jwk, 'verify'), unhex(slip), unhex(stamped), unhex(opener)));
  },
  async theirVerify({ jwk, slip, signature }) {
    return theirs.verify(await rsa(jwk, 'verify'), unhex(signature), unhex(slip));
  },
  async theirSeal({ box, label, letter }) {
    const recipientPublicKey = await suite.kem.deserializePublicKey(unhex(box));
    const sender = await suite.createSenderContext({ recipientPublicKey, info: unhex(label) });
    return hex(sender.enc) + hex(await sender.seal(unhex(letter)));
  },
  async theirOpen({ key, label, envelope }) {
    const recipientKey = await suite.kem.importKey('jwk', key, false);
    const sent = unhex(envelope);
    return hex(await suite.open({ recipientKey, enc: sent.slice(0, 65), info: unhex(label) }, sent.slice(65)));
  },
  async ourBlind({ n, slip }) {
    const { cover, opener } = await blinding.blind(await blinding.openIssuer(unhex(n)), unhex(slip));
    return { cover: hex(cover), opener: hex(opener) };
  },
  async ourUnblind({ n, slip, stamped, opener }) {
    const issuer = await blinding.openIssuer(unhex(n));
    return hex(await blinding.unblind(issuer, unhex(slip), unhex(stamped), unhex(opener)));
  },
  async ourSeal({ box, label, letter }) {
    return hex(await sealing.seal(unhex(box), unhex(label), unhex(letter)));
  },
};

const question = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(await answers[question.what](question)));
