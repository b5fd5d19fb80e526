// A ticket on its holder's phone: live, calls out when wanted, takes the rating once.
import { send, words } from "./api.js";
import { makeChime } from "./chime.js";
import { keepLive } from "./live.js";

const POLL_MS = 5000;
const NOTES = [[0, 784], [0.35, 659], [0.9, 784], [1.25, 659]];
const element = (id) => document.getElementById(id);
const said = words();
const token = location.pathname.split("/").pop();
let sound = null;
let lastNews = element("news").textContent;
let lastCall = element("slip").dataset.state === "called" ? element("slip").dataset.called : "";

const page = keepLive({
  url: `${location.pathname}/fragment`,
  place: element("live"),
  every: POLL_MS,
  onFresh: settle,
  onAway: () => { element("away").hidden = false; },
  onBack: () => { element("away").hidden = true; },
});

function settle() {
  const slip = element("slip").dataset;
  document.title = slip.title;
  element("remind").hidden = slip.state !== "waiting";
  const news = element("news").textContent;
  if (news !== lastNews) element("said").textContent = news.replace(/\s+/g, " ");
  lastNews = news;
  const call = slip.state === "called" ? slip.called : "";
  if (call && call !== lastCall) ring();
  lastCall = call || lastCall;
}

// A browser lets a page sound or vibrate only after a touch: the button is that touch.
function ring() {
  if (!sound) return;
  navigator.vibrate?.([400, 200, 400, 200, 800]);
  sound.ring();
}

element("remind").addEventListener("click", () => {
  const button = element("remind");
  const on = !sound;
  sound?.close();
  sound = on ? makeChime(NOTES) : null;
  navigator.vibrate?.(on ? 60 : 0);
  navigator.wakeLock?.request("screen").catch(() => {});
  button.setAttribute("aria-pressed", String(on));
  button.textContent = on ? said.reminding : said.remind;
});

document.addEventListener("click", async (event) => {
  const level = event.target.closest("[data-score]");
  if (!level || level.disabled) return;
  const levels = [...document.querySelectorAll("[data-score]")];
  for (const each of levels) each.disabled = true;
  level.classList.add("chosen");
  const reply = await send(`/track/${token}/rate`, { score: level.dataset.score });
  element("problem").hidden = reply.ok;
  if (!reply.ok) {
    element("problem").textContent = `${reply.detail} ${reply.action}`;
    level.classList.remove("chosen");
    for (const each of levels) each.disabled = false;
  }
  page.refresh();
});

settle();
page.refresh();
