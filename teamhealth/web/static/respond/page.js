// page.js: what happens when. The other modules say what they do; this one only puts them in order.
import { fromAddress, fromCode, fromTyped, spaced } from './receipt.js';
import { device, draft, tab } from './storage.js';
import { fetchSurvey, forget, handIn, lock, takePlace, takeUp } from './sending.js';
import { allGroups } from './groups.js';
import { entered, inLetter, putBack, tell } from './sheet.js';
import { choose, drawDots, drawGroups, fill, reveal, shown, STEPS, tellTimes } from './screens.js';
import { address, code, field, id, keep, kept, keptSheet, now, shared, status } from './moving.js';
import { askForCode, askForReceipt, fail, go, onScreen, see, trouble } from './moving.js';
import { askToWithdraw, openMine, sendChange, sendWithdrawal, useReceipt } from './owning.js';
import { copyReceipt, forgetReceipt, showReceipt, uncover } from './owning.js';
import { beQuiet } from './quiet.js';
import { guard } from './kiosk.js';

const FIXED = ['wait', 'sending', 'trouble', 'receipt', 'sent', 'changed', 'used', 'closed', 'stopped'];
let before = 'code';                                        // what was seen before the question whether one is here

// From the link to the first screen, or to where one was before a reload.
async function enter() {
  const { link } = now;
  try {
    const survey = now.survey = now.survey || await fetchSurvey(id);
    fill('print', spaced(survey.print));
    fill('words', survey.words.join(' '));
    fill('k', survey.manifest.k);
    if (link.print && code(link.print) !== survey.print) throw new Error('print');
    if (!link.token) { askForCode(); return; }
    now.place = await takePlace(survey, link.token);
  } catch (fault) { fail(fault, false); return; }
  if (shared && now.place.via !== 'paper') { askForCode('mail'); return; }
  tellPlace();
  keep();
  if (takeUp(now.place)) trouble('earlier', true); else see(now.screen);
}

function tellPlace() {
  const { group, via } = now.place;
  for (const fact of ['size', 'spare']) fill(fact, group[fact]);
  fill('group', group.label);
  choose('via', via);
  choose('crowd', group.size > 1 ? 'many' : 'one');
  reveal('small', group.size > 1 && group.size < now.survey.manifest.k);
  reveal('spare', group.spare > 0);
  reveal('all-groups', false);
  for (const told of ['listing', 'quiet']) fill(told, '');
  drawDots(group.size);
}

async function send() {
  if (now.busy) return;
  now.busy = true;
  const sheet = entered(), { place } = now;
  try {
    if (!place.going) {
      if (Object.keys(sheet.answers).length === 0) throw new Error('nothing was answered');
      see('sending');
      if (takeUp(place) || !await lock(place, inLetter(sheet), sheet.comments)) trouble('earlier', true);     // in another tab
      else showReceipt(await handIn(place));
    } else {
      see('sending');
      showReceipt(await handIn(place));
    }
  } catch (fault) { fail(fault, true); }
  now.busy = false;
}

// Now and then, on a device of many, for somebody who has walked away. Who is there sees nothing of it.
async function sendQuietly() {
  if (now.busy) return;
  now.busy = true;
  try { showReceipt(await handIn(now.place)); } catch (fault) {
    if ([0, 500, 503].indexOf(status(fault)) < 0) fail(fault, true);
  }
  now.busy = false;
}

// The last page is the server's, because it makes the browser empty its storage. Without a connection the same words
// stay here. Either way no answer is left to go back to. A device of many is made ready for the next person.
function leave() {
  forgetReceipt();
  now.mine = null;
  if (shared) askForCode(); else see('sent');
  const last = () => location.replace(shared || '/a/done/' + document.documentElement.lang);
  fetch('/a/' + id + '/status.json', { credentials: 'omit', cache: 'no-store' }).then(last, () => {});
}

function wipe() {
  if (now.place) forget(now.place);
  leave();
}

async function listGroups() {
  const { headcount, spare } = now.survey.manifest, words = field('listing').dataset;
  fill('listing', words.wait);
  try {
    const groups = await allGroups(now.place);
    drawGroups(groups);
    const told = words.fine.replace('{n}', groups.length).replace('{headcount}', headcount).replace('{spare}', spare);
    fill('listing', told);
    reveal('all-groups', true);
  } catch (fault) {
    if (status(fault) === -1) fail(new Error('groups'), false); else fill('listing', words.failed);
  }
}

const next = (step) => go(STEPS[STEPS.indexOf(shown()) + step] || (now.mine ? 'mine' : 'first'));
const actions = {
  start: () => go(STEPS[0]),
  change: () => go(STEPS[0]),
  next: () => next(1),
  back: () => next(-1),
  finish: () => go('finish'),
  send: () => (now.mine ? sendChange() : send()),
  again: () => (now.mine ? sendChange() : now.place ? send() : enter()),
  other: () => askForCode(),
  groups: listGroups,
  quiet: beQuiet,
  have: () => askForReceipt(),
  unhave: () => (now.place ? go('first') : askForCode()),
  mine: openMine,
  withdraw: askToWithdraw,
  withdrawn: sendWithdrawal,
  uncover: () => uncover(true),
  copy: copyReceipt,
  print: () => window.print(),
  leave,
  wipe,
  here: () => see(before),
  empty(button) {
    const item = button.closest('.item');
    item.querySelector('input:checked').checked = false;
    tell();
    keep();
    item.querySelector('input').focus();
  },
};

const onSubmit = (form, what) => field(form).addEventListener('submit', (event) => { event.preventDefault(); what(); });

function listen() {
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-do]');
    if (button && !button.disabled && button.offsetParent) actions[button.dataset.do](button);
  });
  for (const kind of ['input', 'change']) {                 // old browsers tell of a pressed stop by `change` alone
    field('sheet').addEventListener(kind, () => { tell(); keep(); });
  }
  onSubmit('sheet', () => {});
  onSubmit('typed', () => {
    now.link = fromTyped(field('code').value);
    if (now.link.token) enter(); else askForCode('short');
  });
  onSubmit('owned', useReceipt);
  for (const other of document.querySelectorAll('.menu a')) {
    other.addEventListener('click', (event) => changeLanguage(event, other));
  }
  window.addEventListener('popstate', (event) => {
    if (FIXED.indexOf(shown()) >= 0) return;                // nothing to go back to while sending
    goBack((event.state && event.state.screen) || 'first');
  });
  window.addEventListener('pageshow', (event) => { if (event.persisted && !now.link.token) location.reload(); });
  window.addEventListener('pagehide', forgetReceipt);
  window.addEventListener('hashchange', () => location.reload());   // another link was put into the address
}

function goBack(name) {
  const owned = ['mine', 'withdraw'].indexOf(name) >= 0;
  if (owned && !now.mine) name = 'have';
  if (!now.place && name !== 'have' && (name === 'first' || !now.mine)) { askForCode(); return; }
  now.screen = name;
  keep();
  see(name);
}

function changeLanguage(event, other) {
  const { link } = now;
  if (shared) {                                             // no way back from there
    event.preventDefault();
    location.replace(other.href);
  } else if (link.token && !tab.works()) {                  // where nothing is kept, the link takes the code along
    other.hash = code(link.token) + (link.print ? '.' + code(link.print) : '');
  }
}

function watchOver() {
  const awake = guard({
    begun: () => shown() !== 'wait' && (shown() !== 'code' || field('code').value !== ''),
    waiting: () => Boolean(now.place && now.place.going),
    ask() {
      before = shown();
      choose('going', now.place && now.place.going ? 'yes' : 'no');
      see('still');
    },
    count: (seconds) => fill('seconds', seconds),
    retry: sendQuietly,
    wipe,
  });
  onScreen((name) => {
    reveal('clear', name !== 'code');
    if (name !== 'still') awake();
  });
}

function start() {
  if (!window.isSecureContext || !window.crypto || !crypto.subtle) return;      // the words above stay
  now.link = fromAddress(location.href);
  const seen = tab.read(kept), sheet = draft.read(keptSheet);
  try { history.replaceState({ screen: 'first' }, '', address); } catch (_) { /* the code stays in the address */ }
  if (seen && seen.token && (!now.link.token || code(now.link.token) === seen.token)) {
    now.link = { token: fromCode(seen.token), print: seen.print && fromCode(seen.print) };
    if (sheet) now.screen = seen.screen;                    // else the tab was closed meanwhile: from the beginning
  }
  if (seen && sheet && code(now.link.token) === seen.token) putBack(sheet); else tell();
  reveal('forgetful', !shared && (!tab.works() || !device.works()));
  fill('address', location.host + '/a/' + id);
  tellTimes();
  listen();
  if (shared) watchOver();
  enter();
}

start();
