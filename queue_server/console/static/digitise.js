// A paper that was brought to the counter is digitised: its file is looked at, sent with its progress shown, and put into
// the dossier. What goes wrong is said beside the paper, and the file is kept for another try.
import { put, upload, words } from "./api.js";
import { prepared, smaller, Unfit } from "./scan_file.js";
import { sha256 } from "./sha256.js";

// What may come right by itself: the network, a busy server. A file that is refused stays refused.
const AGAIN = new Set([0, 408, 429, 500, 502, 503, 504]);
const PHASES = { waiting: 0, reading: 0, sending: 1, keeping: 1 };

// `place`: the live part with the papers; `done`: refetches it and settles when it is fresh.
export function makeDigitising({ ident, place, chooser, said, alarm, done }) {
  const told = words().scan;
  const papers = new Map();
  let wanted = "";
  let line = Promise.resolve();

  const busy = () => [...papers.values()].some((paper) => paper.phase in PHASES);

  function choose(type) {
    wanted = type;
    chooser.value = "";
    chooser.click();
  }

  // `made`: what was read of the file already: a stick may have been pulled since, or a scanner's folder emptied.
  function take(type, file, made = null) {
    papers.set(type, { file, made, phase: "waiting", part: 0, problem: null });
    show(type);
    // One after the other: a hall's network is no wider for two.
    line = line.then(() => digitise(type, file)).catch(console.error);
  }

  async function digitise(type, file) {
    if (papers.get(type)?.file !== file) return;
    const name = nameOf(type);
    say(said, told.begun.replace("#", name));
    let result;
    try {
      change(type, { phase: "reading", part: 0 });
      const made = papers.get(type).made ?? await prepared(file);
      change(type, { made });
      result = await sent(type, made);
    } catch (error) {
      // What nobody thought of is told too: else this paper, and each one behind it, would seem under way for ever.
      if (!(error instanceof Unfit)) console.error(error);
      const code = error instanceof Unfit ? error.code : "unreadable";
      result = { ok: false, status: code === "unreadable" ? 0 : 422, ...told.unfit[code] };
    }
    if (result.status === 401) {
      location.assign(`/login?next=${encodeURIComponent(location.pathname)}`);
      return;
    }
    if (!result.ok) {
      change(type, { phase: "failed", problem: result });
      say(alarm, `${name}: ${result.detail} ${result.action}`);
      return;
    }
    await done();
    change(type, { phase: "done", smaller: result.smaller, made: null });
    say(said, told.done.replace("#", name));
  }

  // A picture of too many dots is only known by the server: drawn smaller, it is sent once more.
  async function sent(type, made) {
    const digest = await sha256(made.bytes);
    change(type, { phase: "sending", part: 0 });
    const kept = await upload(`/attachments/${digest}`, made.bytes, made.kind, (part) => change(type, { part }));
    if (kept.code === "image-too-large" && !made.smaller) return sent(type, await smaller(made.bytes, made.kind));
    if (!kept.ok) return kept;
    change(type, { phase: "keeping", part: 1 });
    return { ...(await put(`/dossiers/${ident}/papers/${encodeURIComponent(type)}`, { digest })), smaller: made.smaller };
  }

  function change(type, what) {
    Object.assign(papers.get(type), what);
    show(type);
  }

  function nameOf(type) {
    return row(type)?.querySelector(".paper-name").textContent ?? type;
  }

  function row(type) {
    return place.querySelector(`[data-scan="${CSS.escape(type)}"]`)?.closest("li");
  }

  // Also after the part was fetched anew: what is going on with a paper is known here only.
  function show(type) {
    const found = row(type);
    const paper = papers.get(type);
    if (!found || !paper) return;
    const running = paper.phase in PHASES;
    const button = found.querySelector("[data-scan]");
    button.setAttribute("aria-disabled", String(running));
    const box = found.querySelector("[data-scan-state]");
    box.hidden = false;
    box.classList.toggle("problem", paper.phase === "failed");
    box.classList.toggle("good", paper.phase === "done");
    const bar = box.querySelector("progress");
    bar.hidden = !running;
    if (paper.phase === "sending") bar.value = paper.part;
    else bar.removeAttribute("value");
    const percent = paper.phase === "sending" ? ` ${Math.floor(paper.part * 100)} %` : "";
    const head = paper.phase === "failed" ? paper.problem.detail : told.phases[paper.phase] + percent;
    const note = paper.phase === "failed" ? paper.problem.action : paper.smaller ? told.smaller : "";
    box.querySelector("strong").textContent = head;
    box.querySelector("span").textContent = note;
    box.querySelector("[data-scan-again]").hidden = paper.phase !== "failed" || !AGAIN.has(paper.problem.status);
  }

  chooser.addEventListener("change", () => {
    const [file] = chooser.files;
    if (file && wanted) take(wanted, file);
  });
  place.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-scan]");
    const again = target.closest("[data-scan-again]");
    if (button && button.getAttribute("aria-disabled") !== "true") choose(button.dataset.scan);
    if (again) {
      const { scan } = again.closest("li").querySelector("[data-scan]").dataset;
      again.closest("li").querySelector("[data-scan]").focus();
      take(scan, papers.get(scan).file, papers.get(scan).made);
    }
  });
  window.addEventListener("beforeunload", (event) => { if (busy()) event.preventDefault(); });
  return { show: () => [...papers.keys()].forEach(show) };
}

// The same words twice are said twice.
function say(where, text) {
  where.textContent = "";
  where.textContent = text;
}
