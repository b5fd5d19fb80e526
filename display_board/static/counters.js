// The counters' tiles: as many on a page as can be read, and a number is never given up for a long name.

import { byId, make, put, reconcile } from "./elements.js";
import { fitAll } from "./fit.js";

const FEW = { columns: 3, rows: 2 };
const WIDE = [{ columns: 5, rows: 3 }, { columns: 4, rows: 3 }, { columns: 4, rows: 2 }]; // the densest first
const NARROW = WIDE.slice(1); // on a standing screen, and for a number beside two words of its state
const READABLE = 0.72; // a name in letters smaller than this share asks for larger tiles

export class Counters {
  /** `screen` gives the words: name(), putAll() and page(). */
  constructor(screen) {
    this.screen = screen;
    this.list = byId("counters");
    this.known = "";
    this.room = 1;
  }

  draw(all) {
    this.list.parentElement.hidden = all.length === 0;
    const { clientWidth, clientHeight } = this.list;
    const names = all.map((counter) => this.screen.name(counter.name));
    const now = JSON.stringify([clientWidth, clientHeight, document.fonts.status, names]);
    if (now !== this.known) this.choose(all);
    this.known = now;
    this.fill(this.screen.page(all, this.room, byId("counters-page")));
  }

  /** Find how many tiles a page has by trying, for only the layout knows how the letters fall. */
  choose(all) {
    const wide = matchMedia("(orientation: landscape)").matches && this.screen.languages.length === 1;
    const shapes = wide ? WIDE : NARROW;
    const last = shapes.length - 1;
    const enough = (shape, index) => index === last || shapes[index + 1].columns * shapes[index + 1].rows < all.length;
    for (const shape of shapes.filter(enough)) {
      const pages = Math.max(1, Math.ceil(all.length / (shape.columns * shape.rows)));
      this.room = Math.max(1, Math.ceil(all.length / pages)); // no page is left with one or two
      this.shape(this.room <= FEW.columns * FEW.rows ? FEW : shape);
      if (shape === shapes[last] || this.readable(all)) return;
    }
  }

  shape(shape) {
    const rows = shape === FEW ? FEW.rows : Math.ceil(this.room / shape.columns);
    this.list.style.setProperty("--columns", shape.columns);
    this.list.style.setProperty("--rows", rows);
    this.list.dataset.count = shape === FEW ? "few" : "many";
  }

  readable(all) {
    for (let start = 0; start < all.length; start += this.room) {
      this.fill(all.slice(start, start + this.room));
      fitAll(this.list, true);
      const names = [...this.list.querySelectorAll(".name")];
      const small = (name) => "cut" in name.dataset || Number(name.style.getPropertyValue("--fit")) < READABLE;
      if (names.some(small)) return false;
    }
    return true;
  }

  fill(counters) {
    const create = () => {
      const cell = make("li", "counter");
      const name = make("span", "name");
      const number = make("span", "number");
      name.dataset.fit = number.dataset.fit = "";
      cell.append(name, number, make("span", "state"));
      return cell;
    };
    reconcile(this.list, counters, (counter) => counter.id, create, (cell, counter) => {
      cell.dataset.counter = counter.id;
      cell.dataset.state = counter.state;
      cell.dataset.number = counter.number ?? "";
      put(cell.children[0], this.screen.name(counter.name));
      put(cell.children[1], counter.number ?? "");
      this.screen.putAll(cell.children[2], counter.state);
    });
  }
}
