// Who is called: every announcement once, in the order of their ids, each spoken whole before the next begins.
// A reload does not speak again what was spoken, and speaks what was missed while it is still news.

import { load, release } from "./sound.js";

const NEWS_MS = 120000; // what is older was called to people who have long come, or gone
const MANY = 6; // with more than this in line a call is said once, so that the line moves
const SILENT_SHOW_MS = 4000; // how long a call stands on the screen at least, when it cannot be heard
const KEPT_KEYS = 400;
const KEPT_LOG = 200;
const STORE = "board.seen";

const keyOf = (announcement) => `${announcement.id}@${announcement.at}`; // a new database counts ids from 1 again
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export class Caller {
  /** `now()` is the server's time in ms; `onChange()` is told when another call is current; `onVoice(works)` whether
   * the last call could be spoken. */
  constructor({ speaker, languages, repeat, now, onChange, onVoice }) {
    Object.assign(this, { speaker, languages, repeat, now, onChange, onVoice });
    this.line = [];
    this.current = null; // shown as being called
    this.speaking = null; // the same, until it is done with
    this.last = null;
    this.log = [];
    this.running = false;
    this.ahead = null;
    this.chime = null;
    this.seen = recall(); // null: this page has never run here
  }

  /** Take the announcements of an answer; what is new and still news joins the line. */
  take(announcements) {
    const first = this.seen === null;
    if (first) this.seen = new Set();
    for (const announcement of [...announcements].sort((a, b) => a.id - b.id)) {
      const key = keyOf(announcement);
      if (this.seen.has(key)) continue;
      this.seen.add(key);
      if (!first && this.isNews(announcement)) this.line.push(announcement);
    }
    this.line.sort((a, b) => a.id - b.id);
    if (this.speaker.state === "blocked") this.line = this.line.filter((one) => this.isNews(one)); // bounded
    const present = new Set(announcements.map(keyOf));
    for (const key of this.seen) {
      if (this.seen.size <= KEPT_KEYS) break;
      if (!present.has(key)) this.seen.delete(key);
    }
    this.remember();
    this.run();
  }

  isNews(announcement) {
    return this.now() - Date.parse(announcement.at) < NEWS_MS;
  }

  get idle() {
    return !this.running && this.line.length === 0;
  }

  async run() {
    if (this.running) return;
    this.running = true;
    try {
      while (this.line.length > 0) {
        if (this.speaker.state === "blocked") {
          await this.speaker.unlocked();
          this.line = this.line.filter((one) => this.isNews(one));
          continue;
        }
        await this.call(this.line.shift());
      }
    } finally {
      this.running = false;
      this.current = null;
      this.onChange();
    }
  }

  async call(announcement) {
    this.current = this.speaking = announcement;
    this.last = announcement;
    this.onChange();
    const record = {
      id: announcement.id, kind: announcement.kind, number: announcement.number, counter: announcement.counter,
      languages: [], texts: [], start: Date.now(), end: null, outcome: "silent",
    };
    const begun = performance.now();
    const speech = this.prepared(announcement);
    dispatch("board:speaking", record);
    this.chime ??= await load("chime.wav");
    const rung = this.chime ? await this.speaker.play(this.chime) : "failed";
    if (rung === "played") record.outcome = "chime-only";
    const sentences = await speech;
    if (rung === "blocked") {
      this.drop(sentences);
      this.line.unshift(announcement); // it waits for a touch, as long as it is news
      this.current = this.speaking = null;
      return;
    }
    if (this.line.length > 0) this.ahead = { announcement: this.line[0], speech: this.speech(this.line[0]) };
    for (const { language, sound } of sentences) {
      if (sound && (await this.speaker.play(sound)) === "played") {
        record.languages.push(language);
        record.texts.push(sound.text);
      }
    }
    this.drop(sentences);
    const whole = record.languages.length === this.languages.length;
    if (record.languages.length > 0) record.outcome = "spoken";
    this.onVoice(whole);
    if (!whole) await sleep(Math.max(0, SILENT_SHOW_MS - (performance.now() - begun)));
    record.end = Date.now();
    this.log.push(record);
    if (this.log.length > KEPT_LOG) this.log.shift();
    this.speaking = null;
    this.remember(); // only now: a page reloaded amid a call says it again, whole
    dispatch("board:spoken", record);
  }

  /** Fetch what is to be said: the first language with its repetition, a second one once. */
  speech(announcement) {
    const times = this.line.length > MANY ? 1 : this.repeat;
    return Promise.all(
      this.languages.map(async (language, index) => {
        const query = new URLSearchParams({
          number: announcement.number, counter: announcement.counter, lang: language, repeat: index === 0 ? times : 1,
        });
        return { language, sound: await load(`say?${query}`) };
      }),
    );
  }

  /** What was fetched while the call before was heard, or fetched now. */
  prepared(announcement) {
    const ahead = this.ahead;
    this.ahead = null;
    if (ahead?.announcement === announcement) return ahead.speech;
    ahead?.speech.then((sentences) => this.drop(sentences)); // another came in between
    return this.speech(announcement);
  }

  drop(sentences) {
    for (const { sound } of sentences) release(sound);
  }

  /** Keep over a reload what was called; what is in line is not yet. */
  remember() {
    const pending = new Set([this.speaking, ...this.line].filter(Boolean).map(keyOf));
    const called = [...this.seen].filter((key) => !pending.has(key));
    try {
      sessionStorage.setItem(STORE, JSON.stringify(called));
    } catch {
      // Without storage a reload only forgets what it missed.
    }
  }
}

function recall() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORE));
    return Array.isArray(kept) ? new Set(kept) : null;
  } catch {
    return null;
  }
}

function dispatch(name, record) {
  document.dispatchEvent(new CustomEvent(name, { detail: { ...record } }));
}
