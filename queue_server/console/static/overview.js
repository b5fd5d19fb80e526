// The manager's overview: live figures, the alert seen and heard, advice answered with one press, and a plain word when
// the figures are no longer fresh.
import { send, words } from "./api.js";
import { makeChime } from "./chime.js";
import { startClock } from "./clock.js";
import { makeDeviceAlert } from "./device_alert.js";
import { keepLive } from "./live.js";

const NOTES = [[0, 660], [0.3, 880], [0.9, 660], [1.2, 880]];
const element = (id) => document.getElementById(id);
const place = element("live");
const away = element("away");
const ask = element("ask");
const said = words();
const title = document.title;
let alerted = "";
let chime = null;
let busy = false;
const deviceAlert = makeDeviceAlert(element("said"));

const page = keepLive({
  url: "/hall/fragment",
  place,
  onFresh: settle,
  onAway: () => { away.hidden = false; },
  onBack: () => { away.hidden = true; },
});

// A new alert is said, heard if wanted, and stays in the page's title as long as it stands.
function settle() {
  const now = element("risk").dataset.alert ?? "";
  if (now && now !== alerted) {
    element("said").textContent = element("risk").querySelector(".outlook-head").textContent.replace(/\s+/g, " ");
    chime?.ring();
  } else if (!now && alerted) {
    element("said").textContent = said.over;
  }
  alerted = now;
  deviceAlert();
  document.title = now ? `⚠ ${said.alert} · ${title}` : title;
  hold();
}

function hold() {
  for (const button of place.querySelectorAll("[data-advice]")) button.disabled = busy;
}

async function answer(id, verb, reason) {
  if (busy) return;
  busy = true;
  hold();
  const reply = await send(`/advice/${id}/${verb}`, reason ? { reason } : {});
  busy = false;
  element("refused").hidden = reply.ok;
  if (reply.ok) {
    element("said").textContent = said[verb];
  } else {
    element("refused-detail").textContent = reply.detail;
    element("refused-action").textContent = reply.action;
  }
  await page.refresh();
  hold();
}

place.addEventListener("click", (event) => {
  const button = event.target.closest("[data-advice]");
  if (!button) return;
  const { advice, verb, what } = button.dataset;
  if (verb) {
    answer(advice, verb, "");
  } else {
    ask.dataset.advice = advice;
    element("ask-head").textContent = what;
    element("ask-reason").value = "";
    ask.returnValue = "";
    ask.showModal();
  }
});
ask.addEventListener("close", () => {
  if (ask.returnValue) answer(ask.dataset.advice, ask.returnValue, element("ask-reason").value.trim());
});
element("bell").addEventListener("click", () => {
  chime?.close();
  chime = chime ? null : makeChime(NOTES);
  chime?.ring();
  element("bell").setAttribute("aria-pressed", String(Boolean(chime)));
  element("bell").textContent = chime ? said.ringing : said.ring;
});
startClock();
settle();
page.refresh();
