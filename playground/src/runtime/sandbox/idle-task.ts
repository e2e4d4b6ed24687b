/** A task that runs after each period of activity. */
export class IdleTask {
  readonly #task: () => void;
  readonly #milliseconds: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param milliseconds the delay after the latest call to `schedule` */
  constructor(task: () => void, milliseconds: number) {
    this.#task = task;
    this.#milliseconds = milliseconds;
  }

  /** Run the task after the delay. Another call in the meantime restarts the delay. */
  schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#task, this.#milliseconds);
  }
}
