// owning.js: the screens of a receipt: it is shown once after sending, and until the close it lets its owner look,
// answer anew and take back. Neither it nor what follows from it is kept anywhere but in the page.
import { fromCode, spaced, toCode } from './receipt.js';
import { lockAgain, lookUp, replace, withdraw } from './editing.js';
import { entered, inLetter } from './sheet.js';
import { choose, fill, reveal, shown } from './screens.js';
import { askForReceipt, clear, fail, field, go, now, see, shared, status } from './moving.js';

const PASSING = [0, 500, 503];                              // no connection, a fault, a pause: try again

export function showReceipt(receipt) {
  clear();
  now.place = null;
  fill('receipt', spaced(toCode(receipt)));
  uncover(!shared);                                         // on a device of many, only if somebody asks for it
  see('receipt');
}
export function uncover(yes) {
  reveal('receipt-box', yes);
  reveal('receipt-covered', !yes);
}
export const forgetReceipt = () => { for (const name of ['receipt', 'copied']) fill(name, ''); };

export function copyReceipt() {
  const words = field('copied').dataset, say = (told) => () => fill('copied', words[told]);
  const receipt = document.querySelector('[data-fill=receipt]').textContent;
  if (navigator.clipboard) navigator.clipboard.writeText(receipt).then(say('copied'), say('failed')); else say('failed')();
}

export async function useReceipt() {
  const receipt = fromCode(field('have').value);
  if (!receipt) { askForReceipt('short'); return; }
  try { now.mine = await lookUp(now.survey, receipt); } catch (fault) {
    if (status(fault) === 404) askForReceipt('unknown');
    else if (PASSING.indexOf(status(fault)) >= 0) askForReceipt('trouble');
    else fail(fault, false);
    return;
  }
  clear();
  now.place = null;
  openMine();
}

export function openMine() {
  choose('stored', now.mine.stored ? 'yes' : 'no');
  go('mine');
}

export function askToWithdraw() {
  reveal('withdraw-trouble', false);
  go('withdraw');
}

function changed(done) {
  clear();
  choose('did', done);
  see('changed');
  now.mine = null;
}

export async function sendChange() {
  if (now.busy) return;
  now.busy = true;
  const { mine } = now, sheet = entered();
  see('sending');
  try {
    if (!mine.going) await lockAgain(mine, inLetter(sheet), sheet.comments);
    await replace(mine);
    changed('replaced');
  } catch (fault) { fail(fault, true); }
  now.busy = false;
}

export async function sendWithdrawal() {
  if (now.busy) return;
  now.busy = true;
  try {
    await withdraw(now.mine);
    changed('withdrawn');
  } catch (fault) {
    if (PASSING.indexOf(status(fault)) < 0) fail(fault, false);
    else if (shown() === 'withdraw') reveal('withdraw-trouble', true);
  }
  now.busy = false;
}
