/** A comparison of two dataflows. Each runs in its own session, and Python compares the sessions. */

import type { TemplateResult } from "lit/html.js";
import { GraphPane, type GraphPaneHost } from "../graph/graph-pane.ts";
import type { ComparisonView, GraphView } from "../protocol.ts";
import type { PythonRuntime } from "../runtime/runtime.ts";
import { ConsentGate } from "../share/consent-gate.ts";
import { linkTo } from "../share/link.ts";
import { changesBetween, mergeGraphs } from "./changes.ts";
import { CodeDiff } from "./code-diff.ts";
import { comparedFiles } from "./files.ts";
import { comparisonFragment } from "./fragment.ts";
import { withComparedPreviews } from "./preview-comparison.ts";
import { type ComparedDataflow, Side } from "./side.ts";
import { type ComparisonPart, comparisonTemplate } from "./template.ts";

export interface ComparisonHost {
  root: ShadowRoot;
  /** The base URL of the bundle's files. */
  assets: URL;
  runtime: PythonRuntime;
  requestUpdate(): void;
  closed(): void;
}

const NARROW = "(max-width: 900px)";
const COPIED_FOR_MS = 2000;

export class Comparison implements GraphPaneHost {
  readonly #host: ComparisonHost;
  readonly #graph: GraphPane;
  readonly #diff: CodeDiff;
  readonly #closing = new AbortController();
  readonly #consentGate = new ConsentGate(() => this.requestUpdate());
  readonly #narrow = matchMedia(NARROW);
  #before: Side;
  #after: Side;
  #result: ComparisonView | null = null;
  #graphs: [before: GraphView, after: GraphView] | null = null;
  /** The number of comparisons requested from Python. Only the answer to the newest request is used. */
  #requestCount = 0;
  #selected: string | null = null;
  #file: string | null = null;
  #part: ComparisonPart = "graph";
  #copied: "copied" | "refused" | null = null;

  constructor(before: ComparedDataflow, after: ComparedDataflow, autoRun: boolean, host: ComparisonHost) {
    this.#host = host;
    this.#graph = new GraphPane(this, { onSelect: (node) => this.#select(node) });
    this.#diff = new CodeDiff(host.root);
    this.#before = new Side(before, host.runtime, autoRun, () => this.#handleChange());
    this.#after = new Side(after, host.runtime, autoRun, () => this.#handleChange());
    this.#narrow.addEventListener("change", () => this.requestUpdate(), { signal: this.#closing.signal });
    this.#updateGraph();
    if (!this.#before.sharesPythonWith(this.#after))
      this.#forEachSide((side) => side.fetchPreviews(() => this.#update(() => this.#updateGraph())));
    for (const side of this.#sides) side.begin();
  }

  get renderRoot(): ParentNode {
    return this.#host.root.querySelector("dialog.compare") ?? document.createDocumentFragment();
  }

  requestUpdate(): void {
    this.#host.requestUpdate();
  }

  template(): TemplateResult {
    const files = comparedFiles(this.#before.workspace.files, this.#after.workspace.files);
    const file = files.find(({ name }) => name === this.#file) ?? files[0];
    const [before, after] = [this.#before, this.#after];
    const showAll = !(before.workspace.trusted && after.workspace.trusted);
    if (file !== undefined) this.#diff.show(file, this.#narrow.matches ? "unified" : "split", showAll);
    return comparisonTemplate({
      before: { ...before.compared, workspace: before.workspace, previews: before.previews },
      after: { ...after.compared, workspace: after.workspace, previews: after.previews },
      comparison: this.#comparison,
      changes: this.#changes,
      graph: this.#graph.template(),
      selected: this.#selected,
      files,
      file: file ?? null,
      code: this.#diff.dom,
      part: this.#part,
      copied: this.#copied,
      consentGate: this.#consentGate,
      onTrust: () => this.#trust(),
      onRun: () => this.#forEachSide((side) => side.run()),
      onStop: () => this.#host.runtime.stop(),
      onSelect: (node) => this.#select(node),
      onFile: (name) => this.#update(() => (this.#file = name)),
      onGo: (way) => this.#diff.goToChange(way),
      onPart: (part) => this.#update(() => (this.#part = part)),
      onSwap: () => this.#swap(),
      onCopy: () => void this.#copy(),
      onClose: () => this.#host.closed(),
    });
  }

  rendered(): void {
    this.#graph.hostUpdated();
  }

  close(): void {
    this.#closing.abort();
    this.#consentGate.close();
    this.#graph.hostDisconnected();
    this.#diff.destroy();
    this.#forEachSide((side) => side.close());
  }

  get #sides(): [Side, Side] {
    return [this.#before, this.#after];
  }

  get #comparison(): ComparisonView | null {
    return this.#result && withComparedPreviews(this.#result, this.#before.previews, this.#after.previews);
  }

  get #changes() {
    return changesBetween(this.#before.workspace.graph, this.#after.workspace.graph, this.#comparison);
  }

  #forEachSide(task: (side: Side) => void): void {
    for (const side of this.#sides) task(side);
  }

  #update(change: () => void): void {
    change();
    this.requestUpdate();
  }

  #handleChange(): void {
    if (this.#closing.signal.aborted) return;
    const [before, after] = this.#sides.map((side) => side.workspace.graph) as [GraphView, GraphView];
    const isNew = this.#graphs === null || this.#graphs[0] !== before || this.#graphs[1] !== after;
    const isIdle = this.#sides.every((side) => side.workspace.running === null);
    if (isNew) this.#updateGraph();
    if (isNew || (isIdle && this.#result === null)) void this.#compare();
    this.requestUpdate();
  }

  #updateGraph(): void {
    const [before, after] = this.#sides.map((side) => side.workspace.graph) as [GraphView, GraphView];
    const isSame = this.#graphs?.[0] === before && this.#graphs[1] === after;
    this.#graphs = [before, after];
    this.#graph.update({
      ...(isSame ? {} : { graph: mergeGraphs(before, after) }),
      changes: this.#changes,
      selected: this.#selected,
      emptyText: "The graph appears after Python has parsed both versions.",
    });
  }

  /** Compare the sessions. Python may have been restarted, so both sessions parse their code again first. */
  async #compare(): Promise<void> {
    this.#requestCount += 1;
    const request = this.#requestCount;
    const [before, after] = this.#sides;
    try {
      await Promise.all([before.read(), after.read()]);
      const result = await this.#host.runtime.compare(after.session, before.session);
      if (request !== this.#requestCount || this.#closing.signal.aborted) return;
      this.#result = result;
      this.#updateGraph();
      this.requestUpdate();
    } catch {
      // The request was stopped or superseded. Each side reports its own failures, and the next change to either side starts a
      // new comparison.
    }
  }

  #select(node: string | null): void {
    this.#selected = node;
    this.#forEachSide((side) => side.selectNode(node));
    const shown = [this.#after, this.#before].flatMap((side) => side.workspace.graph.nodes);
    this.#file = shown.find(({ name }) => name === node)?.file ?? this.#file;
    this.#updateGraph();
    this.requestUpdate();
  }

  #trust(): void {
    this.#forEachSide((side) => {
      if (!side.workspace.trusted) side.trust();
    });
  }

  #swap(): void {
    [this.#before, this.#after] = [this.#after, this.#before];
    this.#result = null;
    this.#updateGraph();
    void this.#compare();
    this.requestUpdate();
  }

  async #copy(): Promise<void> {
    const [before, after] = await Promise.all([linkTo(this.#before.workspace), linkTo(this.#after.workspace)]);
    const url = new URL(`../../play/${comparisonFragment({ before, after })}`, this.#host.assets);
    try {
      await navigator.clipboard.writeText(url.href);
      this.#update(() => (this.#copied = "copied"));
    } catch {
      this.#update(() => (this.#copied = "refused"));
    }
    setTimeout(() => this.#update(() => (this.#copied = null)), COPIED_FOR_MS);
  }
}
