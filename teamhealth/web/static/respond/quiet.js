// quiet.js: no reminder of this survey for you. The server notes that beside your link and answers the same whether or
// not the link was used; HR is not told.
import { ask } from './asking.js';
import { fill } from './screens.js';
import { code, field, id, now } from './moving.js';

export async function beQuiet(button) {
  const words = field('quiet-done').dataset;
  button.disabled = true;
  fill('quiet', '');
  try {
    await ask('/a/' + id + '/quiet', { t: code(now.link.token) });
    fill('quiet', words.done);
  } catch (_) {
    fill('quiet', words.failed);
    button.disabled = false;
  }
}
