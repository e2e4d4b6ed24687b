/** Relative times, such as "5 minutes ago". */

const relativeFormat = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const dateFormat = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", year: "numeric" });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Return how long ago `then` was. Both times are in milliseconds since 1970. */
export function ago(then: number, now: number): string {
  const passed = Math.max(0, now - then);
  if (passed < MINUTE) return "just now";
  if (passed < HOUR) return relativeFormat.format(-Math.floor(passed / MINUTE), "minute");
  if (passed < DAY) return relativeFormat.format(-Math.floor(passed / HOUR), "hour");
  if (passed < 7 * DAY) return relativeFormat.format(-Math.floor(passed / DAY), "day");
  return dateFormat.format(then);
}
