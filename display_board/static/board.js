// Puts the board together: data from the feed, drawn by the screen, called by the caller.
//
// For tests and technicians: window.__board tells the state (spoken: the last 200 calls with id, number, texts, start
// and end in ms, outcome "spoken", "chime-only" or "silent"), and the document gets the events board:speaking and
// board:spoken. The body's data-connection is connecting, live or stale; data-sound unknown, on or blocked; data-voice
// ok or unavailable. #hero, .row, .counter and .queue carry data-number, data-counter, data-state, data-code.

import { Caller } from "./caller.js";
import { Clock } from "./clock.js";
import { Feed } from "./feed.js";
import { Health } from "./health.js";
import { Screen } from "./screen.js";
import { Speaker } from "./sound.js";

const RELOAD_PAUSE_MS = 60000;
const VERSION_MS = 600000;

const settings = JSON.parse(document.getElementById("settings").textContent);
const { body } = document;
const clock = new Clock(settings.languages);
const screen = new Screen(settings, clock);

const health = new Health(settings, body);

const speaker = new Speaker((state) => {
  body.dataset.sound = state;
  health.changed();
  document.getElementById("sound").hidden = state !== "blocked";
});

const caller = new Caller({
  speaker,
  languages: settings.languages,
  repeat: settings.repeat,
  now: () => clock.now(),
  onChange: () => {
    if (!screen.reply) return;
    screen.drawHero(caller);
    screen.drawRecent(caller);
  },
  onVoice: (works) => {
    body.dataset.voice = works ? "ok" : "unavailable";
    health.changed();
    document.getElementById("voice").hidden = works;
  },
});

const feed = new Feed(settings.api, {
  onReply: (reply) => {
    clock.set(reply.now, reply.hall.timezone);
    caller.take(reply.announcements);
    screen.draw(reply, caller);
  },
  onState: (state) => {
    body.dataset.connection = state;
    const banner = document.getElementById("stale");
    banner.hidden = state !== "stale";
    if (state === "stale") banner.textContent = screen.sayAll("stale", { time: clock.time(Date.parse(screen.reply.now)) });
    screen.refit(); // the banner takes a line of its own
  },
  onReturn: () => renew(),
});

/** After an update of the server take its new page: between two calls, and never twice in a minute. */
async function renew() {
  try {
    const answer = await fetch("version", { cache: "no-store", signal: AbortSignal.timeout(5000) });
    if (!answer.ok || (await answer.text()) === settings.version || !caller.idle) return;
    if (Date.now() - Number(sessionStorage.getItem("board.renewed")) < RELOAD_PAUSE_MS) return;
    sessionStorage.setItem("board.renewed", String(Date.now()));
    location.reload();
  } catch {
    // The next round asks again.
  }
}

setInterval(renew, VERSION_MS);
window.__board = {
  get spoken() { return caller.log; },
  get waiting() { return caller.line.length; },
  get speaking() { return caller.speaking; },
  get seen() { return caller.seen?.size ?? 0; },
  get connection() { return feed.state; },
  version: settings.version,
};
// Whether sound is allowed is known only then.
speaker.probe().finally(() => health.start());
feed.start();
