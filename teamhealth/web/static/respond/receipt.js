// receipt.js: codes of 16 characters (invitation, receipt, fingerprint), what follows from a receipt,
// and the letter that goes into the envelope.
//
// Crockford's alphabet has no I, L, O or U; whoever types O, I or L means 0, 1 and 1. 16 characters = 80 bits.
import { hmac, join, named, sha256, text, toBase64 } from './bytes.js';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export function toCode(bytes) {                                            // 10 bytes -> 16 characters
  const bits = Array.from(bytes, (b) => b.toString(2).padStart(8, '0')).join('');
  return bits.match(/.{5}/g).map((five) => ALPHABET[parseInt(five, 2)]).join('');
}

export function fromCode(typed) {                                          // -> 10 bytes, or null
  const clean = typed.replace(/[^0-9A-Za-z]/g, '').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
  if (clean.length !== 16 || clean.indexOf('U') >= 0) return null;
  const bits = Array.from(clean, (c) => ALPHABET.indexOf(c).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g), (eight) => parseInt(eight, 2));
}

export const spaced = (code) => code.match(/..../g).join('-');

// What a link carries: the invitation's code and, in some, the fingerprint of the survey (else null). Links
// arrive bent: .../a/s1#CODE  .../a/s1/ar#CODE.PRINT  .../a/s1%23CODE  %2523CODE, small letters, ")." behind.
export function fromAddress(address) {
  let rest = address.replace(/^.*?\/a\/[a-z0-9-]+/i, '');
  for (let i = 0; i < 3; i++) rest = rest.replace(/%(2[0-9a-f])/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  const found = /#((?:[0-9a-z]-?){16})(?![0-9a-z])(?:\.((?:[0-9a-z]-?){16})(?![0-9a-z]))?/i.exec(rest);
  const token = found ? fromCode(found[1]) : null;
  return { token, print: token && found[2] ? fromCode(found[2]) : null };
}

// What somebody types or pastes where a code is asked for: the code, or the whole link.
export function fromTyped(typed) {
  const token = fromCode(typed);
  return token ? { token, print: null } : fromAddress(/#|%23|%25/.test(typed) ? typed : '#' + typed.trim());
}

// From the receipt, by HKDF-SHA256 (RFC 5869), three secrets that lead neither to each other nor back:
//   nonce   the secret part of the slip; its SHA-256 stands in the list of counted responses
//   edit    shown to the server to replace or withdraw; before that it has only its SHA-256
//   reply   its SHA-256 travels inside the sealed letter: for a conversation about a comment
// The number that blinds the slip (blind.js) does NOT follow from the receipt: 80 bits would be too few for it.
export async function derive(receipt, survey) {
  const root = await hmac(named('receipt', survey), receipt);
  const secret = (name) => hmac(root, join(text(name), [1]));
  const [nonce, edit, reply] = [await secret('nonce'), await secret('edit'), await secret('reply')];
  return {
    nonce, edit, reply, nonceHash: await sha256(nonce), editHash: await sha256(edit), replyHash: await sha256(reply),
  };
}

// The slip that is stamped (blind.js), and the label without which the envelope does not open (seal.js).
export const slipOf = (secrets, survey, group) => join(secrets.nonce, named('response', survey, group));
export const labelOf = (secrets, survey, group) => named('envelope', survey, group, toBase64(secrets.nonceHash));

// The letter: {"a": answers, "c": comments, "r": reply hash, "v": 1} in the order of the alphabet, whatever was
// answered first, filled up with spaces to one size for everybody: a size would single out who wrote much.
export const LETTER_SIZE = 4096;
const inOrder = (sheet) => Object.keys(sheet).sort().reduce((all, name) => Object.assign(all, { [name]: sheet[name] }), {});
const written = (answers, comments, replyHash) =>
  text(JSON.stringify({ a: inOrder(answers), c: inOrder(comments), r: toBase64(replyHash), v: 1 }));

export function letterOf(answers, comments, replyHash) {
  const plain = written(answers, comments, replyHash);
  if (plain.length > LETTER_SIZE) throw new Error('the comments are too long');
  return join(plain, new Uint8Array(LETTER_SIZE - plain.length).fill(32));
}

// How many bytes are left for comments (below 0: too long), reckoning with two characters for every answer.
export function letterRoom(items, comments) {
  const longest = items.reduce((all, item) => Object.assign(all, { [item]: 10 }), {});
  return LETTER_SIZE - written(longest, comments, new Uint8Array(32)).length;
}
