// screens.js: which part of the page is seen, and the few words that differ from person to person.
const LANGUAGE = document.documentElement.lang;
const SVG = 'http://www.w3.org/2000/svg';
const LOCALE = LANGUAGE === 'ar' ? 'ar-u-nu-latn' : LANGUAGE === 'en' ? 'en-GB' : LANGUAGE;     // digits 0-9 everywhere
const TIMES = {
  day: { day: 'numeric', month: 'long' },
  moment: { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hour12: false },
};
const each = (selector, what) => { for (const one of document.querySelectorAll(selector)) what(one); };
const suffix = document.title;

export const STEPS = Array.from(document.querySelectorAll('.ask')).map((screen) => screen.id.slice(2));

// Shows one screen and hides all others. Its heading gets the focus, so that a screen reader begins there.
export function show(name) {
  const before = document.querySelector('.screen:not([hidden])'), now = document.getElementById('s-' + name);
  each('.screen', (screen) => { screen.hidden = screen !== now; });
  each('.foot', (foot) => { foot.hidden = !now.classList.contains('with-foot'); });
  const heading = now.querySelector('h1');
  document.title = heading.innerText.trim() + ' – ' + suffix;
  window.scrollTo(0, 0);
  if (before !== now && before.id !== 's-wait') heading.focus();
}

export const shown = () => document.querySelector('.screen:not([hidden])').id.slice(2);

export const fill = (name, value) => each('[data-fill="' + name + '"]', (place) => { place.textContent = value; });

// Of several wordings that lie ready (data-why, data-kept), shows the one that is true now.
export function choose(kind, value) {
  each('[data-' + kind + ']', (words) => { words.hidden = words.getAttribute('data-' + kind).split(' ').indexOf(value) < 0; });
}

export const reveal = (id, yes) => { document.getElementById(id).hidden = !yes; };

// Closing times in the reader's own time zone.
export function tellTimes() {
  each('time[data-time]', (time) => {
    time.textContent = new Date(time.getAttribute('datetime')).toLocaleString(LOCALE, TIMES[time.dataset.time]);
  });
}

// The list of all groups, which may be long.
export function drawGroups(groups) {
  const rows = document.createDocumentFragment(), table = document.getElementById('groups');
  for (const group of groups) {
    const row = document.createElement('tr'), name = document.createElement('th'), label = document.createElement('bdi');
    label.textContent = group.label;
    name.scope = 'row';
    name.appendChild(label);
    row.appendChild(name);
    for (const number of [group.size, group.spare]) row.appendChild(document.createElement('td')).textContent = number;
    rows.appendChild(row);
  }
  table.textContent = '';
  table.appendChild(rows);
}

// As many dots as there are people in the group, all alike: you are one of them. Large groups have none.
export function drawDots(people) {
  const dots = document.getElementById('dots'), gap = 26;
  each('#dots circle', (dot) => { dots.removeChild(dot); });
  if (people > 12) { dots.setAttribute('hidden', ''); return; }
  dots.setAttribute('width', people * gap);
  dots.setAttribute('height', 24);
  dots.querySelector('line').setAttribute('x2', people * gap - 12);
  for (let i = 0; i < people; i++) {
    const dot = document.createElementNS(SVG, 'circle');
    dot.setAttribute('cx', 13 + i * gap);
    dot.setAttribute('cy', 12);
    dot.setAttribute('r', 6.5);
    dots.appendChild(dot);
  }
  dots.removeAttribute('hidden');
}
