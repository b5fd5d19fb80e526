// One dossier: what may be done is on its buttons, ticks outlive a refresh, and who comes second is told so.
import { send, words } from "./api.js";
import { keepLive } from "./live.js";
import { startClock } from "./clock.js";
import { makeDigitising } from "./digitise.js";

const element = (id) => document.getElementById(id);
const place = element("live");
const ident = place.dataset.dossier;
const ask = element("ask");
const said = words();
const ticks = new Map();
const digitising = makeDigitising({
  ident,
  place,
  chooser: element("scan-file"),
  said: element("said"),
  alarm: element("alarm"),
  done: () => page.refresh(),
});
let busy = false;
let seen = element("dossier").dataset.events;

const page = keepLive({
  url: `/dossiers/${ident}/fragment`,
  place,
  about: ["dossier"],
  every: 30000,
  onFresh: settle,
  onAway: () => { element("away").hidden = false; },
  onBack: () => { element("away").hidden = true; },
});

function settle() {
  for (const box of boxes()) {
    if (ticks.has(box.dataset.paper)) box.checked = ticks.get(box.dataset.paper);
  }
  const now = element("dossier").dataset.events;
  if (now !== seen && !busy) refuse(said.changed, "");
  seen = now;
  digitising.show();
  hold();
}

function boxes() {
  return [...place.querySelectorAll("[data-paper]")];
}

function hold() {
  for (const button of place.querySelectorAll("[data-act]")) button.disabled = busy;
}

function refuse(detail, action) {
  element("refused-detail").textContent = detail;
  element("refused-action").textContent = action;
  element("refused").hidden = false;
}

async function perform(act, name, more = {}) {
  if (busy) return;
  busy = true;
  element("refused").hidden = true;
  hold();
  const papers = act === "received" ? boxes().filter((box) => box.checked).map((box) => box.dataset.paper) : [];
  const reply = await send(`/dossiers/${ident}/act`, { act, papers, after: Number(seen), ...more });
  if (reply.status === 401) {
    location.assign(`/login?next=${encodeURIComponent(location.pathname)}`);
    return;
  }
  await page.refresh();
  busy = false;
  hold();
  if (reply.ok) {
    element("said").textContent = said.done.replace("#", name);
  } else {
    refuse(reply.code === "papers-not-checked" ? named(reply.detail) : reply.detail, reply.action);
    element("refused").focus();
  }
}

// The server names papers by their codes; a clerk knows them by their names.
function named(text) {
  return boxes().reduce((told, box) => told.replaceAll(box.dataset.paper, nameOf(box)), text);
}

function nameOf(box) {
  return box.closest("label").querySelector(".paper-name").textContent;
}

function open(button) {
  const { act } = button.dataset;
  const wants = { reason: "reason" in button.dataset, due: "due" in button.dataset };
  ask.dataset.act = act;
  element("ask-head").textContent = element("ask-do").textContent = button.textContent.replace("…", "");
  element("ask-do").classList.toggle("danger", button.classList.contains("danger"));
  element("ask-note").textContent = said.notes[act] ?? "";
  element("ask-reason-field").hidden = !wants.reason;
  element("ask-due-field").hidden = !wants.due;
  element("ask-reason").required = wants.reason;
  element("ask-due").required = wants.due;
  element("ask-due").min = button.dataset.due ?? "";
  element("ask-due").value = "";
  element("ask-reason").value = "";
  const missing = act === "supplement-requested" ? boxes().filter((box) => !box.checked) : [];
  element("ask-chips").hidden = !missing.length;
  element("ask-chips").replaceChildren(...missing.map(chip));
  ask.returnValue = "";
  ask.showModal();
  element(wants.due ? "ask-due" : wants.reason ? "ask-reason" : "ask-do").focus();
}

function chip(box) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "chip";
  button.textContent = nameOf(box);
  button.addEventListener("click", () => {
    const reason = element("ask-reason");
    reason.value = `${reason.value} ${said.missing.replace("#", button.textContent)}`.trim().slice(0, reason.maxLength);
    reason.focus();
  });
  return button;
}

place.addEventListener("change", ({ target }) => {
  if (target.dataset.paper) ticks.set(target.dataset.paper, target.checked);
});
place.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button || button.disabled) return;
  if (button.id === "tick-all") {
    for (const box of boxes()) {
      box.checked = true;
      ticks.set(box.dataset.paper, true);
    }
  } else if ("ask" in button.dataset) open(button);
  else if (button.dataset.act) perform(button.dataset.act, button.textContent);
});
// A picture that cannot be shown, as of a PDF that is no scan: the whole paper is one press away.
place.addEventListener("error", ({ target }) => {
  if (target.tagName === "IMG") target.closest("a").hidden = true;
}, true);
ask.addEventListener("close", () => {
  if (ask.returnValue !== "do") return;
  const more = {};
  if (element("ask-reason").required) more.reason = element("ask-reason").value.trim() || null;
  if (element("ask-due").required) more.new_due = element("ask-due").value || null;
  perform(ask.dataset.act, element("ask-head").textContent, more);
});

startClock();
page.refresh();
