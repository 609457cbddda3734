// bytes.js: the few helpers that the other modules share. "Bytes" are Uint8Array everywhere.
// Nothing here is secret and nothing here talks to the network.

export const text = (string) => new TextEncoder().encode(string);
export const named = (...parts) => text(['team-health/1'].concat(parts).join('|'));

export function join(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  parts.reduce((at, part) => { whole.set(part, at); return at + part.length; }, 0);
  return whole;
}

// base64url without "=": how bytes travel inside JSON. Each has one spelling; any other is refused.
export const toBase64 = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
export function fromBase64(string) {
  const bytes = Uint8Array.from(atob(string.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  if (toBase64(bytes) !== string) throw new Error('not base64url');
  return bytes;
}

export const random = (size) => crypto.getRandomValues(new Uint8Array(size));
export const sha256 = async (data) => new Uint8Array(await crypto.subtle.digest('SHA-256', data));

// A keyed fingerprint. (Keys may not be empty; where a standard says "empty", 32 zeros do the same.)
export async function hmac(key, data) {
  const opened = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', opened, data));
}
