// seal.js: how your answers are locked before they leave this device.
//
// The survey's box has a public key: anybody can lock with it, only the holder of the private key can open,
// and that happens once, after the survey has closed. This browser makes a key pair for this one letter, mixes
// its private half with the box's public half into a shared secret, encrypts, and forgets. What is sent:
//
//   65 bytes   the public half of the one-letter key
//   n + 16     the letter, encrypted and protected against change (n is 4096 for everybody: receipt.js)
//
// `label` is not sent but must be known to open the envelope. It names the survey, the group and your slip
// (blind.js), so an envelope that is moved to another slip does not open. The standard is RFC 9180 (HPKE), base
// mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM; the steps carry the RFC's names.
import { hmac, join, text } from './bytes.js';

const CURVE = { name: 'ECDH', namedCurve: 'P-256' };
const KEM = join(text('KEM'), [0, 16]), HPKE = join(text('HPKE'), [0, 16, 0, 1, 0, 1]);    // RFC 9180, 7
const NONE = new Uint8Array(32);                                           // the RFC's empty salt

const extract = (suite, salt, name, data) => hmac(salt, join(text('HPKE-v1'), suite, text(name), data));
const expand = async (suite, key, name, data, size) =>                     // size <= 32: one round is enough
  (await hmac(key, join([0, size], text('HPKE-v1'), suite, text(name), data, [1]))).slice(0, size);

// `fixed` is there only for the figures printed in the RFC.
export async function seal(box, label, letter, fixed = {}) {
  const theirs = await crypto.subtle.importKey('raw', box, CURVE, true, []);
  const ours = fixed.pair || await crypto.subtle.generateKey(CURVE, false, ['deriveBits']);
  const sender = new Uint8Array(await crypto.subtle.exportKey('raw', ours.publicKey));

  // Encap: the secret that both sides can work out.
  const mixed = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, ours.privateKey, 256);
  const seed = await extract(KEM, NONE, 'eae_prk', new Uint8Array(mixed));
  const shared = await expand(KEM, seed, 'shared_secret', join(sender, box), 32);

  // KeySchedule: from the secret and the label, the key for this one letter.
  const context = join([0], await extract(HPKE, NONE, 'psk_id_hash', []), await extract(HPKE, NONE, 'info_hash', label));
  const secret = await extract(HPKE, shared, 'secret', []);
  const key = await expand(HPKE, secret, 'key', context, 16);
  const nonce = await expand(HPKE, secret, 'base_nonce', context, 12);

  const cipher = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  const how = fixed.aad ? { name: 'AES-GCM', iv: nonce, additionalData: fixed.aad } : { name: 'AES-GCM', iv: nonce };
  return join(sender, new Uint8Array(await crypto.subtle.encrypt(how, cipher, letter)));
}
