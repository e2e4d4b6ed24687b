/** The selector box of a graph: an input with completion, and the status of the selection. */

import { live } from "lit/directives/live.js";
import { html, nothing, type TemplateResult } from "lit/html.js";
import { renderCode } from "../inline-code.ts";
import type { GraphView } from "../protocol.ts";
import type { Selection } from "../selection/selector.ts";
import type { Selector } from "../state/workspace.ts";
import { applyCompletion, type Completion, completionAt } from "./selector-completion.ts";

export interface SelectorCallbacks {
  write(selector: Selector): void;
  /** Compute the selected nodes. */
  run(): void;
  /** Move focus back to the graph: to the first selected node, or to the node that had focus before. */
  leave(to: "selected" | "before"): void;
}

export interface SelectorHost {
  readonly renderRoot: ParentNode;
  requestUpdate(): void;
}

export interface SelectorContent {
  graph: GraphView;
  selector: Selector;
  /** Null if nothing is selected. */
  selection: Selection | null;
  /** True if the box shows only problems, because the selected nodes are shown elsewhere. */
  onlyProblems: boolean;
}

const NO_OPTIONS: Completion = { from: 0, to: 0, options: [], isComplete: false };

export class SelectorBox {
  /** A message about the part of the text that does not match any nodes. */
  problem: string | null = null;
  readonly #host: SelectorHost;
  readonly #callbacks: SelectorCallbacks;
  #completion = NO_OPTIONS;
  /** The index of the option that Enter accepts. Initially the first; the arrow keys change it. -1 for no option. */
  #active = -1;
  #content: SelectorContent | null = null;

  constructor(host: SelectorHost, callbacks: SelectorCallbacks) {
    this.#host = host;
    this.#callbacks = callbacks;
  }

  focus(): void {
    this.#input?.focus();
    this.#input?.select();
  }

  template(content: SelectorContent): TemplateResult {
    this.#content = content;
    const { options } = this.#completion;
    const open = options.length > 0;
    return html`<div class="selector" @focusout=${() => this.#setCompletion(NO_OPTIONS)}>
      <input
        type="text"
        role="combobox"
        aria-label="Select nodes"
        aria-autocomplete="list"
        aria-expanded=${open ? "true" : "false"}
        aria-controls="selector-options"
        aria-activedescendant=${this.#active >= 0 ? `selector-option-${this.#active}` : nothing}
        aria-invalid=${this.problem === null ? "false" : "true"}
        aria-describedby="selector-status"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        placeholder="Select /"
        title="name, +name, name+, tag:key=value or module:name. Separate terms with spaces. Press / to type here"
        .value=${live(content.selector.text)}
        @input=${(event: InputEvent) => this.#handleInput(event.target as HTMLInputElement)}
        @keydown=${(event: KeyboardEvent) => this.#handleKey(event)}
      />
      <ul id="selector-options" role="listbox" aria-label="Names, tags and modules" ?hidden=${!open}>
        ${options.map(
          (option, index) => html`<li
            id=${`selector-option-${index}`}
            role="option"
            aria-selected=${index === this.#active ? "true" : "false"}
            @pointerdown=${(event: Event) => event.preventDefault()}
            @click=${() => this.#accept(option)}
          >
            ${option}
          </li>`,
        )}
      </ul>
      ${this.#isStatusShown(content, open) ? this.#statusTemplate(content, open ? null : this.problem) : nothing}
    </div>`;
  }

  #isStatusShown({ selector, onlyProblems }: SelectorContent, isListOpen: boolean): boolean {
    if (onlyProblems && (isListOpen || this.problem === null)) return false;
    return selector.text.trim() !== "";
  }

  #statusTemplate(
    { graph, selector, selection, onlyProblems }: SelectorContent,
    problem: string | null,
  ): TemplateResult {
    const count = selection?.names.size ?? 0;
    const canRun = graph.nodes.some((node) => node.kind === "function" && selection?.names.has(node.name));
    return html`<div class="selector-status">
      <span id="selector-status" role="status">
        ${onlyProblems || (selection === null && problem !== null) ? nothing : html`<span>${count} of ${graph.nodes.length} selected</span>`}
        ${problem === null ? nothing : html`<span class="selector-problem">${renderCode(problem)}</span>`}
      </span>
      <span class="selector-actions" ?hidden=${selection === null || onlyProblems}>
        <button
          type="button"
          aria-pressed=${selector.only ? "true" : "false"}
          @click=${() => this.#callbacks.write({ ...selector, only: !selector.only })}
        >
          Show only these
        </button>
        <button
          type="button"
          ?disabled=${!canRun}
          title="Compute the nodes you named and the leaf nodes of the selection"
          @click=${() => this.#callbacks.run()}
        >
          Run these
        </button>
      </span>
    </div>`;
  }

  get #input(): HTMLInputElement | null {
    return this.#host.renderRoot.querySelector<HTMLInputElement>(".selector input");
  }

  #handleInput({ value, selectionStart }: HTMLInputElement): void {
    this.#write(value);
    this.#completeAt(value, selectionStart ?? value.length);
  }

  #completeAt(text: string, caret: number): void {
    if (this.#content !== null) this.#setCompletion(completionAt(this.#content.graph, text, caret));
  }

  #write(text: string): void {
    const only = text.trim() !== "" && (this.#content?.selector.only ?? false);
    this.#callbacks.write({ text, only });
  }

  #setCompletion(completion: Completion): void {
    this.#completion = completion;
    this.#active = completion.options.length > 0 && !completion.isComplete ? 0 : -1;
    this.#host.requestUpdate();
  }

  #handleKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const { options } = this.#completion;
    const option = options[this.#active];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.#moveOrOpen(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Escape") this.#escape();
    else if (event.key === "Enter" && option !== undefined) this.#accept(option);
    else if (event.key === "Enter") this.#leave("selected");
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Move through the options, or open them. */
  #moveOrOpen(by: number): void {
    if (this.#completion.options.length > 0) this.#move(by);
    else if (this.#input !== null) this.#completeAt(this.#input.value, this.#input.selectionStart ?? 0);
  }

  #move(by: number): void {
    const count = this.#completion.options.length;
    this.#active = this.#active < 0 && by < 0 ? count - 1 : (this.#active + by + count) % count;
    this.#host.requestUpdate();
  }

  /** Close the options if they are open. Otherwise, clear the text. If the box is empty, return the focus to the graph. */
  #escape(): void {
    if (this.#completion.options.length > 0) this.#setCompletion(NO_OPTIONS);
    else if (this.#content?.selector.text !== "") this.#write("");
    else this.#leave("before");
  }

  #leave(to: "selected" | "before"): void {
    this.#setCompletion(NO_OPTIONS);
    this.#callbacks.leave(to);
  }

  #accept(option: string): void {
    const input = this.#input;
    if (input === null) return;
    const { text, caret } = applyCompletion(input.value, this.#completion, option);
    input.value = text;
    input.setSelectionRange(caret, caret);
    this.#setCompletion(NO_OPTIONS);
    this.#write(text);
  }
}
