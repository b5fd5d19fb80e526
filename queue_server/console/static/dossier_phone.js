// A dossier on its owner's phone: where it stands, kept true as long as the page is open.
import { keepLive } from "./live.js";

const element = (id) => document.getElementById(id);
let lastNews = element("news").textContent;

keepLive({
  url: `${location.pathname}/fragment`,
  place: element("live"),
  about: ["dossier"],
  every: 30000,
  onFresh: () => {
    const news = element("news").textContent;
    if (news !== lastNews) element("said").textContent = news.replace(/\s+/g, " ");
    lastNews = news;
  },
  onAway: () => { element("away").hidden = false; },
  onBack: () => { element("away").hidden = true; },
}).refresh();
