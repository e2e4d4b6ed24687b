/** Formats durations, such as `12 ms` or `3.4 s`. */
export function durationText(seconds: number): string {
  const milliseconds = seconds * 1000;
  if (milliseconds < 1) return "under 1 ms";
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${seconds.toFixed(1)} s`;
}
