/** One `<hw-play>` while it is on the page: its state, its parts, and what it shows. */

import { nothing, render, type TemplateResult } from "lit";
import { readComparison } from "../compare/address.ts";
import { Conductor } from "../conducting/conductor.ts";
import { RunMark, takeEndedRun } from "../drafts/ended-run.ts";
import { isFramedByAnotherOrigin } from "../embed/ancestors.ts";
import { type ReadOptions, readOptions, type Said, saidOf } from "../embed/options.ts";
import { NoExample } from "../example.ts";
import { takeDrops } from "../files/drops.ts";
import { FileTools } from "../files/file-tools.ts";
import { GraphPane, type GraphPaneHost } from "../graph/graph-pane.ts";
import { withoutBackticks } from "../inline-code.ts";
import { type Opening, openCode, openExample, openLink } from "../opening/opening.ts";
import { fieldId } from "../output/field-links.ts";
import type { CheckView, FieldReference, Files } from "../protocol.ts";
import { firstValues } from "../quiet.ts";
import { Deferred } from "../runtime/deferred.ts";
import type { PythonRuntime } from "../runtime/runtime.ts";
import { consentTemplate } from "../share/consent.ts";
import { ConsentGate } from "../share/consent-gate.ts";
import { allow, isAllowedHere } from "../share/consents.ts";
import type { WorkspaceEvent } from "../state/events.ts";
import { Store } from "../state/store.ts";
import { emptyWorkspace, unknownGraph, type Workspace } from "../state/workspace.ts";
import { Taking } from "../takehome/taking.ts";
import { ActiveTabs } from "./active-tabs.ts";
import { Addressed } from "./addressed.ts";
import { Comparing } from "./comparing.ts";
import { DialogHistory } from "./dialog-history.ts";
import { DraftBox } from "./draft-box.ts";
import { elementStyles } from "./element-styles.ts";
import { PackageBox } from "./package-box.ts";
import { panelContent } from "./panels.ts";
import { Sharing } from "./sharing.ts";
import { type Layout, layoutOf, type ShellHandlers, shellTemplate } from "./shell.ts";
import { splittersTemplate } from "./splitters.ts";
import { drawnLayout, shadowRootOf } from "./static-root.ts";
import { followScheme } from "./theme.ts";
import { type Contents, type Frame, frameOf, viewOf } from "./view-of.ts";
import { Writing } from "./writing.ts";

/** What the site gives to every element of a page. */
export interface Site {
  /** The folder of the bundle's own files. */
  assets: URL;
  runtime(): PythonRuntime;
}

let opened = 0;

/** One element while it is on the page. */
export class Live implements GraphPaneHost {
  readonly renderRoot: ShadowRoot;
  readonly #element: HTMLElement;
  /** Whether the visitor used what the site's build drew. Its listeners were not there yet, and its focus goes with it. */
  readonly #wasInUse: boolean;
  readonly #site: Site;
  readonly #runtime: PythonRuntime;
  readonly #store: Store;
  readonly #session = `play-${++opened}`;
  readonly #writing: Writing;
  readonly #address: Addressed;
  readonly #conductor: Conductor;
  readonly #graph: GraphPane;
  readonly #fileTools: FileTools;
  readonly #sharing: Sharing;
  readonly #comparing: Comparing;
  readonly #packages: PackageBox;
  readonly #taking: Taking;
  readonly #dialogHistory: DialogHistory;
  /** Only the full-screen element keeps drafts: what is changed on a page of text goes with the page. */
  readonly #drafts: DraftBox | null;
  readonly #mark = new RunMark();
  readonly #activeTabs = new ActiveTabs();
  readonly #layout: Layout;
  readonly #said: ReadOptions;
  /** The node to pick once the graph is known. */
  #toSelect: string | null;
  readonly #leaving = new AbortController();
  readonly #endings: (() => void)[] = [];
  readonly #opened = new Deferred<void>();
  readonly #consentGate = new ConsentGate(() => this.requestUpdate());
  #opening: Opening | null = null;
  /** Where the live element is rendered; null until it takes over from what the site's build drew. */
  #stage: HTMLElement | null = null;
  #styles: CSSStyleSheet[] = [];
  #updatePending = false;

  constructor(element: HTMLElement, site: Site) {
    this.#element = element;
    this.#wasInUse = isInUse(element);
    this.renderRoot = shadowRootOf(element);
    this.#site = site;
    this.#runtime = site.runtime();
    this.#layout = layoutOf(element.getAttribute("layout"));
    this.#said = readOptions((name) => this.#option(name).value);
    this.#toSelect = this.#said.options.select;
    const isTold = new URLSearchParams(location.search).get("run") === "0";
    this.#store = new Store(emptyWorkspace(this.#said.options.run !== false && !isTold));
    this.#conductor = new Conductor(this.#store, this.#runtime, this.#session);
    this.#graph = new GraphPane(this, {
      onSelect: (node) => this.#writing.choose(node),
      onOpen: (node) => this.#writing.openFunction(node),
      onSave: () => this.#taking.open({ kind: "drawing" }),
      onSelector: (selector) => this.#send({ kind: "selector-set", selector }),
      onFold: (groups, folded) => this.#send({ kind: "folded", groups, folded }),
      onRun: (outputs) => this.#runOnly(outputs),
      unhurried: () => firstValues(this.#runtime),
    });
    this.#fileTools = new FileTools({
      files: () => this.#store.workspace.files,
      active: () => this.#store.workspace.active,
      requestUpdate: () => this.requestUpdate(),
      change: (files, active) => {
        this.#send({ kind: "files-changed", files, active });
        this.#writing.focus();
      },
      format: () => void this.#writing.format(),
      tell: (message, undo = false) => this.#send({ kind: "noticed", notice: { message, about: "files", undo } }),
    });
    this.#sharing = new Sharing({
      root: this.renderRoot,
      assets: site.assets,
      workspace: () => this.#store.workspace,
      requestUpdate: () => this.requestUpdate(),
      compare: () => this.#comparing.choose(),
      tell: (message) => this.#send({ kind: "noticed", notice: { message, about: "link" } }),
    });
    this.#comparing = new Comparing({
      root: this.renderRoot,
      assets: site.assets,
      example: this.#example,
      runtime: this.#runtime,
      keepsDrafts: this.#keepsDrafts,
      workspace: () => this.#store.workspace,
      requestUpdate: () => this.requestUpdate(),
      trust: () => this.#trust(),
      tell: (message) => this.#send({ kind: "noticed", notice: { message, about: "link" } }),
      closed: () => this.#dialogHistory.settled(() => this.#address.leaveComparison()),
    });
    this.#packages = new PackageBox({
      assets: site.assets,
      runtime: this.#runtime,
      index: () => element.getAttribute("packages") ?? "",
      requestUpdate: () => this.requestUpdate(),
      fetched: (message) => {
        this.#send({ kind: "noticed", notice: { message, about: "code" } });
        this.#conductor.run();
      },
    });
    this.#taking = new Taking({
      root: this.renderRoot,
      assets: site.assets,
      runtime: this.#runtime,
      session: this.#session,
      workspace: () => this.#store.workspace,
      layout: () => this.#graph.layout,
      requestUpdate: () => this.requestUpdate(),
      tell: (message) => this.#send({ kind: "noticed", notice: { message, about: "link" } }),
    });
    this.#address = new Addressed({
      openLink: (fragment) => openLink(site.assets, fragment, this.#example),
      openUsual: async () => (await this.#drafts?.latest()) ?? this.#openUsual(),
      leave: () => this.#comparing.close(),
      adopt: (opening) => this.#adopt(opening),
      compareWith: (before) => this.#comparing.withLink(before),
      fail: (error) => this.#tellInPlace(error),
    });
    this.#dialogHistory = new DialogHistory(
      this.#session,
      {
        topmost: () => [...this.renderRoot.querySelectorAll<HTMLDialogElement>("dialog[open]")].at(-1) ?? null,
        ownsAddress: this.#isAlone,
        reopen: (kind) => this.#reopen(kind),
      },
      this.#leaving.signal,
    );
    this.#writing = new Writing({
      root: this.renderRoot,
      store: this.#store,
      leaving: this.#leaving.signal,
      onRun: () => this.#conductor.run(),
      fix: (problem) => this.#packages.fix(problem),
      requestUpdate: () => this.requestUpdate(),
    });
    this.#drafts = this.#keepsDrafts
      ? new DraftBox(this.#store, site.assets, this.#example, {
          requestUpdate: () => this.requestUpdate(),
          show: (opening) => this.#show(opening),
          compare: (draft) => this.#comparing.withDraft(draft),
        })
      : null;
    this.#endings.push(
      followScheme(element, this.#said.options.theme),
      this.#store.subscribe((workspace, event) => this.#follow(workspace, event)),
      this.#runtime.subscribe(() => this.requestUpdate()),
    );
  }

  async open(): Promise<void> {
    if (this.#isAlone) void this.#runtime.boot().catch(ignored); // Python starts while the code is fetched
    this.#styles = [await elementStyles(this.renderRoot)];
    await this.#address.open(this.#isAlone ? location.hash : "");
    this.#opened.resolve();
    this.#listen();
    if (this.#isAlone) this.#address.follow(); // another link may have come meanwhile
    if (this.#said.faults.length > 0) this.#tell(this.#said.faults.join(" "));
    const { run, code, mode } = this.#said.options;
    if (this.#drafts !== null) await this.#tellOfEndedRun();
    if (this.#isAlone || run || code !== null) this.#conductor.wake();
    if (mode === "edit" && !this.#leaving.signal.aborted) await this.#writing.load();
  }

  close(): void {
    this.#leaving.abort();
    this.#mark.clear();
    this.#conductor.close();
    this.#consentGate.close();
    this.#activeTabs.close();
    this.#drafts?.close();
    this.#comparing.close();
    this.#graph.hostDisconnected();
    this.#writing.close();
    for (const end of this.#endings) end();
  }

  /** The same code would end the page again if it ran by itself. */
  async #tellOfEndedRun(): Promise<void> {
    const title = await takeEndedRun();
    if (title === null) return;
    this.#send({ kind: "auto-run-set", on: false });
    const message = `The browser ended this page while “${title}” was running, perhaps for lack of memory. Your drafts are kept. Auto-run is off: nothing runs until you say so.`;
    this.#send({ kind: "noticed", notice: { message, about: "draft" } });
  }

  /** Code that runs is noted down, in case that the browser ends the page meanwhile. */
  #note(workspace: Workspace, event: WorkspaceEvent): void {
    if (this.#drafts === null) return;
    if (workspace.running !== null) {
      if (event.kind === "run-began") this.#mark.set(workspace.title);
    } else if (
      event.kind === "run-ended" ||
      event.kind === "run-stopped" ||
      event.kind === "run-failed" ||
      event.kind === "opened"
    ) {
      this.#mark.clear();
    }
  }

  /** Once there is code, or a word on why there is none. */
  get opened(): Promise<void> {
    return this.#opened.promise;
  }

  get files(): Files {
    return this.#store.workspace.files;
  }

  set files(files: Files) {
    const { active } = this.#store.workspace;
    const shown = Object.hasOwn(files, active) ? active : (Object.keys(files)[0] ?? "");
    this.#send({ kind: "files-changed", files, active: shown });
  }

  async check(source: string): Promise<CheckView> {
    await this.#conductor.catchUp();
    return await this.#runtime.check(this.#session, source);
  }

  compareWith(label: string, files: Files): void {
    this.#comparing.withFiles(label, { ...this.files, ...files });
  }

  /** What is shown where no link and no draft is. */
  async #openUsual(): Promise<Opening> {
    const { value: code, isFromAddress } = this.#option("code");
    if (code !== null) return openCode(code, isFromAddress);
    return openExample(this.#site.assets, this.#example);
  }

  /** What the page says of the element; a frame's address comes first. */
  #option(name: string): Said {
    const address = this.#layout === "frame" ? new URLSearchParams(location.search) : null;
    return saidOf(name, address, this.#element);
  }

  #tell(message: string): void {
    this.#send({ kind: "noticed", notice: { message, about: "link" } });
  }

  get #frame(): Frame {
    return frameOf(this.#layout, this.#said.options, this.#keepsDrafts);
  }

  /** A page of another origin around this one must not bring the visitor's drafts into its frames. */
  get #keepsDrafts(): boolean {
    return this.#layout === "full" && !isFramedByAnotherOrigin();
  }

  /** True where the address tells what to open: the element is all that the window or the frame shows. */
  get #isAlone(): boolean {
    return this.#layout !== "embed";
  }

  get #example(): string {
    return this.#option("example").value ?? "";
  }

  /** Beside what was drawn when the site was built, which stays readable. */
  #tellInPlace(error: unknown): void {
    const note = document.createElement("p");
    note.setAttribute("role", "alert");
    note.textContent =
      error instanceof NoExample
        ? withoutBackticks(error.message)
        : `The code could not be fetched, so nothing here is live. Reload the page to try again. ${error}`;
    this.renderRoot.append(note);
  }

  #adopt(opening: Opening): void {
    this.#opening = opening;
    this.#writing.reset();
    this.#send(opening.opened);
    const { notice, remark } = opening;
    if (notice !== null) this.#send({ kind: "noticed", notice: { message: notice, about: "link" } });
    else if (remark) this.#send({ kind: "noticed", notice: { message: remark, about: "link", calm: true } });
  }

  /** Other code than the address tells of. */
  #show(opening: Opening): void {
    this.#forgetAddress();
    this.#adopt(opening);
  }

  #forgetAddress(): void {
    this.#dialogHistory.settled(() => this.#address.forget());
  }

  /** Opens a dialog again that Back closed. */
  #reopen(kind: string): void {
    switch (kind) {
      case "share":
        void this.#sharing.open();
        break;
      case "drafts":
        this.#drafts?.open();
        break;
      case "takehome":
        this.#taking.reopen();
        break;
      case "compare-with":
        this.#comparing.choose();
        break;
      case "compare":
        if (readComparison(location.hash) === null) this.#comparing.reopen(); // the address brings its own
    }
  }

  #listen(): void {
    const { signal } = this.#leaving;
    const wake = (): void => this.#conductor.wake();
    for (const sign of ["pointerenter", "focusin", "touchstart"]) {
      this.#element.addEventListener(sign, wake, { once: true, passive: true, signal });
    }
    if (this.#wasInUse || isInUse(this.#element)) wake();
    if (this.#isAlone) {
      window.addEventListener("hashchange", () => this.#address.follow(), { signal });
      window.addEventListener("pagehide", () => this.#mark.leave(), { signal });
      window.addEventListener("pageshow", () => this.#mark.comeBack(), { signal });
    }
    if (this.#said.options.mode === "edit") {
      takeDrops(this.#element, (files) => void this.#fileTools.take(files), signal);
    }
    this.renderRoot.addEventListener(
      "keydown",
      (event) => {
        const key = event as KeyboardEvent;
        if (key.key !== "Enter" || !(key.ctrlKey || key.metaKey) || key.defaultPrevented) return;
        key.preventDefault();
        this.#conductor.run();
      },
      { signal },
    );
  }

  // --- what happens -----------------------------------------------------------------------------------------------

  #send(event: WorkspaceEvent): void {
    this.#store.send(event);
  }

  #follow(workspace: Workspace, event: WorkspaceEvent): void {
    if (event.kind === "kept" && !this.#address.isOpening) this.#forgetAddress(); // reloading shows the draft
    if (event.kind === "opened") this.#consentGate.restart();
    if (event.kind === "opened" || event.kind === "outlined") this.#pick(workspace);
    this.#note(workspace, event);
    const { graph, runs, selected, selector, folds } = workspace;
    this.#graph.update({ graph, runs, selected, selector, folds, unknown: unknownGraph(workspace) });
    this.requestUpdate();
  }

  /** Picks the node that the page wants picked, as soon as it is known what nodes there are. */
  #pick({ graph }: Workspace): void {
    const node = this.#toSelect;
    if (node === null || graph.nodes.length === 0) return;
    this.#toSelect = null;
    if (graph.nodes.some((one) => one.name === node)) this.#send({ kind: "node-chosen", node, by: "caret" });
    else this.#tell(`select="${node}" is no node of this dataflow.`);
  }

  /** Brings the field of a value into view, and the focus into it. */
  #showField(field: FieldReference): void {
    this.#send({ kind: "panel-chosen", panel: "inputs" });
    this.#send({ kind: "view-chosen", view: "output" });
    queueMicrotask(() => this.renderRoot.getElementById(fieldId(field))?.focus()); // after the rendering that is due
  }

  #runOnly(outputs: string[]): void {
    this.#send({ kind: "outputs-chosen", outputs });
    this.#conductor.run();
  }

  /** Lets the code on the page run. Undo does not lead back to code from before: that was not allowed. */
  #trust(): void {
    void allow(this.#store.workspace);
    this.#writing.forgetUndo();
    this.#fileTools.forgetDeleted();
    this.#send({ kind: "trusted" });
  }

  /** Opens again what was opened. It runs without a question only if the visitor allowed exactly that code. */
  #reset(): void {
    if (this.#opening === null) return;
    const { opened } = this.#opening;
    this.#adopt({ opened: { ...opened, trusted: opened.trusted || isAllowedHere(opened) }, notice: null });
  }

  // --- what is shown ----------------------------------------------------------------------------------------------

  /** Renders once at the end of the present task, however often it is asked. */
  requestUpdate(): void {
    if (this.#updatePending) return;
    this.#updatePending = true;
    queueMicrotask(() => {
      this.#updatePending = false;
      // Until there is something to show, what the site's build drew stays.
      if (!this.#leaving.signal.aborted && this.#opening !== null) this.#render();
    });
  }

  #render(): void {
    const isFirst = this.#stage === null;
    this.#stage ??= this.#takeOver();
    const { workspace } = this.#store;
    this.#writing.show(workspace);
    const view = viewOf(workspace, this.#runtime.status, this.#frame, this.#contents(workspace));
    render(shellTemplate(view, this.#handlers), this.#stage);
    // The first time, to measure what was rendered takes as long as to render it: that is a task of its own.
    if (isFirst) setTimeout(() => this.#measureGraph());
    else this.#measureGraph();
    this.#fileTools.rendered(this.renderRoot);
    this.#sharing.rendered();
    this.#packages.rendered(this.renderRoot);
    this.#drafts?.rendered(this.renderRoot);
    this.#comparing.rendered();
    this.#taking.rendered();
    this.#activeTabs.rendered(this.renderRoot);
    this.#dialogHistory.sync();
  }

  #measureGraph(): void {
    if (!this.#leaving.signal.aborted) this.#graph.hostUpdated();
  }

  /** From what the site's build drew to the live element, in one step and at the same places. */
  #takeOver(): HTMLElement {
    const layout = drawnLayout(this.renderRoot);
    if (layout !== null) this.#graph.adopt(layout);
    const { height } = this.#said.options;
    if (height !== null) this.#element.style.setProperty("--height", `${height}px`);
    const stage = document.createElement("div");
    stage.className = "stage";
    this.renderRoot.adoptedStyleSheets = this.#styles;
    this.renderRoot.replaceChildren(stage);
    return stage;
  }

  #contents(workspace: Workspace): Contents {
    return {
      editor: this.#writing.content(workspace),
      fileTools: this.#frame.reading ? nothing : this.#fileTools.template(),
      graph: this.#graph.template(),
      splitters: splittersTemplate(() => this.requestUpdate()),
      panelContent: panelContent(workspace, {
        onSelect: (node) => this.#writing.choose(node),
        onJump: (file, line) => this.#writing.jump(file, line),
        onField: (field) => this.#showField(field),
        offer: (problem) => this.#packages.offer(problem),
        onPlace: (place) => this.#send({ kind: "place-chosen", place }),
        onGiven: (role, name, text) => this.#send({ kind: "given", role, name, text }),
        onOutputs: (outputs) => this.#send({ kind: "outputs-chosen", outputs }),
        onTake: (kind, node) => this.#taking.open({ kind, node }),
      }),
      consent: workspace.trusted ? nothing : this.#consent(workspace),
      dialog: [
        this.#sharing.template(),
        this.#drafts?.template() ?? nothing,
        this.#comparing.template(),
        this.#packages.template(),
        this.#taking.template(),
      ],
    };
  }

  #consent({ files }: Workspace): TemplateResult {
    return consentTemplate({
      gate: this.#consentGate,
      from: "This code came with a link:",
      files: [files],
      label: "Run this code",
      onRun: () => this.#trust(),
    });
  }

  /** Takes back what the notice tells of. */
  #undo(): void {
    if (this.#store.workspace.notice?.about === "files") this.#fileTools.undoDelete();
    else this.#drafts?.undo();
  }

  readonly #handlers: ShellHandlers = {
    onFile: (file) => this.#send({ kind: "file-chosen", file, view: "code" }),
    onView: (view) => this.#send({ kind: "view-chosen", view }),
    onRun: () => this.#conductor.run(),
    onStop: () => this.#conductor.stop(),
    onReset: () => this.#reset(),
    onDrafts: () => this.#drafts?.open(),
    onUndo: () => this.#undo(),
    onShare: () => void this.#sharing.open(),
    onTakeHome: () => this.#taking.open({ kind: "project" }),
    onAutoRun: (on) => this.#send({ kind: "auto-run-set", on }),
    onPanel: (panel) => this.#send({ kind: "panel-chosen", panel }),
    onJump: (file, line) => this.#writing.jump(file, line),
    onRetry: () => void this.#runtime.boot().catch(ignored),
    onDismiss: () => this.#send({ kind: "noticed", notice: null }),
  };
}

/** Whether the pointer or the focus is in an element. */
function isInUse(element: Element): boolean {
  return element.matches(":hover, :focus-within");
}

/** The runtime's status tells what the rejection says. */
function ignored(): void {}
