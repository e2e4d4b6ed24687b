/** `IdleTask`: repeats a task after each period of activity. */
export class IdleTask {
  readonly #task: () => void;
  readonly #milliseconds: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param milliseconds how long nothing must happen before the task starts */
  constructor(task: () => void, milliseconds: number) {
    this.#task = task;
    this.#milliseconds = milliseconds;
  }

  /** Start the task once nothing has happened for a while. Each call postpones the task. */
  schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#task, this.#milliseconds);
  }
}
