// sending.js: what is said to the server, in which order, and what can never be said together.
//
//   manifest    the survey's public text, the same for everybody
//   group       your code -> your group and its key, checked against the manifest; changes nothing
//   credential  your code and a closed cover -> the stamp                    knows who you are, sees no answer
//   response    the stamped slip and your locked answers, without your code  has an answer, does not know whose
//
// The last two are sent when you press Send, and not before. What they need is made first and kept on your device
// (locked, without your code), so that after a broken connection the very same bytes are sent again.
import { blind, openIssuer, unblind } from './blind.js';
import { fromBase64, join, named, random, sha256, toBase64 } from './bytes.js';
import { checkLeaf, fingerprint } from './check.js';
import { derive, fromCode, labelOf, letterOf, slipOf, toCode } from './receipt.js';
import { seal } from './seal.js';
import { device } from './storage.js';

const PATIENCE = 30000;                                     // milliseconds

// The server said no (its status), or did not answer (0). Anything else that is thrown is a check that failed.
export class Refused extends Error {
  constructor(status) { super('refused: ' + status); this.status = status; }
}

async function ask(address, message) {
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
const readJson = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

// -> the survey as everybody gets it, with its fingerprint.
export async function fetchSurvey(id) {
  const bytes = await ask('/a/' + id + '/manifest.json'), manifest = readJson(bytes);
  if (manifest.survey !== id) throw new Error('this is another survey');
  return { id, manifest, print: await fingerprint(bytes) };
}

// -> your place in it: your group as published, its key, and where on your device things on their way are kept.
export async function takePlace(survey, token) {
  const { leaf, path } = readJson(await ask('/a/' + survey.id + '/group', { t: toCode(token) }));
  const group = await checkLeaf(leaf, path, survey.manifest.root);
  const keptAs = 'team-health/' + toBase64(await sha256(join(named('going', survey.id), token)));
  return { survey, token, group, issuer: await openIssuer(fromBase64(group.key)), keptAs };
}

// What is on its way from this place, or null. `signature` is there once the stamp has been given.
export const onItsWay = (place) => device.read(place.keptAs);
export const forget = (place) => device.drop(place.keptAs);

// Locks the answers and lays everything ready. From here on nothing on this device shows what you answered.
export async function lock(place, answers, comments) {
  const { survey, group, issuer } = place, receipt = random(10), secrets = await derive(receipt, survey.id);
  const letter = letterOf(answers, comments, secrets.replyHash);
  const envelope = await seal(fromBase64(survey.manifest.box), labelOf(secrets, survey.id, group.g), letter);
  const { cover, opener } = await blind(issuer, slipOf(secrets, survey.id, group.g));
  device.write(place.keptAs, {
    receipt: toCode(receipt), group: group.g,
    cover: toBase64(cover), opener: toBase64(opener), envelope: toBase64(envelope),
  });
}

// Gets the stamp, takes the slip out of its cover, and hands it in with the locked answers. May be called again and
// again: each step that was done is skipped or repeated with the same bytes.
export async function handIn(place) {
  const going = onItsWay(place), here = '/a/' + place.survey.id;
  const secrets = await derive(fromCode(going.receipt), place.survey.id);
  if (!going.signature) {
    const { s } = readJson(await ask(here + '/credential', { t: toCode(place.token), b: going.cover }));
    const slip = slipOf(secrets, place.survey.id, going.group);
    going.signature = toBase64(await unblind(place.issuer, slip, fromBase64(s), fromBase64(going.opener)));
    device.write(place.keptAs, going);
  }
  await ask(here + '/response', {
    g: going.group, n: toBase64(secrets.nonce), s: going.signature, x: going.envelope, e: toBase64(secrets.editHash),
  });
  forget(place);
}
