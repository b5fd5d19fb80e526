// The devices' page: live, a new alert said and kept in the title, and a plain word when it is no longer fresh.
import { words } from "./api.js";
import { startClock } from "./clock.js";
import { makeDeviceAlert } from "./device_alert.js";
import { keepLive } from "./live.js";

const element = (id) => document.getElementById(id);
const away = element("away");
const title = document.title;
const isAlerted = makeDeviceAlert(element("said"));
const page = keepLive({
  url: `/devices/fragment${location.search}`,
  place: element("live"),
  onFresh: settle,
  onAway: () => { away.hidden = false; },
  onBack: () => { away.hidden = true; },
});

function settle() {
  document.title = isAlerted() ? `⚠ ${words().alert} · ${title}` : title;
}

startClock();
settle();
page.refresh();
