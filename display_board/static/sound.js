// The loudspeaker: plays one sound at a time to its end, and knows when the browser forbids sound.

const FETCH_MS = 12000;
const RETRY_MS = 700;
const PROBE_AGAIN_MS = 5000;
const GRACE_MS = 4000; // over a sound's own length: after that the audio device is taken for lost

/** Fetch a sound; one retry. Gives {url, text}, or null if there is none. Whoever asked calls release(). */
export async function load(path) {
  for (const last of [false, true]) {
    const control = new AbortController();
    const alarm = setTimeout(() => control.abort(), FETCH_MS);
    try {
      const answer = await fetch(path, { cache: "no-store", signal: control.signal });
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
      const text = decodeURIComponent(answer.headers.get("X-Spoken-Text") ?? "");
      return { url: URL.createObjectURL(await answer.blob()), text };
    } catch (error) {
      if (last) console.warn("board: no sound:", String(error));
    } finally {
      clearTimeout(alarm);
    }
    if (!last) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
  return null;
}

export function release(sound) {
  if (sound) URL.revokeObjectURL(sound.url);
}

export class Speaker {
  /** `onState("on"|"blocked")` is told when sound is allowed or forbidden. */
  constructor(onState) {
    this.onState = onState;
    this.state = "unknown";
    this.element = new Audio();
    this.element.preload = "auto";
    this.waiters = [];
    this.playing = Promise.resolve();
    for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => this.unlock());
  }

  /** Play to the end: "played", "blocked" (the browser forbids it) or "failed". Never rejects, always ends.
   * Sounds asked for together come one after the other. */
  play(sound) {
    this.playing = this.playing.then(() => this.playNow(sound));
    return this.playing;
  }

  playNow(sound) {
    return new Promise((resolve) => {
      const audio = this.element;
      let alarm = 0;
      const end = (outcome) => {
        clearTimeout(alarm);
        audio.onended = audio.onerror = audio.onloadedmetadata = null;
        if (outcome !== "played") {
          audio.removeAttribute("src");
          audio.load(); // let go of the sound: its address is soon void
        }
        if (outcome !== "failed") this.set(outcome === "blocked" ? "blocked" : "on");
        resolve(outcome);
      };
      const watch = (ms) => {
        clearTimeout(alarm);
        alarm = setTimeout(() => end("failed"), ms);
      };
      watch(30000);
      audio.onended = () => end("played");
      audio.onerror = () => end("failed");
      audio.onloadedmetadata = () => Number.isFinite(audio.duration) && watch(audio.duration * 1000 + GRACE_MS);
      audio.src = sound.url;
      audio.play().catch((error) => end(error.name === "NotAllowedError" ? "blocked" : "failed"));
    });
  }

  /** Find out whether sound is allowed, before the first call needs it. Resolves after the first try; while that could
   * not tell, it is tried again. */
  async probe() {
    const hush = await load("silence.wav");
    if (hush) await this.play(hush);
    release(hush);
    if (this.state === "unknown") setTimeout(() => this.state === "unknown" && this.probe(), PROBE_AGAIN_MS);
  }

  /** Resolves when somebody has touched the page and sound is allowed again. */
  unlocked() {
    return new Promise((resolve) => this.waiters.push(resolve));
  }

  unlock() {
    if (this.state !== "blocked") return;
    this.set("on");
    for (const resolve of this.waiters.splice(0)) resolve();
  }

  set(state) {
    if (state === this.state) return;
    this.state = state;
    this.onState(state);
  }
}
