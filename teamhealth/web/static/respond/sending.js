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
import { fromBase64, hmac, join, named, random, sha256, toBase64 } from './bytes.js';
import { checkLeaf, fingerprint, words } from './check.js';
import { derive, labelOf, letterOf, slipOf, toCode } from './receipt.js';
import { seal } from './seal.js';
import { device } from './storage.js';
import { ask, readJson } from './asking.js';

// -> the survey as everybody gets it, with its fingerprint.
export async function fetchSurvey(id) {
  const bytes = await ask('/a/' + id + '/manifest.json'), manifest = readJson(bytes);
  if (manifest.survey !== id) throw new Error('this is another survey');
  const print = await fingerprint(bytes);
  return { id, manifest, print, words: words(print) };
}

// -> your place in it: your group as published, its key, how your code came ("mail" or "paper"), and where on your
// device things on their way are kept.
export async function takePlace(survey, token) {
  const { leaf, path, via } = readJson(await ask('/a/' + survey.id + '/group', { t: toCode(token) }));
  const group = await checkLeaf(leaf, path, survey.manifest.root);
  const keptAs = 'team-health/' + toBase64(await sha256(join(named('going', survey.id), token)));
  return { survey, token, leaf, group, via, issuer: await openIssuer(fromBase64(group.key)), keptAs, going: null };
}

// Takes up what is on its way from this place, by this tab, another tab or an earlier visit. -> whether there is any.
export function takeUp(place) {
  place.going = device.read(place.keptAs);
  return place.going !== null;
}

// These bytes will never be needed again. What another tab has laid ready meanwhile stays.
export function forget(place) {
  const kept = device.read(place.keptAs);
  if (!kept || !place.going || kept.cover === place.going.cover) device.drop(place.keptAs);
  place.going = null;
}

// What is kept on a disk may be found there long after it was dropped. So the receipt is kept mixed with bytes that
// follow from your code, which is not kept. Mixing twice gives it back.
async function veil(place, receipt) {
  const bytes = await hmac(place.token, named('kept', place.survey.id));
  return receipt.map((byte, at) => byte ^ bytes[at]);
}

// Locks the answers and lays everything ready. From here on nothing on this device shows what you answered.
// -> false, and nothing is changed, if another tab was faster: two tabs must never ask for two stamps.
export async function lock(place, answers, comments) {
  const { survey, group, issuer } = place, receipt = random(10), secrets = await derive(receipt, survey.id);
  const letter = letterOf(answers, comments, secrets.replyHash);
  const envelope = await seal(fromBase64(survey.manifest.box), labelOf(secrets, survey.id, group.g), letter);
  const { cover, opener } = await blind(issuer, slipOf(secrets, survey.id, group.g));
  const veiled = toBase64(await veil(place, receipt));
  if (takeUp(place)) return false;
  place.going = {
    receipt: veiled, group: group.g,
    cover: toBase64(cover), opener: toBase64(opener), envelope: toBase64(envelope),
  };
  device.write(place.keptAs, place.going);
  return true;
}

// Gets the stamp, takes the slip out of its cover, and hands it in with the locked answers. May be called again and
// again: each step that was done is skipped or repeated with the same bytes. -> the receipt, once all has arrived.
export async function handIn(place) {
  const going = place.going, here = '/a/' + place.survey.id;
  const receipt = await veil(place, fromBase64(going.receipt)), secrets = await derive(receipt, place.survey.id);
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
  return receipt;
}
