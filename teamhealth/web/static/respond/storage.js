// storage.js: what this page keeps on your device, and for how long. Browsers may forbid storage; then all of this
// lives in the page itself, which warns you not to close it.
//
//   tab     (sessionStorage)  your code, what you have entered so far and where you are: until you have sent, or until
//                             the tab is closed
//   device  (localStorage)    what is on its way to the server, locked, until the server has it; never an answer that
//                             can be read, never your code
function openStore(find) {
  const memory = {};
  let store = null;
  try { store = find(); store.setItem('team-health', '1'); store.removeItem('team-health'); } catch (_) { store = null; }
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
