// Draws the charts of a page, each once its reader opens it or comes near it.
//
// Every chart stands beside a table with the same numbers; nobody needs the chart to read the page.
// A figure is plain data in its own <script type="application/json">, or, where it is large, at the address
// in data-figure. A colour in it is the name of
// one of the page's own properties ("--team"); what that is worth, light or dark, is put in here.
// Plotly is large, so it is fetched with the first chart. Its style sheet comes as a file:
// this page allows no inline style, and Plotly leaves a sheet of that id and class alone.

const dark = matchMedia("(prefers-color-scheme: dark)");
const config = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false };
let plotly = null;

function load(box) {
  if (!plotly) {
    plotly = Promise.all([
      add("link", { rel: "stylesheet", id: "plotly.js-style-global", className: "no-inline-styles", href: box.dataset.style }),
      add("script", { src: box.dataset.script }),
    ]).then(() => window.Plotly);
  }
  return plotly;
}

function add(kind, given) {
  return new Promise((done, failed) => {
    const element = Object.assign(document.createElement(kind), given);
    element.addEventListener("load", done);
    element.addEventListener("error", failed);
    document.head.append(element);
  });
}

// The same data with every "--name" replaced by the property's value.
function coloured(value, styles) {
  if (typeof value === "string") return value.startsWith("--") ? styles.getPropertyValue(value).trim() : value;
  if (Array.isArray(value)) return value.map((one) => coloured(one, styles));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, coloured(one, styles)]));
  }
  return value;
}

async function figureOf(box) {
  if (!box.dataset.figure) return JSON.parse(box.querySelector("script").textContent);
  const answer = await fetch(box.dataset.figure);
  if (!answer.ok) throw new Error(`figure: ${answer.status}`);
  return answer.json();
}

async function draw(box) {
  const plot = box.querySelector(".plot");
  try {
    const figure = await figureOf(box);
    plot.style.height = `${figure.layout.height}px`;
    const { data, layout } = coloured(figure, getComputedStyle(document.documentElement));
    const drawing = await load(box);
    if (!box.dataset.drawn) plot.replaceChildren(); // what kept the place
    await drawing.react(plot, data, layout, config);
    box.dataset.drawn = "yes";
  } catch {
    plot.style.height = "";
    box.querySelector(".no-chart").hidden = false;
  }
}

const near = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    draw(target);
  }
}, { rootMargin: "300px" });

// A chart in a fold that is shut has no size, so it is not near before the fold is opened.
for (const box of document.querySelectorAll(".chart")) near.observe(box);

dark.addEventListener("change", () => {
  for (const box of document.querySelectorAll(".chart[data-drawn]")) draw(box);
});
