// blind.js: how the server stamps your slip without ever seeing it.
//
// Picture a slip of paper in a cover lined with carbon paper. The server stamps the closed cover (it knows
// who asked), the stamp goes through to the slip, and you take the slip out at home. Later you hand in the
// slip alone: anybody can see that it was stamped, nobody can tell in which cover it lay.
//
//   slip      32 secret bytes + the names of the survey and of your group
//   cover     the slip, multiplied by a random number that only this browser knows      (`blind`)
//   opening   dividing by the same number                                               (`unblind`)
//
// The random number is as large as the key itself, so every slip fits every cover, and no computer, however
// fast, can say which lay in which. The standard is RFC 9474, variant RSABSSA-SHA384-PSS-Randomized.
// Its numbers of 2048 bits are JavaScript's BigInt ("1n" is the number one).
import { join, random, toBase64 } from './bytes.js';

const HASH = 'SHA-384', HASH_SIZE = 48, SALT_SIZE = 48;
const EXPONENT = 65537n;                        // fixed: the server cannot choose another one for you
const sha384 = async (data) => new Uint8Array(await crypto.subtle.digest(HASH, data));

const toNumber = (bytes) => BigInt('0x' + Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join(''));
const toBytes = (number, size) =>
  Uint8Array.from(number.toString(16).padStart(2 * size, '0').match(/../g), (hex) => parseInt(hex, 16));

function power(base, exponent, modulus) {                                  // base ^ exponent mod modulus
  let result = 1n;
  for (base %= modulus; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = result * base % modulus;
    base = base * base % modulus;
  }
  return result;
}

function inverse(number, modulus) {                                        // 1 / number mod modulus (Euclid)
  let [a, b, x, y] = [number % modulus, modulus, 1n, 0n];
  while (b > 0n) { const q = a / b; [a, b, x, y] = [b, a - q * b, y, x - q * y]; }
  if (a !== 1n) throw new Error('number shares a factor with the key');
  return (x % modulus + modulus) % modulus;
}

// Your group's public key: its modulus as it stands in your group's leaf of the manifest (256 bytes).
export async function openIssuer(modulus, size = 256) {
  if (modulus.length !== size || modulus[0] < 128 || modulus[size - 1] % 2 === 0) throw new Error('not a key');
  const jwk = { kty: 'RSA', n: toBase64(modulus), e: 'AQAB', alg: 'PS384', ext: true };   // AQAB is 65537
  const key = await crypto.subtle.importKey('jwk', jwk, { name: 'RSA-PSS', hash: HASH }, false, ['verify']);
  return { key, n: toNumber(modulus), size };
}

// EMSA-PSS (RFC 8017, 9.1.1): spreads a slip and some salt over a number as long as the key.
async function encodeSlip(slip, size, salt) {
  const hash = await sha384(join(new Uint8Array(8), await sha384(slip), salt));
  const block = join(new Uint8Array(size - SALT_SIZE - HASH_SIZE - 2), [1], salt);
  for (let at = 0; at < block.length; at += HASH_SIZE) {                   // MGF1: the mask
    const mask = await sha384(join(hash, [0, 0, 0, at / HASH_SIZE]));
    for (let i = at; i < Math.min(block.length, at + HASH_SIZE); i++) block[i] ^= mask[i - at];
  }
  block[0] &= 127;                                                         // one bit shorter than the key
  return join(block, hash, [0xbc]);
}

// Puts the slip into a cover. `fixed` is there only for the figures printed in the RFC.
export async function blind(issuer, slip, fixed = {}) {
  const message = toNumber(await encodeSlip(slip, issuer.size, fixed.salt || random(SALT_SIZE)));
  inverse(message, issuer.n);                                              // throws, as the RFC asks for
  let secret = fixed.secret || 0n;
  while (secret === 0n || secret >= issuer.n) secret = toNumber(random(issuer.size));
  const cover = message * power(secret, EXPONENT, issuer.n) % issuer.n;
  return { cover: toBytes(cover, issuer.size), opener: toBytes(inverse(secret, issuer.n), issuer.size) };
}

// Takes the stamped slip out, and refuses any stamp that your group's published key did not make:
// a server that stamps for you with a key of your own (to recognise you later) gets nothing.
export async function unblind(issuer, slip, stamped, opener) {
  if (stamped.length !== issuer.size) throw new Error('the stamp has the wrong size');
  const signature = toBytes(toNumber(stamped) * toNumber(opener) % issuer.n, issuer.size);
  const good = await crypto.subtle.verify({ name: 'RSA-PSS', saltLength: SALT_SIZE }, issuer.key, signature, slip);
  if (!good) throw new Error('the stamp was not made with the published key');
  return signature;
}
