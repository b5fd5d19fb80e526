// The manager's overview: live figures, and a plain word when they are no longer fresh.
import { startClock } from "./clock.js";
import { keepLive } from "./live.js";

const away = document.getElementById("away");
startClock();
keepLive({
  url: "/hall/fragment",
  place: document.getElementById("live"),
  onAway: () => { away.hidden = false; },
  onBack: () => { away.hidden = true; },
}).refresh();
