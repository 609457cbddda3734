// kiosk.js: on a device that many people share, the page looks after whoever walks away. It asks after a while
// without a touch or a key, counts down, and wipes itself.
const IDLE = 90, WARNING = 20, PATIENT = 300;               // seconds; the last while answers have not arrived yet
const RETRY = 15;

// `page` tells and does: begun() whether there is anything to wipe, waiting() whether answers are on their way,
// ask() and count(seconds) before the end, wipe(), and retry() now and then while waiting. -> a function to call when
// somebody has shown that they are still here.
export function guard(page) {
  let last = Date.now(), tried = last, asking = false;
  const stir = () => { if (!asking) last = Date.now(); };
  for (const kind of ['mousedown', 'mousemove', 'touchstart', 'keydown', 'input', 'scroll']) {
    document.addEventListener(kind, stir, { capture: true, passive: true });
  }
  const awake = () => { asking = false; last = Date.now(); };
  setInterval(() => {
    const now = Date.now(), left = Math.ceil((last - now) / 1000) + (page.waiting() ? PATIENT : IDLE) + WARNING;
    if (!page.begun()) { awake(); return; }
    if (page.waiting() && now - tried >= 1000 * RETRY) { tried = now; page.retry(); }
    if (left <= 0) { awake(); page.wipe(); return; }
    if (left > WARNING) return;
    if (!asking) { asking = true; page.ask(); }
    page.count(left);
  }, 500);
  return awake;
}
