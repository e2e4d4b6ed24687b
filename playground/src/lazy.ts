/** A part of the page that is loaded on first use. */
export class Lazy<Part> {
  readonly #load: () => Promise<Part>;
  #loading: Promise<Part> | null = null;
  #part: Part | null = null;

  constructor(load: () => Promise<Part>) {
    this.#load = load;
  }

  /** The part, or null before it is loaded. */
  get loaded(): Part | null {
    return this.#part;
  }

  async get(): Promise<Part> {
    this.#loading ??= this.#load();
    try {
      this.#part = await this.#loading;
      return this.#part;
    } catch (error) {
      this.#loading = null; // the next attempt may succeed
      throw error;
    }
  }
}
