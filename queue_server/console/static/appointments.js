// Booking with one press on a free time, and giving a place back.
import { send } from "./api.js";
import { startClock } from "./clock.js";
import { keepLive } from "./live.js";

const element = (id) => document.getElementById(id);
const ask = element("ask");
const question = element("ask-head").textContent;
const service = element("service");
let busy = false;

async function perform(path, body, onward) {
  if (busy) return;
  busy = true;
  element("refused").hidden = true;
  const reply = await send(path, body);
  busy = false;
  if (reply.ok) {
    location.assign(onward(reply.data));
    return;
  }
  element("refused-detail").textContent = reply.detail;
  element("refused-action").textContent = reply.action;
  element("refused").hidden = false;
  element("refused").focus();
}

// The times and the list keep themselves true; what is chosen in the form stays. The dialog stands outside of both.
for (const part of ["free", "live"]) {
  const page = keepLive({
    url: element(part).dataset.fragment,
    place: element(part),
    about: ["appointment"],
    every: 30000,
    onAway: () => { element("away").hidden = false; },
    onBack: () => { element("away").hidden = true; },
  });
  page.refresh();
}
startClock();

// Choosing another day shows its times; the button does it without a script or with an old browser.
element("day").addEventListener("change", () => { if (element("day").reportValidity()) location.assign(here()); });

function here() {
  return `/appointments?${new URLSearchParams({ service: service.value, day: element("day").value })}`;
}

document.addEventListener("click", ({ target }) => {
  const slot = target.closest("[data-at]");
  const cancel = target.closest("[data-cancel]");
  if (slot && service.reportValidity()) {
    perform("/appointments", { service: service.value, at: slot.dataset.at }, (booked) => `/appointments/${booked.id}`);
  }
  if (cancel) {
    ask.dataset.ident = cancel.dataset.cancel;
    element("ask-head").textContent = question.replace("#", cancel.dataset.code);
    ask.returnValue = "";
    ask.showModal();
  }
});
ask.addEventListener("close", () => {
  if (ask.returnValue === "do") perform(`/appointments/${ask.dataset.ident}/cancel`, {}, here);
});
