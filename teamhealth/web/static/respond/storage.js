// storage.js: what this page keeps on your device, and for how long. Browsers may forbid storage; then all of this
// lives in the page itself, which warns you not to close it.
//
//   tab     (sessionStorage)  your code and where you are: until you have sent, or until the tab is closed
//   draft   (in two halves)   what you have entered so far, likewise. Browsers write `tab` to the disk, and do not wipe
//                             there what was dropped. So `tab` gets your answers mixed with random bytes as long as
//                             they are; these stay in the name of the window, which is in memory only
//   device  (localStorage)    what is on its way to the server, locked, until the server has it; never an answer that
//                             can be read, never your code
//
// On a shared device (data-kiosk) nothing is kept but in the page itself, which is wiped.
import { fromBase64, random, text, toBase64 } from './bytes.js';

const SHARED = 'kiosk' in document.documentElement.dataset;

function openStore(find) {
  const memory = {};
  let store = null;
  try {
    store = SHARED ? null : find();
    store.setItem('team-health', '1');
    store.removeItem('team-health');
  } catch (_) { store = null; }
  return {
    works: () => store !== null,
    read(key) {
      try { return JSON.parse((store && store.getItem(key)) || memory[key] || 'null'); } catch (_) { return null; }
    },
    write(key, value) {
      memory[key] = JSON.stringify(value);
      try { if (store) store.setItem(key, memory[key]); } catch (_) { store = null; }
    },
    drop(key) {
      delete memory[key];
      try { if (store) store.removeItem(key); } catch (_) { store = null; }
    },
  };
}

export const tab = openStore(() => window.sessionStorage);
export const device = openStore(() => window.localStorage);

const mixed = (bytes, others) => bytes.map((byte, at) => byte ^ others[at]);
export const draft = {
  read(key) {
    try {
      const half = fromBase64(tab.read(key)), other = fromBase64(window.name);
      return JSON.parse(new TextDecoder().decode(mixed(half, other)));
    } catch (_) { return null; }                              // never written, or one half is gone
  },
  write(key, value) {
    const bytes = text(JSON.stringify(value)), other = random(bytes.length);
    tab.write(key, toBase64(mixed(bytes, other)));
    window.name = toBase64(other);
  },
  drop(key) {
    tab.drop(key);
    window.name = '';
  },
};
