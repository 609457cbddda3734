// page.js: what happens when. The other modules say what they do; this one only puts them in order.
import { fromAddress, fromCode, fromTyped, spaced, toCode } from './receipt.js';
import { choose, drawDots, fill, reveal, show, shown, STEPS, tellTimes } from './screens.js';
import { fetchSurvey, forget, handIn, lock, onItsWay, Refused, takePlace } from './sending.js';
import { empty, entered, putBack, tell } from './sheet.js';
import { device, tab } from './storage.js';

const id = /^\/a\/([a-z0-9-]+)/i.exec(location.pathname)[1].toLowerCase().replace(/-+$/, '');
const address = '/a/' + id + '/' + document.documentElement.lang;
const kept = 'team-health/' + id;                           // in `tab`
let link = { token: null, print: null };                    // what the link carried
let survey = null, place = null, screen = 'first', busy = false;

const code = (bytes) => (bytes ? toCode(bytes) : null);

function keep() {
  if (link.token) tab.write(kept, Object.assign({ token: code(link.token), print: code(link.print), screen }, entered()));
}

function go(name) {
  screen = name;
  keep();
  history.pushState({ screen }, '');
  show(name);
}

// Everything that can go wrong ends here, on a page of its own.
function fail(fault, sending) {
  const status = fault instanceof Refused ? fault.status : -1;
  if (status === -1 || status === 403) {
    choose('why', fault.message === 'another fingerprint' ? 'print' : 'check');
    show('stopped');
  } else if (status === 404 && survey) {
    if (place) forget(place);
    askForCode('unknown');
  } else if (status === 409 || status === 410) {
    if (place) forget(place);                               // these bytes will never be taken
    clear();
    document.querySelector('[data-unsent]').hidden = !sending;
    show(status === 410 ? 'closed' : 'used');
  } else {
    choose('why', status === 0 ? 'network' : status === 503 ? 'paused' : 'fault');
    choose('kept', !sending ? 'nothing' : device.works() ? 'device' : 'memory');
    show('trouble');
  }
}

function clear() {
  tab.drop(kept);
  empty();
  link = { token: null, print: null };
  screen = 'first';
}

function askForCode(fault) {
  clear();
  place = null;
  reveal('code-short', fault === 'short');
  reveal('code-unknown', fault === 'unknown');
  show('code');
  if (fault) document.getElementById('code').focus();
}

// From the link to the first screen, or to where one was before a reload.
async function enter() {
  try {
    survey = survey || await fetchSurvey(id);
    fill('print', spaced(survey.print));
    fill('k', survey.manifest.k);
    if (link.print && code(link.print) !== survey.print) throw new Error('another fingerprint');
    if (!link.token) { askForCode(); return; }
    place = await takePlace(survey, link.token);
  } catch (fault) { fail(fault, false); return; }
  fill('group', place.group.label);
  fill('size', place.group.size);
  reveal('small', place.group.size < survey.manifest.k);
  drawDots(place.group.size);
  keep();
  if (onItsWay(place)) {
    choose('why', 'earlier');
    choose('kept', device.works() ? 'device' : 'memory');
    show('trouble');
  } else show(screen);
}

async function send() {
  if (busy) return;
  busy = true;
  const { answers, comments } = entered();
  show('sending');
  try {
    if (!onItsWay(place)) {
      if (Object.keys(answers).length === 0) throw new Error('nothing was answered');
      await lock(place, answers, comments);
    }
    await handIn(place);
    clear();
    show('sent');
    leave();
  } catch (fault) { fail(fault, true); }
  busy = false;
}

// The last page is the server's, because it makes the browser empty its storage. Without a connection the same words
// stay here. Either way no answer is left to go back to.
function leave() {
  const last = () => location.replace('/a/done/' + document.documentElement.lang);
  fetch('/a/' + id + '/status.json', { credentials: 'omit', cache: 'no-store' }).then(last, () => {});
}

const next = (step) => go(STEPS[STEPS.indexOf(shown()) + step] || 'first');
const actions = {
  start: () => go(STEPS[0]),
  next: () => next(1),
  back: () => next(-1),
  finish: () => go('finish'),
  send,
  again: () => (place ? send() : enter()),
  other: () => askForCode(),
  empty(button) {
    const item = button.closest('.item');
    item.querySelector('input:checked').checked = false;
    tell();
    keep();
    item.querySelector('input').focus();
  },
};

function listen() {
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-do]');
    if (button && !button.disabled) actions[button.dataset.do](button);
  });
  for (const kind of ['input', 'change']) {                 // old browsers tell of a pressed stop by `change` alone
    document.getElementById('sheet').addEventListener(kind, () => { tell(); keep(); });
  }
  document.getElementById('sheet').addEventListener('submit', (event) => event.preventDefault());
  document.getElementById('typed').addEventListener('submit', (event) => {
    event.preventDefault();
    link = fromTyped(document.getElementById('code').value);
    if (link.token) enter(); else askForCode('short');
  });
  for (const other of document.querySelectorAll('.menu a')) {           // where nothing is kept, the link takes the code along
    other.addEventListener('click', () => {
      if (link.token && !tab.works()) other.hash = code(link.token) + (link.print ? '.' + code(link.print) : '');
    });
  }
  window.addEventListener('popstate', (event) => {
    if (shown() !== 'first' && STEPS.indexOf(shown()) < 0) return;      // nothing to go back to while sending
    screen = (event.state && event.state.screen) || 'first';
    keep();
    show(screen);
  });
  window.addEventListener('pageshow', (event) => { if (event.persisted && !link.token) location.reload(); });
}

function start() {
  if (!window.isSecureContext || !window.crypto || !crypto.subtle) return;      // the words above stay
  link = fromAddress(location.href);
  const before = tab.read(kept);
  try { history.replaceState({ screen: 'first' }, '', address); } catch (_) { /* the code stays in the address */ }
  if (before && before.token && (!link.token || code(link.token) === before.token)) {
    link = { token: fromCode(before.token), print: before.print && fromCode(before.print) };
    screen = before.screen;
    putBack(before);
  } else tell();
  reveal('forgetful', !tab.works() || !device.works());
  tellTimes();
  listen();
  enter();
}

start();
