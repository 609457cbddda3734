// check.js: is everybody shown the same survey, and is my group's key part of it?
//
// The manifest is one public text: the survey, the box's key, how many people are asked, and the root of a tree
// over all groups (RFC 6962: leaf = SHA-256(0 + leaf), node = SHA-256(1 + left + right)). Its fingerprint is printed
// in every invitation. A server that wanted to give one person a key of their own would have to print another
// fingerprint in that person's mail, or put a group of one into a tree whose sizes no longer add up.
import { fromBase64, join, named, sha256, text, toBase64 } from './bytes.js';
import { fromCode, toCode } from './receipt.js';

// 80 bits of PBKDF2-HMAC-SHA256 over the manifest as received. It is slow on purpose (100 000 rounds): so nobody can
// search for two manifests with one fingerprint.
export async function fingerprint(manifest) {
  const key = await crypto.subtle.importKey('raw', manifest, { name: 'PBKDF2' }, false, ['deriveBits']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: named('manifest'), iterations: 100000 };
  return toCode(new Uint8Array(await crypto.subtle.deriveBits(how, key, 80)));
}

// The same as six made-up words, to be read aloud: 80 bits and 4 check bits (the sum of the 20 half bytes) are six
// times 14 bits, each written consonant, vowel, consonant, vowel, ending.
export function words(code) {
  const halves = [], told = [];
  for (const byte of fromCode(code)) halves.push(byte >> 4, byte & 15);
  halves.push(halves.reduce((sum, half) => sum + half) & 15);
  const bits = halves.map((half) => (16 + half).toString(2).slice(1)).join('');
  const letter = (at, size, letters) => letters[parseInt(bits.substr(at, size), 2)];
  for (let at = 0; at < 84; at += 14) {
    const syllable = (from, letters) => letter(from, 4, letters) + letter(from + 4, 2, 'aiou');
    told.push(syllable(at, 'bdfghjklmnrstvwz') + syllable(at + 6, 'bdfhjlmnprstvwyz') + letter(at + 12, 2, 'lnrs'));
  }
  return told;
}

// `leaf` is hashed as the very text that was sent; `path` names the neighbour at each fork, "L" or "R" of us.
export async function checkLeaf(leaf, path, root) {
  if (path.length > 32) throw new Error('path is too long');
  let hash = await sha256(join([0], text(leaf)));
  for (const step of path) {
    const other = fromBase64(step.slice(1));
    if (other.length !== 32 || 'LR'.indexOf(step[0]) < 0) throw new Error('path is not a path');
    hash = await sha256(step[0] === 'L' ? join([1], other, hash) : join([1], hash, other));
  }
  if (toBase64(hash) !== root) throw new Error('this group is not part of the published survey');
  return JSON.parse(leaf);
}
