// The list of dossiers: it keeps itself true, and says which have come in since it was opened.
import { words } from "./api.js";
import { startClock } from "./clock.js";
import { keepLive } from "./live.js";

const element = (id) => document.getElementById(id);
const place = element("live");
const title = document.title;
const said = words();
const told = new Set();
const newest = Math.max(0, ...rows().map(idOf));

const page = keepLive({
  url: place.dataset.fragment,
  place,
  about: ["dossier"],
  every: 30000,
  holds: isSelecting,
  onFresh: settle,
  onAway: () => { element("away").hidden = false; },
  onBack: () => { element("away").hidden = true; },
});

function rows() {
  return [...place.querySelectorAll("[data-row]")];
}

function idOf(row) {
  return Number(row.dataset.row);
}

// Whoever is copying a code keeps what they have marked.
function isSelecting() {
  const marked = document.getSelection();
  return Boolean(marked) && !marked.isCollapsed && place.contains(marked.anchorNode);
}

// New ones are marked, counted in the page's title, and said once.
function settle() {
  const fresh = rows().filter((row) => idOf(row) > newest);
  for (const row of fresh) {
    row.classList.add("is-new");
    row.querySelector(".new-mark").hidden = false;
  }
  const unsaid = fresh.filter((row) => !told.has(idOf(row)));
  for (const row of unsaid) told.add(idOf(row));
  document.title = told.size ? `(${told.size}) ${title}` : title;
  if (!unsaid.length) return;
  const codes = unsaid.map((row) => row.dataset.code).join(", ");
  element("said").textContent = (unsaid.length > 1 ? said.more : said.one).replace("#", codes);
}

startClock();
page.refresh();
