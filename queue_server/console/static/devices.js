// The devices' page: live, a new alert said and kept in the title, and a plain word when it is no longer fresh.
import { words } from "./api.js";
import { startClock } from "./clock.js";
import { makeDeviceAlert } from "./device_alert.js";
import { keepLive } from "./live.js";

const element = (id) => document.getElementById(id);
const away = element("away");
const title = document.title;
// What works is folded away where there is little room, until the reader unfolds it; that choice outlives a refresh.
const narrow = matchMedia("(max-width: 640px)");
const chosen = new Map();
const isAlerted = makeDeviceAlert(element("said"));
const page = keepLive({
  url: `/devices/fragment${location.search}`,
  place: element("live"),
  onFresh: settle,
  onAway: () => { away.hidden = false; },
  onBack: () => { away.hidden = true; },
});

function fold() {
  for (const group of document.querySelectorAll("[data-fold]")) {
    group.open = chosen.get(group.dataset.fold) ?? !narrow.matches;
  }
}

element("live").addEventListener("click", ({ target }) => {
  const group = target.closest("summary")?.parentElement;
  if (group) chosen.set(group.dataset.fold, !group.open);
});
narrow.addEventListener("change", fold);

function settle() {
  fold();
  document.title = isAlerted() ? `⚠ ${words().alert} · ${title}` : title;
}

startClock();
settle();
page.refresh();
