// asking.js: one question to this server and its answer: without cookie, without the address of the page, and
// nothing of it is kept by the browser.
const PATIENCE = 30000;                                     // milliseconds

// The server said no (its status), or did not answer (0). Anything else that is thrown is a check that failed.
export class Refused extends Error {
  constructor(status) { super('refused: ' + status); this.status = status; }
}

export async function ask(address, message) {
  const patience = new AbortController(), alarm = setTimeout(() => patience.abort(), PATIENCE);
  const how = { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store', signal: patience.signal };
  if (message) {
    how.method = 'POST';
    how.keepalive = true;                                   // arrives even if the page is closed meanwhile
    how.headers = { 'Content-Type': 'application/json' };
    how.body = JSON.stringify(message);
  }
  try {
    const reply = await fetch(address, how);
    if (!reply.ok) throw new Refused(reply.status);
    return new Uint8Array(await reply.arrayBuffer());
  } catch (fault) {
    throw fault instanceof Refused ? fault : new Refused(0);
  } finally { clearTimeout(alarm); }
}

export const readJson = (bytes) => JSON.parse(new TextDecoder().decode(bytes));
