// Durations that tick by the server's clock: a counter's PC may be minutes off, its hall is not.
let ahead = 0;

export function serverTime(milliseconds) {
  if (milliseconds) ahead = milliseconds - Date.now();
  return Date.now() + ahead;
}

function spell(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const two = (number) => String(number).padStart(2, "0");
  const rest = `${hours ? two(Math.floor(whole / 60) % 60) : Math.floor(whole / 60)}:${two(whole % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

export function tick() {
  for (const shown of document.querySelectorAll("[data-since]")) {
    shown.textContent = spell(serverTime() / 1000 - Number(shown.dataset.since));
  }
  for (const shown of document.querySelectorAll("[data-until]")) {
    shown.textContent = Math.max(0, Math.ceil(Number(shown.dataset.until) - serverTime() / 1000));
  }
}

export function startClock() {
  serverTime(Number(document.querySelector('meta[name="server-time"]')?.content));
  tick();
  setInterval(tick, 1000);
}
