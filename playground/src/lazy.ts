/** A part of the page that is loaded when it is first asked for. */
export class Lazy<Part> {
  readonly #load: () => Promise<Part>;
  #loading: Promise<Part> | null = null;
  #part: Part | null = null;

  constructor(load: () => Promise<Part>) {
    this.#load = load;
  }

  /** The part; null until it has been loaded. */
  get loaded(): Part | null {
    return this.#part;
  }

  async get(): Promise<Part> {
    this.#loading ??= this.#load();
    try {
      this.#part = await this.#loading;
      return this.#part;
    } catch (error) {
      this.#loading = null; // the next try may find it
      throw error;
    }
  }
}
