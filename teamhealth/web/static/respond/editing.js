// editing.js: what whoever has a receipt can do until the survey closes, on any device and without their code.
//
// The server is shown the edit secret, which follows from the receipt (receipt.js) and from which neither the receipt
// nor another of its secrets follows. It tells the group to lock for. That need not be proved: a wrong group would
// make an envelope that does not open, which whoever runs the server could do to any envelope anyway.
import { fromBase64, toBase64 } from './bytes.js';
import { derive, labelOf, letterOf } from './receipt.js';
import { seal } from './seal.js';
import { ask, readJson } from './asking.js';

const edit = (mine, message) => ask('/a/' + mine.survey.id + '/response/edit', message);

// -> what is kept under the receipt: `stored` is false after a withdrawal.
export async function lookUp(survey, receipt) {
  const mine = { survey, secrets: await derive(receipt, survey.id), going: null };
  const { g, stored } = readJson(await edit(mine, { edit: toBase64(mine.secrets.edit) }));
  if (!/^[a-z0-9-]{1,40}$/.test(g)) throw new Error('this is no group');
  return Object.assign(mine, { group: g, stored });
}

// Locks other answers for the same slip. They are kept in this page alone until they have arrived.
export async function lockAgain(mine, answers, comments) {
  const letter = letterOf(answers, comments, mine.secrets.replyHash);
  const label = labelOf(mine.secrets, mine.survey.id, mine.group);
  const envelope = await seal(fromBase64(mine.survey.manifest.box), label, letter);
  mine.going = { edit: toBase64(mine.secrets.edit), x: toBase64(envelope) };
}

// May be called again and again, with the same bytes.
export async function replace(mine) {
  await edit(mine, mine.going);
  mine.going = null;
}

export const withdraw = (mine) => edit(mine, { edit: toBase64(mine.secrets.edit), withdraw: true });
