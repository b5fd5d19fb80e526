// Draws the board's data. It decides nothing about who is called; it keeps elements, so that a flash is not cut.

import { Counters } from "./counters.js";
import { byId, make, put, reconcile } from "./elements.js";
import { fitAll } from "./fit.js";
import { toldWait } from "./wait.js";

const FLASH_MS = 10000;
const FRESH_MS = 20000;
const TURN_MS = 8000; // notices, and pages of a list that is too long
const ROOM = { recent: 6, next: 4 };

export class Screen {
  constructor({ languages, texts }, clock) {
    this.languages = languages;
    this.language = languages[0];
    this.texts = texts;
    this.clock = clock;
    this.reply = null;
    this.turn = 0;
    this.heroSpoken = null;
    this.heroCall = "";
    this.heroKind = "call";
    this.flashes = new Map();
    this.counters = new Counters(this);
    setInterval(() => this.next(), TURN_MS);
    new ResizeObserver(() => this.refit()).observe(document.documentElement);
    document.fonts.ready.then(() => this.refit());
  }

  refit() {
    if (this.reply) this.drawCounters(); // its columns follow the screen's shape
    fitAll(document, true);
  }

  say(key, values = {}, language = this.language) {
    return this.texts[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  }

  /** In all the page's languages, for short labels. */
  sayAll(key, values = {}) {
    return this.languages.map((language) => this.say(key, values, language)).join(" · ");
  }

  /** The same as one line for each language. */
  putAll(element, key) {
    const create = (language) => Object.assign(make("span", language === this.language ? "first" : "second"), { lang: language });
    const draw = (span, language) => put(span, this.say(key, {}, language));
    reconcile(element, this.languages, (language) => language, create, draw);
  }

  name(text, language = this.language) {
    return text?.[language] || text?.vi || "";
  }

  /** Show an answer; `caller` knows which call is being spoken. */
  draw(reply, caller) {
    const first = this.reply === null;
    this.reply = reply;
    this.clock.set(reply.now, reply.hall.timezone);
    put(byId("agency"), this.name(reply.hall.agency));
    put(byId("hall"), this.name(reply.hall.name));
    document.title = `${this.name(reply.hall.name)} – ${this.say("title")}`;
    this.drawHero(caller, first);
    this.drawRecent(caller);
    this.drawCounters();
    this.drawNext();
    this.drawNotice();
    fitAll(document);
  }

  // --- the call ------------------------------------------------------------------------------------------------

  drawHero(caller, first = false) {
    const { calls, counters, opening } = this.reply;
    const newest = [...calls].sort((a, b) => Date.parse(b.at) - Date.parse(a.at))[0];
    const last = calls.some((call) => call.number === caller.last?.number) ? caller.last : null;
    const past = last && (!newest || Date.parse(last.at) >= Date.parse(newest.at)) ? last : newest;
    const shown = caller.current ?? past;
    const busy = counters.some((counter) => counter.number);
    const shut = !["open", "issuing-stopped"].includes(opening.reason) && !busy && !caller.current;
    const hero = byId("hero");
    let mode = "call";
    if (shut) mode = "closed";
    else if (!shown) mode = "empty";
    hero.dataset.mode = mode;
    this.shown = mode === "call" ? shown : null;
    if (mode === "call") {
      put(byId("hero-number"), shown.number);
      put(byId("hero-counter"), this.name(shown.counter_name));
      hero.dataset.number = shown.number;
      hero.dataset.counter = shown.counter;
      const called = `${shown.number}|${shown.counter}`;
      // A call being spoken is news once; without its speech, only a fresh one that stands here for the first time.
      const fresh = this.clock.now() - Date.parse(shown.at) < FRESH_MS && called !== this.heroCall;
      const news = caller.current ? caller.current.id !== this.heroSpoken : fresh && !first;
      if (news) {
        this.heroKind = caller.current?.kind ?? "call";
        this.flash(hero, () => this.drawHero(caller));
      }
      this.heroSpoken = caller.current?.id ?? null;
      this.heroCall = called;
    } else {
      delete hero.dataset.number;
      delete hero.dataset.counter;
      this.drawMessage(mode, opening);
    }
    hero.classList.toggle("speaking", Boolean(caller.current));
    hero.dataset.kind = caller.current || hero.classList.contains("flash") ? this.heroKind : "past";
    fitAll(hero);
  }

  drawMessage(mode, opening) {
    const closed = mode === "closed";
    put(byId("message-head"), this.say(closed ? opening.reason : "welcome"));
    put(byId("message-more"), closed ? this.opens(opening) : this.say("welcome_more"));
    let least = closed && opening.note ? this.name(opening.note) : "";
    const second = this.languages[1];
    if (second && !least) least = this.say(closed ? opening.reason : "welcome_more", {}, second);
    put(byId("message-least"), least);
  }

  opens(opening) {
    if (!opening.opens_at) return "";
    const at = new Date(opening.opens_at);
    const time = this.clock.time(at, false);
    if (this.clock.day(at) === this.clock.day(this.clock.now())) return this.say("opens_at", { time });
    return this.say("opens_on", { time, day: this.clock.date(at, this.language) });
  }

  flash(element, after = () => {}) {
    clearTimeout(this.flashes.get(element));
    element.classList.remove("flash");
    void element.offsetWidth; // a new call begins its own ten seconds
    element.classList.add("flash");
    const end = () => {
      element.classList.remove("flash");
      this.flashes.delete(element);
      after();
    };
    this.flashes.set(element, setTimeout(end, FLASH_MS));
  }

  // --- the lists -----------------------------------------------------------------------------------------------

  drawRecent(caller) {
    const calls = [...this.reply.calls].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
    const rest = calls.filter((call) => call.number !== this.shown?.number || call.counter !== this.shown?.counter);
    const create = () => {
      const row = make("li", "row");
      const number = make("span", "number");
      const where = make("span", "where");
      number.dataset.fit = where.dataset.fit = "";
      const arrow = make("span", "arrow", "→");
      arrow.setAttribute("aria-hidden", "true");
      row.append(number, arrow, where);
      return row;
    };
    reconcile(byId("recent"), rest.slice(0, ROOM.recent), (call) => `${call.number}|${call.counter}`, create, (row, call) => {
      row.dataset.number = call.number;
      row.dataset.counter = call.counter;
      const pending = caller.line.some((one) => one.number === call.number && one.counter === call.counter);
      if (pending && !row.classList.contains("pending")) this.flash(row); // called, and soon to be spoken
      row.classList.toggle("pending", pending);
      put(row.children[0], call.number);
      put(row.children[2], this.name(call.counter_name));
    });
    byId("recent-nothing").hidden = rest.length > 0;
  }

  drawCounters() {
    this.counters.draw(this.reply.counters);
  }

  drawNext() {
    const all = this.reply.queues;
    const list = byId("next");
    list.parentElement.hidden = all.length === 0;
    const create = () => {
      const row = make("li", "queue");
      const name = make("span", "name");
      const numbers = make("span", "numbers");
      const wait = make("span", "wait");
      name.dataset.fit = numbers.dataset.fit = wait.dataset.fit = "";
      row.append(name, numbers, make("span", "waiting"), wait);
      return row;
    };
    reconcile(list, this.page(all, ROOM.next, byId("next-page")), (queue) => queue.code, create, (row, queue) => {
      row.dataset.code = queue.code;
      row.dataset.waiting = queue.waiting;
      put(row.children[0], this.name(queue.name));
      const numbers = queue.numbers.slice(0, 3);
      reconcile(row.children[1], numbers, (number) => number, (number) => make("b", "", number), () => {});
      put(row.children[2], queue.waiting ? this.say("waiting", { count: queue.waiting }) : this.say("nobody_waiting"));
      // It is a newcomer's wait: where nobody can take a number now, it would be read as that of those who wait.
      const told = this.reply.opening.issuing ? toldWait(queue.wait_low_s, queue.wait_high_s) : null;
      put(row.children[3], told ? this.say(told.key, told) : "");
    });
  }

  // --- turning pages -------------------------------------------------------------------------------------------

  page(items, room, label) {
    const pages = Math.max(1, Math.ceil(items.length / room));
    const page = this.turn % pages;
    put(label, pages > 1 ? this.say("page", { page: page + 1, pages }) : "");
    return items.slice(page * room, (page + 1) * room);
  }

  next() {
    this.turn += 1;
    if (!this.reply) return;
    this.drawCounters();
    this.drawNext();
    this.drawNotice();
    fitAll(document);
  }

  drawNotice() {
    const stopped = this.reply.opening.reason === "issuing-stopped";
    const all = this.reply.notices.flatMap((notice) => this.languages.map((language) => this.name(notice, language)));
    if (stopped) all.unshift(...this.languages.map((language) => this.say("issuing-stopped", {}, language)));
    put(byId("notice"), all.length > 0 ? all[this.turn % all.length] : "");
  }
}
