/** The nodes that a learner has picked: their marks in the graph, and their names below it. */

import { html, type TemplateResult } from "lit/html.js";
import type { HwPlayElement } from "../element/hw-play-element.ts";
import { saveAnswer, savedAnswer } from "../progress/progress.ts";
import { escapeInvisible } from "../special-characters.ts";

/** The maximum number of listed names; more would fill the page. */
const MAX_LISTED = 12;

export class NodePicks {
  /** The name of the step. */
  readonly #name: string;
  readonly #play: HwPlayElement;
  readonly #onChange: () => void;
  #picked: ReadonlySet<string>;
  #answer: ReadonlySet<string> | null = null;

  /** Restore the learner's saved picks, if any. */
  constructor(name: string, play: HwPlayElement, onChange: () => void) {
    this.#name = name;
    this.#play = play;
    this.#onChange = onChange;
    this.#picked = new Set(savedAnswer(name));
    void play.opened.then(() => this.#show());
  }

  get names(): readonly string[] {
    return [...this.#picked];
  }

  /** Whether the marks show which picks are right. */
  get showsAnswer(): boolean {
    return this.#answer !== null;
  }

  /** Replace the picks with nodes that the learner has chosen, and save them. */
  choose(names: Iterable<string>): void {
    this.show(names);
    saveAnswer(this.#name, this.names);
  }

  /** Replace the picks without saving them, and hide the answer. */
  show(names: Iterable<string>): void {
    this.#picked = new Set(names);
    this.#answer = null;
    this.#show();
    this.#onChange();
  }

  /** Hide the answer, but keep the picks. */
  hideAnswer(): void {
    this.show(this.#picked);
  }

  clear(): void {
    this.choose([]);
  }

  /** Mark the picks as right, missed or wrong. */
  reveal(answer: readonly string[]): void {
    this.#answer = new Set(answer);
    this.#show();
  }

  close(): void {
    if (this.#play.isOpen) this.#play.picking = null;
  }

  /** Render the number and the names of the picked nodes. */
  template(verb: string): TemplateResult {
    const listed = this.names.slice(0, MAX_LISTED);
    const more = this.names.length - listed.length;
    const count = this.names.length === 1 ? "1 node" : `${this.names.length} nodes`;
    return html`<p class="hw-step-picks" role="status">
      <span>${count} ${verb}${listed.length === 0 ? "" : ":"}</span>
      ${listed.map((name) => html`<code>${escapeInvisible(name)}</code> `)}${more > 0 ? `and ${more} more` : ""}
    </p>`;
  }

  #toggle(node: string): void {
    const names = new Set(this.#picked);
    if (!names.delete(node)) names.add(node);
    this.choose(names);
  }

  #show(): void {
    if (!this.#play.isOpen) return;
    this.#play.picking = {
      picks: { picked: this.#picked, answer: this.#answer },
      onToggle: (node) => this.#toggle(node),
      onSelect: (nodes) => this.choose(nodes),
    };
  }
}
