// The clerk's desk: every action on a button and on a key, one at a time, and the desk always as the server sees it.
import { pressKey, send, words } from "./api.js";
import { startClock } from "./clock.js";
import { keepLive } from "./live.js";

const REST_MS = 1500;
const TOAST_MS = 9000;
const KEYS_OFF = "motcua.keys.off";
const WHY = "motcua.why";

const place = document.getElementById("live");
const counter = place.dataset.counter;
const said = words();
const title = document.title;
const element = (id) => document.getElementById(id);
const desk = () => element("desk");

let busy = false;
let resting = false;
let asking = "";
let waitingBefore = Number(desk().dataset.waiting);
let ticketBefore = desk().dataset.ticket;
let toastTimer = null;

const page = keepLive({
  url: `/console/${counter}/fragment`,
  place,
  onFresh: settle,
  onAway: () => {
    element("away").hidden = false;
    document.body.classList.add("is-away");
    settle();
  },
  onBack: () => {
    element("away").hidden = true;
    document.body.classList.remove("is-away");
  },
});

function say(text) {
  element("said").textContent = text;
}

function toast(detail, action) {
  element("toast-detail").textContent = detail;
  element("toast-action").textContent = action;
  element("toast").hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(hideToast, TOAST_MS);
}

function hideToast() {
  element("toast").hidden = true;
}

// What the server does not know: what is in flight, what rests after a press, what is being asked, why the last call was made.
function settle() {
  const now = desk().dataset;
  if (asking && (asking !== now.ticket || now.ticketState !== "called")) asking = "";
  const ask = element("ask");
  const next = element("act-next");
  if (ask) ask.hidden = !asking;
  if (next) next.hidden = Boolean(asking);
  const locked = busy || page.away;
  for (const button of place.querySelectorAll("[data-act], [data-answer]")) {
    if (!("off" in button.dataset)) button.dataset.off = button.disabled ? "1" : "";
    button.disabled = Boolean(button.dataset.off) || locked || (button.dataset.act === "next" && resting);
  }
  const waiting = Number(now.waiting);
  if (next && waitingBefore === 0 && waiting > 0 && !now.ticket) next.classList.add("arrived");
  waitingBefore = waiting;
  // The counter has called by itself: nobody here has pressed anything that would say so.
  if (now.ticket !== ticketBefore && now.ticketState === "called" && !busy && !resting) say(said.called.replace("#", now.number));
  ticketBefore = now.ticket;
  showWhy();
  document.title = now.ticket ? `${now.number} · ${title}` : title;
}

function showWhy() {
  const shown = element("why");
  if (!shown) return;
  const [id, text] = JSON.parse(sessionStorage.getItem(WHY) || '["",""]');
  if (id !== shown.dataset.for) return;
  shown.textContent = text;
  shown.hidden = false;
}

// Sends one thing, or several in order until one is refused; then looks at the desk again.
async function perform(...steps) {
  if (busy || page.away) return null;
  busy = true;
  hideToast();
  settle();
  let reply = null;
  for (const [path, body, key] of steps) {
    reply = await send(path, body, key);
    if (!reply.ok) break;
  }
  if (reply.status === 401) {
    location.assign(`/login?next=${encodeURIComponent(location.pathname)}`);
    return null;
  }
  if (!reply.ok) toast(reply.detail, reply.action);
  busy = false;
  await page.refresh();
  settle();
  return reply;
}

async function next(...before) {
  if (resting || busy) return;
  resting = true;
  asking = "";
  const reply = await perform(...before, [`/counters/${counter}/next`, {}, pressKey()]);
  if (reply?.ok && reply.data?.ticket) {
    sessionStorage.setItem(WHY, JSON.stringify([String(reply.data.ticket.id), reply.data.reason]));
    showWhy();
    say(`${said.called.replace("#", reply.data.ticket.number)} ${reply.data.reason}`);
  } else if (reply?.ok) {
    say(said.nobody);
  }
  setTimeout(() => {
    resting = false;
    settle();
  }, REST_MS);
}

function wantNext() {
  const now = desk().dataset;
  if (now.ticketState !== "called") {
    next();
    return;
  }
  asking = now.ticket;
  settle();
  element("ask-came")?.focus();
}

function answer(kind) {
  const ticket = asking;
  if (!ticket) return;
  asking = "";
  if (kind === "came") next([`/tickets/${ticket}/start`]);
  else if (kind === "missed") next([`/tickets/${ticket}/no-show`]);
  settle();
}

function act(button) {
  const name = button.dataset.act;
  const ticket = desk().dataset.ticket;
  if (button.disabled) return;
  if (button.href) location.assign(button.href);
  else if (button.dataset.dialog) openDialog(button.dataset.dialog);
  else if (name === "next") wantNext();
  else if (name === "open") perform([`/counters/${counter}/open`]);
  else if (name === "resume") perform([`/tickets/${button.dataset.id}/resume`, ticket ? {} : { counter: Number(counter) }]);
  else perform([`/tickets/${ticket}/${name}`]);
}

function openDialog(name) {
  const dialog = element(`dialog-${name}`);
  if (dialog.open) return;
  const form = dialog.querySelector("form");
  if (form.dataset.send) form.reset();
  form.dataset.ticket = desk().dataset.ticket;
  for (const shown of dialog.querySelectorAll("[data-number]")) shown.textContent = desk().dataset.number;
  dialog.showModal();
  (dialog.querySelector("select, input:not([type=checkbox]), .primary") ?? dialog).focus();
}

function request(kind, fields, ticket) {
  const reason = fields.get("reason")?.trim() || null;
  const number = (name) => (fields.get(name) ? Number(fields.get(name)) : null);
  switch (kind) {
    case "pause": return [`/counters/${counter}/pause`, { reason }];
    case "close": return [`/counters/${counter}/close`];
    case "transfer": return [`/tickets/${ticket}/transfer`, { service: fields.get("service") || null, counter: number("counter"), reason }];
    case "continue": return [`/tickets/${ticket}/finish`, { next_service: fields.get("service") }];
    case "priority": return [`/tickets/${ticket}/priority`, { priority: fields.get("priority") || null, reason }];
    default: return [`/tickets/${ticket}/${kind}`, { reason }];
  }
}

document.addEventListener("submit", (event) => {
  const kind = event.target.dataset.send;
  if (!kind) return;
  const service = event.target.elements.service;
  if (kind === "transfer" && !service.value && !event.target.elements.counter.value) {
    event.preventDefault();
    service.setCustomValidity(said.choose);
    service.reportValidity();
    return;
  }
  perform(request(kind, new FormData(event.target), event.target.dataset.ticket));
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  // After a click the focus goes back to the page, so that the space bar means "next" and not the last button again.
  if (event.detail > 0 && place.contains(button)) button.blur();
  if (button.dataset.act) act(button);
  else if (button.dataset.answer) answer(button.dataset.answer);
  else if (button.dataset.open) openDialog(button.dataset.open);
  else if ("close" in button.dataset) button.closest("dialog").close();
  else if (button.dataset.fill) {
    const input = element(button.dataset.fill);
    input.value = button.textContent;
    input.focus();
  } else if (button.id === "toast-close") hideToast();
});

// Enter sends a dialog from a closed list too; browsers leave that to the page.
const knowsOpenLists = CSS.supports("selector(:open)");
document.addEventListener("keydown", (event) => {
  const list = event.target.closest("dialog select");
  if (event.key !== "Enter" || !list || !knowsOpenLists || list.matches(":open")) return;
  event.preventDefault();
  list.form.requestSubmit();
});

document.addEventListener("change", () => element("transfer-service").setCustomValidity(""));

const keysOn = element("keys-on");
keysOn.checked = localStorage.getItem(KEYS_OFF) !== "1";
keysOn.addEventListener("change", () => localStorage.setItem(KEYS_OFF, keysOn.checked ? "" : "1"));

function byKey(event) {
  const shift = event.shiftKey ? "Shift+" : "";
  if (event.code === "Space" && !event.target.closest("button, a, input, select, textarea, [tabindex]:not(main)")) return element("act-next");
  const code = event.code.replace("Numpad", "Digit");
  return place.querySelector(`[data-key="${CSS.escape(shift + code)}"]`);
}

// The key's place counts, not its letter: a Vietnamese keyboard driver may turn letters into tone marks.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (document.querySelector("dialog[open]") || event.target.closest("input:not([type=checkbox]), select, textarea")) return;
  if (event.key === "?") {
    openDialog("keys");
    event.preventDefault();
    return;
  }
  if (asking) {
    const kind = { Digit1: "came", Numpad1: "came", Digit2: "missed", Numpad2: "missed", Escape: "back" }[event.code];
    if (kind && !event.repeat) answer(kind);
    if (kind || event.code === "KeyN") event.preventDefault();
    if (kind || event.code.startsWith("Digit")) return;
  }
  if (event.key === "Escape") hideToast();
  if (!keysOn.checked) return;
  const button = byKey(event);
  if (!button) return;
  event.preventDefault();
  if (!event.repeat && !button.hidden) act(button);
});

startClock();
settle();
// Only now is anybody listening to the buttons.
element("hold").disabled = false;
element("show-keys").disabled = false;
page.refresh();
