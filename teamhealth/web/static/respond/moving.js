// moving.js: where one is in the page, and the ways from one screen to another, also when something goes wrong.
import { toCode } from './receipt.js';
import { device, draft, tab } from './storage.js';
import { Refused } from './asking.js';
import { forget } from './sending.js';
import { empty, entered } from './sheet.js';
import { choose, reveal, show, shown } from './screens.js';

export const id = /^\/a\/([a-z0-9-]+)/i.exec(location.pathname)[1].toLowerCase().replace(/-+$/, '');
export const shared = document.documentElement.dataset.kiosk;           // where to begin anew, on a device of many
export const address = '/a/' + id + (shared ? '/kiosk/' : '/') + document.documentElement.lang;
export const kept = 'team-health/' + id;                    // in `tab`
export const keptSheet = kept + '/sheet';                   // in `draft`

// What is true now. `link` is what the link carried, `place` your place in the survey, `mine` what is kept under a
// receipt while that is used.
export const now = { link: { token: null, print: null }, survey: null, place: null, mine: null, screen: 'first', busy: false };

export const code = (bytes) => (bytes ? toCode(bytes) : null);
export const field = (name) => document.getElementById(name);
export const status = (fault) => (fault instanceof Refused ? fault.status : -1);
const watchers = [];
export const onScreen = (watcher) => watchers.push(watcher);

export function keep() {
  const { link, screen } = now;
  if (!link.token || shared) return;
  tab.write(kept, { token: code(link.token), print: code(link.print), screen });
  draft.write(keptSheet, entered());
}

export function clear() {
  tab.drop(kept);
  draft.drop(keptSheet);
  empty();
  for (const name of ['code', 'have']) field(name).value = '';
  now.link = { token: null, print: null };
  now.screen = 'first';
}

// Where another language would lose what cannot be brought back, there is no menu.
export function see(name) {
  if (name === 'first' || name === 'code') now.mine = null;
  choose('mode', now.mine ? 'change' : 'answer');
  if (field('languages')) reveal('languages', shared ? name === 'code' : !now.mine && name !== 'receipt');
  for (const watcher of watchers) watcher(name);
  show(name);
}

export function go(name) {
  now.screen = name;
  keep();
  if (!shared) history.pushState({ screen: name }, '');     // there, nothing to go back to is left
  see(name);
}

const keptWhere = () => (now.mine ? 'receipt' : shared ? 'shared' : device.works() ? 'device' : 'memory');

// Answers have not arrived, or nothing could be loaded: it can be tried again.
export function trouble(why, sending) {
  choose('why', why);
  choose('kept', sending ? keptWhere() : 'nothing');
  see('trouble');
}

function stop(why) {
  choose('why', why);
  see('stopped');
}

// Everything that can go wrong ends here, on a page of its own.
export function fail(fault, sending) {
  const why = status(fault), { mine, place } = now;
  if (why === -1 || why === 403) stop(['print', 'groups'].indexOf(fault.message) >= 0 ? fault.message : 'check');
  else if (why === 404 && mine) askForReceipt('unknown');
  else if (why === 404 && now.survey) {
    if (place) forget(place);
    askForCode('unknown');
  } else if (why === 409 || why === 410) {
    if (place) forget(place);                               // these bytes will never be taken
    clear();
    for (const words of document.querySelectorAll('[data-unsent]')) words.hidden = !sending;
    see(why === 410 ? 'closed' : 'used');
  } else trouble(why === 0 ? 'network' : why === 503 ? 'paused' : 'fault', sending);
}

export function askForCode(fault) {
  clear();
  now.place = null;
  for (const each of ['short', 'unknown', 'mail']) reveal('code-' + each, fault === each);
  see('code');
  if (fault) field('code').focus();
}

export function askForReceipt(fault) {
  for (const each of ['short', 'unknown', 'trouble']) reveal('have-' + each, fault === each);
  if (shown() === 'have') field('have').focus(); else go('have');
}
