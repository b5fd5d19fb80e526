// The demonstration's printed tickets appear by themselves.
import { keepLive } from "./live.js";

const away = document.getElementById("away");
keepLive({
  url: "/preview/fragment",
  place: document.getElementById("live"),
  every: 3000,
  onAway: () => { away.hidden = false; },
  onBack: () => { away.hidden = true; },
}).refresh();
