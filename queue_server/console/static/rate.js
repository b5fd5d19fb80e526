// The rating screen of a counter: idle, the question for the one just served, thanks, and idle again.
import { send } from "./api.js";
import { keepLive } from "./live.js";

const POLL_MS = 5000;
const ASK_MS = 60000;
const THANKS_MS = 4000;
const element = (id) => document.getElementById(id);
const place = element("live");

let asked = "";
let done = "";
let thanking = false;
let sending = false;
let askTimer = null;

document.body.dataset.door = "/device";
const page = keepLive({
  url: `/rate/${place.dataset.counter}/fragment`,
  place,
  every: POLL_MS,
  onFresh: settle,
  onAway: () => { element("away").hidden = false; },
  onBack: () => { element("away").hidden = true; },
});

function settle() {
  const ticket = element("rate").dataset.ticket;
  const ask = Boolean(ticket) && ticket !== done;
  if (ask && ticket !== asked) {
    asked = ticket;
    element("problem").hidden = true;
    clearTimeout(askTimer);
    askTimer = setTimeout(() => {
      done = ticket;
      element("problem").hidden = true;
      settle();
    }, ASK_MS);
  }
  place.hidden = thanking;
  element("thanks").hidden = !thanking;
  element("idle").hidden = ask;
  if (element("ask")) element("ask").hidden = !ask;
  for (const level of document.querySelectorAll("[data-score]")) level.disabled = sending;
}

document.addEventListener("click", async (event) => {
  const level = event.target.closest("[data-score]");
  if (!level || sending) return;
  const ticket = element("rate").dataset.ticket;
  sending = true;
  level.classList.add("chosen");
  settle();
  const reply = await send(`/tickets/${ticket}/rate`, { score: level.dataset.score });
  sending = false;
  level.classList.remove("chosen");
  element("problem").hidden = reply.ok;
  if (reply.ok) {
    done = ticket;
    thanking = true;
    clearTimeout(askTimer);
    setTimeout(() => {
      thanking = false;
      settle();
    }, THANKS_MS);
  } else {
    element("problem").textContent = `${reply.detail} ${reply.action}`;
  }
  settle();
  page.refresh();
});

settle();
page.refresh();
