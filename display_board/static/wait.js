// An expected wait as people are told it: the same figures as on the ticket and the phone (the server's wait_span).

const HOUR_MIN = 60;
const HOURS_FROM_MIN = 120; // from here on a wait of at least an hour is told in whole hours
const TOO_WIDE = 8; // a near end so many times below the far one says nothing

/** {key, figures}: which of the board's texts, and what to fill in, such as "10–25"; from seconds. Null where nothing
 * is known. */
export function toldWait(lowS, highS) {
  if (!Number.isFinite(lowS) || !Number.isFinite(highS)) return null;
  let high = Math.max(1, Math.ceil(highS / 60));
  let low = Math.min(Math.max(0, Math.floor(lowS / 60)), high);
  const tooWide = low * TOO_WIDE < high;
  const inHours = high >= HOURS_FROM_MIN && (tooWide || low >= HOUR_MIN);
  if (inHours) {
    low = Math.floor(low / HOUR_MIN);
    high = Math.ceil(high / HOUR_MIN);
  }
  if (tooWide) return { key: inHours ? "wait_under_h" : "wait_under_min", figures: high };
  return { key: inHours ? "wait_about_h" : "wait_about_min", figures: low < high ? `${low}–${high}` : high };
}
