// How the board is, said to the server each minute and at once when it changes; only by a browser that is signed in as
// a board, so that the technician sees a dark or a mute one. A report that gets lost is made good by the next.

const EVERY_MS = 60000;
const TIMEOUT_MS = 6000;
const PART = "board";
// So that the server can tell two boards with one token from one that was opened anew.
const RUN = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export class Health {
  /** `settings.csrf`: null where nobody is signed in, and nothing is ever reported. `body.dataset` tells the state. */
  constructor(settings, body) {
    Object.assign(this, { settings, body });
    this.said = null;
    this.started = false;
  }

  get state() {
    if (this.body.dataset.sound === "blocked") return "sound-blocked";
    return this.body.dataset.voice === "unavailable" ? "voice-unavailable" : "ready";
  }

  start() {
    if (!this.settings.csrf || this.started) return;
    this.started = true;
    this.report();
    setInterval(() => this.report(), EVERY_MS);
  }

  changed() {
    if (this.started && this.state !== this.said) this.report();
  }

  async report() {
    const { state } = this;
    this.said = state;
    try {
      const answer = await fetch(`${this.settings.api}/devices/report`, {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json", [this.settings.csrf_header]: this.settings.csrf },
        body: JSON.stringify({ parts: [{ part: PART, kind: "board", state }], run: RUN }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!answer.ok) console.warn(`board: the report was answered ${answer.status}`);
    } catch (error) {
      console.warn("board: could not report:", String(error));
    }
  }
}
