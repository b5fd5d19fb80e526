// A call for help from a kiosk, on whichever page is open: seen, said, and rung until somebody is on the way.
import { send } from "./api.js";
import { makeChime } from "./chime.js";
import { tick } from "./clock.js";
import { keepLive } from "./live.js";

const NOTES = [[0, 988], [0.25, 784], [0.5, 988]];
const RING_EVERY_MS = 6000;
const place = document.getElementById("help-calls");
const said = JSON.parse(document.getElementById("help-words").textContent);
const known = new Set();
let chime = null;
let ringing = null;

const page = keepLive({ url: "/help/fragment", place, about: ["help"], onFresh: settle });

function settle() {
  const open = [...place.querySelectorAll("[data-open]")];
  const fresh = open.filter((call) => !known.has(call.dataset.call));
  for (const call of fresh) known.add(call.dataset.call);
  if (fresh.length) tell(fresh.map((call) => said.call.replace("#", call.dataset.device)).join(" "));
  if (fresh.length) chime?.ring();
  if (open.length && !ringing) ringing = setInterval(() => chime?.ring(), RING_EVERY_MS);
  if (!open.length) {
    clearInterval(ringing);
    ringing = null;
  }
}

function tell(text) {
  document.getElementById("help-said").textContent = text;
}

// A browser lets a page sound only after a touch: the first one, whatever it was for, is enough.
function touched() {
  if (chime) return;
  chime = makeChime(NOTES);
  if (place.querySelector("[data-open]")) chime.ring();
}

document.addEventListener("pointerdown", touched);
document.addEventListener("keydown", touched);

place.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-help]");
  if (!button || button.disabled) return;
  button.disabled = true;
  const reply = await send(`/help/${button.dataset.help}/answer`);
  if (!reply.ok) {
    tell(reply.detail ? `${reply.detail} ${reply.action}` : said.refused);
    button.disabled = false;
  }
  await page.refresh();
});

setInterval(tick, 1000);
page.refresh();
