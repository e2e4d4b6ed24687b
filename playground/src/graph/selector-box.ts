/** The box over a graph that selects nodes by a text, completes it, and says what came of it. */

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { renderCode } from "../inline-code.ts";
import type { GraphView } from "../protocol.ts";
import type { Selection } from "../selection/selector.ts";
import type { Selector } from "../state/workspace.ts";
import { applyCompletion, type Completion, completionAt } from "./selector-completion.ts";

export interface SelectorCallbacks {
  write(selector: Selector): void;
  /** Compute what is selected. */
  run(): void;
  /** The keyboard goes back to the graph: to the first node that is selected, or to where it was. */
  leave(to: "selected" | "before"): void;
}

export interface SelectorHost {
  readonly renderRoot: ParentNode;
  requestUpdate(): void;
}

export interface SelectorContent {
  graph: GraphView;
  selector: Selector;
  /** Null where nothing is selected. */
  selection: Selection | null;
}

const NO_OPTIONS: Completion = { from: 0, to: 0, options: [], isComplete: false };

export class SelectorBox {
  /** What of the text selects nothing. */
  problem: string | null = null;
  readonly #host: SelectorHost;
  readonly #calls: SelectorCallbacks;
  #completion = NO_OPTIONS;
  /** The option that Enter takes: the first, until the arrows move to another; -1 for none. */
  #active = -1;
  #content: SelectorContent | null = null;

  constructor(host: SelectorHost, calls: SelectorCallbacks) {
    this.#host = host;
    this.#calls = calls;
  }

  focus(): void {
    this.#input?.focus();
    this.#input?.select();
  }

  template(content: SelectorContent): TemplateResult {
    this.#content = content;
    const { options } = this.#completion;
    const open = options.length > 0;
    return html`<div class="selector" @focusout=${() => this.#offer(NO_OPTIONS)}>
      <input
        type="text"
        role="combobox"
        aria-label="Select nodes"
        aria-autocomplete="list"
        aria-expanded=${open ? "true" : "false"}
        aria-controls="selector-options"
        aria-activedescendant=${this.#active >= 0 ? `selector-option-${this.#active}` : nothing}
        aria-invalid=${this.problem === null ? "false" : "true"}
        aria-describedby="selector-said"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        placeholder="Select /"
        title="A name, +name, name+, tag:key=value, module:name; several with a space (/)"
        .value=${live(content.selector.text)}
        @input=${(event: InputEvent) => this.#typed(event.target as HTMLInputElement)}
        @keydown=${(event: KeyboardEvent) => this.#key(event)}
      />
      <ul id="selector-options" role="listbox" aria-label="Names, tags and modules" ?hidden=${!open}>
        ${options.map(
          (option, index) => html`<li
            id=${`selector-option-${index}`}
            role="option"
            aria-selected=${index === this.#active ? "true" : "false"}
            @pointerdown=${(event: Event) => event.preventDefault()}
            @click=${() => this.#take(option)}
          >
            ${option}
          </li>`,
        )}
      </ul>
      ${content.selector.text.trim() === "" ? nothing : this.#saidTemplate(content, open ? null : this.problem)}
    </div>`;
  }

  #saidTemplate({ graph, selector, selection }: SelectorContent, problem: string | null): TemplateResult {
    const count = selection?.names.size ?? 0;
    const runs = graph.nodes.some((node) => node.kind === "function" && selection?.names.has(node.name));
    return html`<div class="selector-said">
      <span id="selector-said" role="status">
        ${selection === null && problem !== null ? nothing : html`<span>${count} of ${graph.nodes.length} selected</span>`}
        ${problem === null ? nothing : html`<span class="selector-problem">${renderCode(problem)}</span>`}
      </span>
      <span class="selector-actions" ?hidden=${selection === null}>
        <button
          type="button"
          aria-pressed=${selector.only ? "true" : "false"}
          @click=${() => this.#calls.write({ ...selector, only: !selector.only })}
        >
          Show only these
        </button>
        <button type="button" ?disabled=${!runs} title="Compute what was named, and what comes last of the rest" @click=${() => this.#calls.run()}>
          Run these
        </button>
      </span>
    </div>`;
  }

  get #input(): HTMLInputElement | null {
    return this.#host.renderRoot.querySelector<HTMLInputElement>(".selector input");
  }

  #typed({ value, selectionStart }: HTMLInputElement): void {
    this.#write(value);
    this.#offerAt(value, selectionStart ?? value.length);
  }

  #offerAt(text: string, caret: number): void {
    if (this.#content !== null) this.#offer(completionAt(this.#content.graph, text, caret));
  }

  #write(text: string): void {
    const only = text.trim() !== "" && (this.#content?.selector.only ?? false);
    this.#calls.write({ text, only });
  }

  #offer(completion: Completion): void {
    this.#completion = completion;
    this.#active = completion.options.length > 0 && !completion.isComplete ? 0 : -1;
    this.#host.requestUpdate();
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const { options } = this.#completion;
    const option = options[this.#active];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.#arrow(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Escape") this.#escape();
    else if (event.key === "Enter" && option !== undefined) this.#take(option);
    else if (event.key === "Enter") this.#leave("selected");
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Moves through the options, or opens them where they are closed. */
  #arrow(by: number): void {
    if (this.#completion.options.length > 0) this.#move(by);
    else if (this.#input !== null) this.#offerAt(this.#input.value, this.#input.selectionStart ?? 0);
  }

  #move(by: number): void {
    const count = this.#completion.options.length;
    this.#active = this.#active < 0 && by < 0 ? count - 1 : (this.#active + by + count) % count;
    this.#host.requestUpdate();
  }

  /** First the options go, then the text, then the keyboard leaves. */
  #escape(): void {
    if (this.#completion.options.length > 0) this.#offer(NO_OPTIONS);
    else if (this.#content?.selector.text !== "") this.#write("");
    else this.#leave("before");
  }

  #leave(to: "selected" | "before"): void {
    this.#offer(NO_OPTIONS);
    this.#calls.leave(to);
  }

  #take(option: string): void {
    const input = this.#input;
    if (input === null) return;
    const { text, caret } = applyCompletion(input.value, this.#completion, option);
    input.value = text;
    input.setSelectionRange(caret, caret);
    this.#offer(NO_OPTIONS);
    this.#write(text);
  }
}
