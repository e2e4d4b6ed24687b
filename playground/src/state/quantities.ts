/** Formats durations, such as `12 ms`, sizes in memory, such as `1.3 MB`, and counts, such as `1,000`. */

/** The assumed resolution of a browser's clock, in seconds. */
const CLOCK_S = 1e-4;

export function durationText(seconds: number): string {
  if (seconds < CLOCK_S) return "under 100 µs";
  // Round before choosing the unit, so that 999.6 µs is shown as 1 ms.
  const microseconds = Math.round(seconds * 1e5) * 10;
  if (microseconds < 1000) return `${microseconds} µs`;
  const milliseconds = microseconds / 1000;
  if (milliseconds < 9.95) return `${trimmed(milliseconds)} ms`;
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const rounded = Math.round(seconds);
  return `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
}

const UNITS = ["B", "kB", "MB", "GB"] as const;

export function sizeText(bytes: number): string {
  let size = bytes;
  for (const unit of UNITS) {
    const text = size < 9.95 && unit !== "B" ? trimmed(size) : String(Math.round(size));
    if (Number(text) < 1000 || unit === "GB") return `${text} ${unit}`;
    size /= 1000;
  }
  return "";
}

/** Describe a call, such as `12 ms · 1.3 MB`. */
export function measurementText(seconds: number, bytes?: number): string {
  return bytes === undefined ? durationText(seconds) : `${durationText(seconds)} · ${sizeText(bytes)}`;
}

/** Format a number with all its digits. */
export function countText(count: number): string {
  return count.toLocaleString("en");
}

const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });

/** Format a number in at most five characters, such as `1,000` or `12.3K`. Numbers beyond a quadrillion take more. */
export function compactCountText(count: number): string {
  return count < 10_000 ? countText(count) : COMPACT.format(count);
}

/** Format a number with at most one decimal place. */
function trimmed(value: number): string {
  return String(Math.round(value * 10) / 10);
}
