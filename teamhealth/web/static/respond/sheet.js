// sheet.js: what you have entered, read from and put back into the page. Nothing here leaves the page.
import { letterRoom } from './receipt.js';

const FEW = 300;                                            // characters left: from here on they are told
const all = (selector) => Array.from(document.querySelectorAll(selector));
const form = document.getElementById('sheet');

// `told` is what you say of yourself: numbers of options, nothing where you would rather not say.
export function entered() {
  const answers = {}, told = {}, comments = {};
  for (const stop of all('.stops :checked')) answers[stop.name] = Number(stop.value);
  for (const way of all('#sheet .way :checked')) if (way.value) told[way.name] = Number(way.value);
  for (const box of all('#sheet textarea')) if (box.value.trim()) comments[box.name] = box.value.trim();
  return { answers, told, comments };
}

export function putBack(kept) {
  for (const stop of all('.stops input')) stop.checked = kept.answers[stop.name] === Number(stop.value);
  for (const way of all('#sheet .way input')) way.checked = way.value === String(kept.told[way.name] || '');
  for (const box of all('#sheet textarea')) box.value = kept.comments[box.name] || '';
  tell();
}

// What goes into the letter as answers.
export const inLetter = (sheet) => Object.assign({}, sheet.answers, sheet.told);

export const empty = () => { form.reset(); tell(); };

// Writes the chosen words below the stops, what is still open, and whether all this can be sent.
export function tell() {
  const items = all('.said').map((words) => words.parentNode);
  for (const item of items) {
    const chosen = item.querySelector(':checked');
    item.classList.toggle('answered', chosen !== null);
    item.querySelector('.word').textContent = chosen ? item.querySelector('label[for="' + chosen.id + '"]').textContent : '';
  }
  const { answers, comments } = entered(), n = Object.keys(answers).length, m = items.length;
  for (const words of all('[data-when]')) words.hidden = words.dataset.when !== (n ? 'some' : 'none');
  for (const words of all('[data-words]')) {
    words.textContent = words.dataset[n === m ? 'all' : 'words'].replace('{n}', n).replace('{m}', m);
  }
  const over = tellRoom(comments);
  for (const button of all('[data-send]')) button.disabled = n === 0 || (over && button.dataset.do === 'send');
}

// A letter has one size for everybody; here is how much of it is left. Nothing that was written is ever cut off.
function tellRoom(comments) {
  const box = document.querySelector('#sheet textarea');
  if (!box) return false;
  const names = Array.from(new Set(all('#sheet input').map((stop) => stop.name)));
  const full = letterRoom(names, {}), room = letterRoom(names, comments);
  const written = Object.keys(comments).reduce((sum, name) => sum + comments[name].length, 0);
  const each = written ? Math.max(1, (full - room) / written) : 1;        // bytes a character takes in this language
  const left = Math.min(Math.floor(room / each), box.maxLength - box.value.length);
  const few = document.getElementById('room'), over = document.getElementById('too-long');
  few.hidden = left >= FEW || room < 0;
  few.textContent = few.dataset.few.replace('{n}', Math.max(0, left));
  over.hidden = room >= 0;
  over.textContent = over.dataset.over.replace('{n}', Math.ceil(-room / each));
  return room < 0;
}
