// Keeps a part of a page true: refetched when the server nudges, now and then without, and again after it was away.
import { serverTime, tick } from "./clock.js";

const NUDGES = "/api/v1/events";
const SETTLE_MS = 120;
const TIMEOUT_MS = 8000;
const HOLD_MS = 60000;
const HELD_MS = 1000;
const PRESS_MS = 1500;

// One line for all live parts of a page: a browser allows only six to one server.
const followers = new Set();
let nudges = null;

function tell(kind) {
  for (const each of followers) if (!kind || !each.about || each.about.includes(kind)) each.nudged();
}

function kindOf(data) {
  try {
    return JSON.parse(data).changed ?? "";
  } catch {
    return "";
  }
}

function listen() {
  if (document.hidden || !window.EventSource) return;
  if (nudges && nudges.readyState !== EventSource.CLOSED) return;
  nudges = new EventSource(NUDGES);
  // What changed before the line stood was not nudged: look once more.
  nudges.onopen = () => tell("");
  nudges.onmessage = ({ data }) => tell(kindOf(data));
  nudges.onerror = () => {
    if (nudges.readyState !== EventSource.CLOSED) tell("");
  };
}

// While a button is pressed nothing is replaced: a click counts only where press and release meet the same element.
let pressed = Promise.resolve();
let release = () => {};

document.addEventListener("pointerdown", () => {
  release();
  pressed = new Promise((done) => { release = done; });
  // The end of a press outside the window is seen by nobody.
  setTimeout(release, PRESS_MS);
}, true);
// The click itself follows the release.
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => setTimeout(release), true);

// Another press may have begun while the first was waited for.
async function released() {
  for (let waited = null; waited !== pressed;) {
    waited = pressed;
    await waited;
  }
}

// `about`: the kinds of nudges that concern this part; without it, all do. `holds`: whether the reader is at something that
// a change would take away; then it waits, for a minute at most.
export function keepLive({ url, place, about, holds = () => false, every = 10000, retry = 2000, onFresh = () => {}, onAway = () => {}, onBack = () => {}, onGone }) {
  let away = false;
  let timer = null;
  let running = null;
  let again = false;
  let seen = null;
  let leaving = false;
  let heldSince = 0;

  function plan(delay) {
    clearTimeout(timer);
    timer = setTimeout(refresh, delay);
  }

  // A nudge during a fetch may speak of something the fetch has not seen: fetch again after it.
  function nudged() {
    if (running) again = true;
    else plan(SETTLE_MS);
  }

  function lost() {
    if (!away) {
      away = true;
      onAway();
    }
    plan(retry);
  }

  async function load() {
    let answer;
    let text;
    try {
      answer = await fetch(url, { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS) });
      text = await answer.text();
    } catch {
      return lost();
    }
    // Whoever signs out is on the way to the door already: showing it from here would name this page as the way back.
    if (answer.status === 401 && leaving) return plan(retry);
    if (answer.status === 401) {
      const door = document.body.dataset.door || "/login";
      location.assign(`${door}?next=${encodeURIComponent(location.pathname)}`);
      return undefined;
    }
    if (answer.status >= 500 || answer.status === 429) return lost();
    if (!answer.ok) {
      if (onGone) return onGone();
      location.reload();
      return undefined;
    }
    serverTime(Number(answer.headers.get("X-Server-Time")));
    const fresh = text !== seen;
    const back = away;
    away = false;
    if (fresh && holds()) {
      heldSince ||= Date.now();
      if (Date.now() - heldSince < HOLD_MS) {
        if (back) onBack();
        return plan(HELD_MS);
      }
    }
    heldSince = 0;
    if (fresh) await released();
    seen = text;
    if (fresh) show(place, text);
    tick();
    listen();
    if (back) onBack();
    if (fresh || back) onFresh();
    return plan(every);
  }

  async function run() {
    do {
      again = false;
      await load();
    } while (again);
  }

  // Settles when the place shows what the server knew after the asking.
  function refresh() {
    if (running) again = true;
    else running = run().finally(() => { running = null; });
    return running;
  }

  // A hidden page holds no line open: a browser allows only six to one server, and a phone has a battery.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      nudges?.close();
    } else {
      listen();
      refresh();
    }
  });
  document.addEventListener("submit", (event) => { leaving = event.target.method !== "dialog"; });
  window.addEventListener("pageshow", (event) => {
    leaving = false;
    if (event.persisted) refresh();
  });
  window.addEventListener("online", () => refresh());
  followers.add({ about, nudged });
  listen();
  return { refresh, get away() { return away; } };
}

// Replaces the part, but leaves the reader where they were: the focused control and each list's position.
function show(place, text) {
  const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
  const kept = new Map([...place.querySelectorAll("[data-keep]")].map((list) => [list.dataset.keep, list.scrollTop]));
  const parsed = new DOMParser().parseFromString(text, "text/html");
  place.replaceChildren(...parsed.body.childNodes);
  for (const list of place.querySelectorAll("[data-keep]")) list.scrollTop = kept.get(list.dataset.keep) ?? 0;
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}
