// afterwards.js: the survey is over. Whoever has a receipt finds out whether their answers were counted, and may take
// a comment back.
//
// The public list of what was counted holds SHA-256 of each slip's secret part, among random entries that look the
// same. It is fetched whole and searched here, so nobody is told which entry was looked for. Only whoever looks for a
// comment shows the server something: the reply secret, which leads to the comment and to nothing else.
import { toBase64 } from './bytes.js';
import { derive, fromCode } from './receipt.js';
import { ask, readJson } from './asking.js';
import { choose, fill, reveal } from './screens.js';

const place = /^\/a\/([a-z0-9-]+)/i.exec(location.pathname), survey = place && place[1].toLowerCase().replace(/-+$/, '');
const receipt = document.getElementById('have');
let secrets = null;

const here = (thing) => '/a/' + survey + '/' + thing;
const askAbout = async (more) => readJson(await ask(here('comment'), Object.assign({ reply: toBase64(secrets.reply) }, more)));

function say(found) {
  choose('found', found);
  reveal('found', true);
  reveal('comment', found === 'counted');
  sayOfComment('');
}

function sayOfComment(told) {
  choose('comment', told);
  reveal('comment-look', told === '' || told === 'trouble');
  reveal('comment-take', told === 'some');
}

async function search() {
  const typed = fromCode(receipt.value);
  if (!typed) { say('short'); receipt.focus(); return; }
  secrets = await derive(typed, survey);
  try {
    const { state } = readJson(await ask(here('status.json'))), { counted } = readJson(await ask(here('audit.json')));
    if (state === 'cancelled') say('cancelled');
    else if (!counted) say('waiting');
    else say(counted.indexOf(toBase64(secrets.nonceHash)) >= 0 ? 'counted' : 'missing');
  } catch (_) { say('trouble'); }
}

async function lookForComment() {
  try {
    const { comments } = await askAbout({});
    fill('comments', comments);
    sayOfComment(comments ? 'some' : 'none');
  } catch (_) { sayOfComment('trouble'); }
}

async function takeBack() {
  try {
    await askAbout({ take_back: true });
    sayOfComment('gone');
  } catch (_) { sayOfComment('trouble'); }
}

const begin = () => { reveal('found', false); reveal('comment', false); secrets = null; };

if (window.isSecureContext && window.crypto && crypto.subtle) {
  reveal('after-needs', false);
  reveal('after', true);
  document.getElementById('after').addEventListener('submit', (event) => { event.preventDefault(); search(); });
  document.getElementById('comment-look').addEventListener('click', lookForComment);
  document.getElementById('comment-take').addEventListener('click', takeBack);
  receipt.addEventListener('input', begin);
  window.addEventListener('pagehide', () => { receipt.value = ''; begin(); });
}
