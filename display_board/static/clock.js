// The hall's time: the server's clock carried on by a steady counter, for a television's own clock may be wrong.

const LOCALES = { vi: "vi-VN", en: "en-GB" };

export class Clock {
  constructor(languages) {
    this.language = languages[0];
    this.zone = undefined; // till the first answer, the machine's own
    this.base = Date.now();
    this.mark = performance.now();
    this.formats = new Map();
    this.tick();
  }

  set(now, zone) {
    this.base = Date.parse(now);
    this.mark = performance.now();
    if (zone !== this.zone) {
      this.zone = zone;
      this.formats.clear();
    }
    this.show();
  }

  /** The server's time now, in ms since 1970. */
  now() {
    return this.base + (performance.now() - this.mark);
  }

  time(at, seconds = true) {
    const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    if (seconds) options.second = "2-digit";
    return this.format("en-GB", options).format(at);
  }

  day(at) {
    return this.format("en-CA", { year: "numeric", month: "2-digit", day: "2-digit" }).format(at);
  }

  date(at, language) {
    const options = { weekday: "long", day: "2-digit", month: language === "en" ? "long" : "2-digit", year: "numeric" };
    const text = this.format(LOCALES[language], options).format(at);
    return text.charAt(0).toUpperCase() + text.slice(1);
  }

  format(locale, options) {
    const key = locale + JSON.stringify(options);
    if (!this.formats.has(key)) {
      this.formats.set(key, new Intl.DateTimeFormat(locale, { ...options, timeZone: this.zone }));
    }
    return this.formats.get(key);
  }

  show() {
    const now = this.now();
    document.getElementById("clock").textContent = this.time(now);
    document.getElementById("date").textContent = this.date(now, this.language);
  }

  tick() {
    this.show();
    setTimeout(() => this.tick(), 1000 - (this.now() % 1000));
  }
}
