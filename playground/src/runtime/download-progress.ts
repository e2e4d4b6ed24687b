/** The progress of a download, with an estimate of the time left. */

/** The rate is measured over the latest period of this length, because connection speeds vary. */
const WINDOW_MILLISECONDS = 4_000;
/** No estimate is made before this much time has passed, because the first bytes say little about the rate. */
const MIN_MEASURED_MILLISECONDS = 1_000;

interface Sample {
  time: number;
  done: number;
}

export class DownloadProgress {
  readonly total: number;
  #done = 0;
  #samples: Sample[] = [];

  /** @param total the number of bytes */
  constructor(total: number) {
    this.total = total;
  }

  get done(): number {
    return this.#done;
  }

  /**
   * Count bytes that have arrived.
   *
   * @param time in milliseconds, from a monotonic clock
   */
  add(bytes: number, time: number): void {
    this.#done += bytes;
    this.#samples.push({ time, done: this.#done });
    const start = this.#samples.findIndex((sample) => sample.time >= time - WINDOW_MILLISECONDS);
    this.#samples.splice(0, start);
  }

  /** Estimate the seconds until all bytes have arrived; null if no estimate is possible yet. */
  get secondsLeft(): number | null {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (first === undefined || last === undefined || last.time - first.time < MIN_MEASURED_MILLISECONDS) return null;
    const bytesPerMillisecond = (last.done - first.done) / (last.time - first.time);
    return Math.max(0, this.total - this.#done) / bytesPerMillisecond / 1000;
  }
}
