// Where the board's data comes from: a slow poll that is always right, and nudges that make it quick.
// A nudge may be lost and nothing is replayed; what an answer says is the whole truth.

const SLOW_MS = 5000; // between polls while nudges can arrive
const DEAF_MS = 2000; // between polls while they cannot
const NUDGE_MS = 50; // nudges that come together are answered by one poll
const TIMEOUT_MS = 6000;
const STALE_MS = 15000;
const RETRY_MS = [500, 1000, 2000, 4000, 8000];

export class Feed {
  /** `onReply(reply)` gets each good answer, `onState("connecting"|"live"|"stale")` each change, `onReturn()` is
   * called when the server answers again after it had not. */
  constructor(api, { onReply, onState, onReturn }) {
    this.api = api;
    this.on = { onReply, onState, onReturn };
    this.state = "connecting";
    this.failures = 0;
    this.lastGood = null;
    this.timer = 0;
    this.due = Infinity;
    this.busy = false;
    this.again = false;
    this.sourceFailures = 0;
  }

  start() {
    this.listen();
    this.schedule(0);
    setInterval(() => this.judge(), 500);
    addEventListener("online", () => this.schedule(0));
    document.addEventListener("visibilitychange", () => document.hidden || this.schedule(0));
  }

  // --- polls ---------------------------------------------------------------------------------------------------

  /** Poll in `delay` ms, or sooner if that is already planned. */
  schedule(delay) {
    if (this.busy) {
      this.again = this.again || delay <= NUDGE_MS;
      return;
    }
    const due = performance.now() + delay;
    if (due >= this.due) return;
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => this.poll(), delay);
  }

  async poll() {
    this.due = Infinity;
    this.busy = true;
    this.again = false;
    const control = new AbortController();
    const alarm = setTimeout(() => control.abort(), TIMEOUT_MS);
    let reply = null;
    try {
      const answer = await fetch(`${this.api}/board`, { cache: "no-store", signal: control.signal });
      if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
      reply = await answer.json();
      if (!Array.isArray(reply?.announcements) || !Array.isArray(reply?.calls)) throw new Error("not a board");
    } catch (error) {
      reply = null;
      if (this.failures === 0) console.warn("board: no good answer:", String(error));
    } finally {
      clearTimeout(alarm);
    }
    if (reply) this.succeed(reply);
    else this.failures += 1;
    this.busy = false;
    this.schedule(this.pause());
  }

  succeed(reply) {
    const returned = this.failures > 0 && this.lastGood !== null;
    this.failures = 0;
    this.lastGood = performance.now();
    try {
      this.on.onReply(reply);
    } catch (error) {
      console.error("board: could not show the answer:", error); // the next one may be better: never stop
    }
    this.judge();
    if (returned) {
      this.listen(); // the old stream may hang half open
      this.on.onReturn();
    }
  }

  pause() {
    if (this.failures > 0) {
      const base = RETRY_MS[Math.min(this.failures, RETRY_MS.length) - 1];
      return base * (0.75 + Math.random() / 2); // a hall's boards must not all come back in the same moment
    }
    if (this.again) return NUDGE_MS;
    return this.source?.readyState === EventSource.OPEN ? SLOW_MS : DEAF_MS;
  }

  /** Is what is shown still true? Asked by the clock, for silence brings no event. */
  judge() {
    let state = "connecting";
    if (this.lastGood !== null) state = performance.now() - this.lastGood > STALE_MS ? "stale" : "live";
    if (state === this.state) return;
    this.state = state;
    this.on.onState(state);
  }

  // --- nudges --------------------------------------------------------------------------------------------------

  listen() {
    clearTimeout(this.listenTimer);
    this.source?.close();
    const source = new EventSource(`${this.api}/events`);
    this.source = source;
    source.onopen = () => {
      this.sourceFailures = 0;
      this.schedule(0); // what changed while nobody listened
    };
    source.onmessage = () => this.schedule(NUDGE_MS);
    source.onerror = () => {
      // A broken line the browser mends itself; after an error status it gives up, and we must begin again.
      if (source.readyState !== EventSource.CLOSED || source !== this.source) return;
      const delay = RETRY_MS[Math.min(this.sourceFailures, RETRY_MS.length - 1)];
      this.sourceFailures += 1;
      this.listenTimer = setTimeout(() => this.listen(), delay * (0.75 + Math.random() / 2));
    };
  }
}
