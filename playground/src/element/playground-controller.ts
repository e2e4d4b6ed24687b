/** The controller for one `<hw-play>` on a page: creates its parts and connects them. */

import { nothing, type TemplateResult } from "lit/html.js";
import { CompareController } from "../compare/compare-controller.ts";
import { Dialogs } from "../dialogs/dialogs.ts";
import { DraftsController } from "../drafts/drafts-controller.ts";
import { RunWatch } from "../drafts/run-watch.ts";
import { isFramedByAnotherOrigin } from "../embed/ancestors.ts";
import { type OptionSource, type ParsedOptions, parseOptions, sourceOfOption } from "../embed/options.ts";
import { ExampleNotFound } from "../example.ts";
import { RunController } from "../execution/run-controller.ts";
import { ExportController } from "../export/export-controller.ts";
import { handleDrops } from "../files/drops.ts";
import { FileTools } from "../files/file-tools.ts";
import { GalleryController } from "../gallery/gallery-controller.ts";
import { getOwn } from "../get-own.ts";
import { GraphPane, type GraphPaneHost } from "../graph/graph-pane.ts";
import { firstValuesShown } from "../idle.ts";
import { withoutBackticks } from "../inline-code.ts";
import { PackageOffers } from "../packages/offers.ts";
import type { Resolve } from "../packages/select.ts";
import type { CheckView, FieldReference, FieldTexts, Files, GraphView } from "../protocol.ts";
import { Deferred } from "../runtime/deferred.ts";
import type { CheckParams, PythonRuntime, RuntimeStatus } from "../runtime/runtime.ts";
import { ConsentController } from "../share/consent-controller.ts";
import { ShareController } from "../share/share-controller.ts";
import type { WorkspaceEvent } from "../state/events.ts";
import { Store } from "../state/store.ts";
import { emptyWorkspace, graphPlaceholder, NO_SELECTOR, type Workspace } from "../state/workspace.ts";
import { fieldId } from "../values/field-links.ts";
import { applyTypedValue } from "../values/typing.ts";
import { ActiveTabs } from "./active-tabs.ts";
import { CurrentProject } from "./current-project.ts";
import { EditorController } from "./editor-controller.ts";
import { addElementListeners, isInUse } from "./element-listeners.ts";
import { ElementRenderer } from "./element-renderer.ts";
import { elementStyles } from "./element-styles.ts";
import { LinkRouter } from "./link-router.ts";
import { panelContent } from "./panels.ts";
import { type Picking, reportSelector } from "./picking.ts";
import { EDIT_EVENT, RESET_EVENT } from "./player-events.ts";
import { RovingFocus } from "./roving-focus.ts";
import { layoutOf, type ShellHandlers, type ShellLayout, shellTemplate } from "./shell.ts";
import { type ShellContents, type ShellOptions, shellOptions, shellView } from "./shell-view.ts";
import { splittersTemplate } from "./splitters.ts";
import { prerenderedLayout, shadowRootOf } from "./static-root.ts";
import { progressOf, statusOf } from "./summary.ts";
import { followScheme } from "./theme.ts";

/** The site's resources, shared by all elements on a page. */
export interface Site {
  /** The base URL of the bundle's files. */
  assets: URL;
  runtime(): PythonRuntime;
  resolve: Resolve;
}

let elementCount = 0;

/** The controller for one element, from the time the element is added to the page until it is removed. */
export class PlaygroundController implements GraphPaneHost {
  readonly renderRoot: ShadowRoot;
  readonly #element: HTMLElement;
  readonly #assets: URL;
  /**
   * Whether the visitor used the prerendered element. Recorded at once: that element has no listeners, and is soon replaced.
   */
  readonly #wasInUse: boolean;
  readonly #runtime: PythonRuntime;
  readonly #store: Store;
  readonly #session = `play-${++elementCount}`;
  readonly #layout: ShellLayout;
  readonly #parsedOptions: ParsedOptions;
  readonly #disconnectController = new AbortController();
  readonly #cleanups: (() => void)[] = [];
  readonly #opened = new Deferred<void>();

  readonly #renderer: ElementRenderer;
  readonly #project: CurrentProject;
  readonly #linkRouter: LinkRouter;
  readonly #runs: RunController;
  readonly #editor: EditorController;
  readonly #graph: GraphPane;
  readonly #fileTools: FileTools;
  readonly #activeTabs = new ActiveTabs();
  readonly #rovingFocus: RovingFocus;
  readonly #consent: ConsentController;
  readonly #share: ShareController;
  readonly #comparing: CompareController;
  readonly #packages: PackageOffers;
  readonly #exports: ExportController;
  readonly #dialogs: Dialogs;
  /** Only the full-page element saves drafts. On other pages, changes are lost when the page is closed. */
  readonly #drafts: DraftsController | null;
  readonly #gallery: GalleryController;
  readonly #runWatch: RunWatch | null;
  #picking: Picking | null = null;
  /** The files and values of the latest edit event. */
  #reported: Pick<Workspace, "files" | "fieldTexts"> | null = null;

  constructor(element: HTMLElement, { assets, runtime, resolve }: Site) {
    this.#element = element;
    this.#assets = assets;
    this.#wasInUse = isInUse(element);
    const root = shadowRootOf(element);
    this.renderRoot = root;
    this.#runtime = runtime();
    this.#layout = layoutOf(element.getAttribute("layout"));
    this.#parsedOptions = parseOptions((name) => this.#option(name).value);
    const isSwitchedOff = new URLSearchParams(location.search).get("run") === "0";
    const store = new Store(emptyWorkspace(this.#parsedOptions.options.run !== false && !isSwitchedOff));
    const disconnectSignal = this.#disconnectController.signal;
    const workspace = () => store.workspace;
    const requestUpdate = () => this.requestUpdate();
    const notify = (message: string) => this.#notify(message);
    this.#store = store;
    this.#rovingFocus = new RovingFocus(root, disconnectSignal);
    this.#runs = new RunController(store, this.#runtime, this.#session);
    this.#renderer = new ElementRenderer({
      root,
      disconnectSignal,
      isReady: () => this.#project.isLoaded,
      template: () => this.#template(),
      beforeFirstRender: () => this.#beforeFirstRender(),
      afterRender: () => this.#afterRender(),
      measure: () => this.#graph.hostUpdated(),
    });
    this.#project = new CurrentProject({
      store,
      assets,
      example: () => this.#example,
      code: () => this.#option("code"),
      select: this.#parsedOptions.options.select,
      beforeShow: () => this.#editor.reset(),
      beforeLeavingLink: () => this.#removeLinkFromUrl(),
    });
    this.#linkRouter = new LinkRouter({
      openLink: (fragment) => this.#project.loadLink(fragment),
      openDefault: async () => (await this.#drafts?.latest()) ?? this.#project.loadDefault(),
      beforeOpen: () => this.#comparing.close(),
      show: (project) => this.#project.load(project),
      compareWith: (before) => this.#comparing.compareWithLink(before),
      showError: (error) => this.#showLoadError(error),
    });
    this.#editor = new EditorController({
      root,
      store,
      disconnectSignal,
      onRun: () => this.#run(),
      fix: (problem) => this.#packages.fix(problem),
      loadCompletion: async () => {
        const { LiveCompletion } = await import("../execution/live-completion.ts");
        return new LiveCompletion(store, this.#runtime, this.#session);
      },
      requestUpdate,
    });
    this.#graph = new GraphPane(this, {
      onSelect: (node) => this.#chooseNode(node),
      onOpen: (node) => {
        if (this.#picking === null) this.#editor.goToFunction(node);
      },
      onSave: () => this.#exports.open({ kind: "drawing" }),
      onSelector: (selector) => this.#send({ kind: "selector-set", selector }),
      onFold: (groups, folded) => this.#send({ kind: "folds-set", groups, folded }),
      onRun: (outputs) => this.#runOnly(outputs),
      whenIdle: () => firstValuesShown(this.#runtime),
    });
    this.#fileTools = new FileTools({
      files: () => store.workspace.files,
      active: () => store.workspace.active,
      requestUpdate,
      change: (files, active) => {
        this.#send({ kind: "files-changed", files, active });
        this.#editor.focus();
      },
      format: () => void this.#editor.format(),
      notify: (message, undo = false) => this.#send({ kind: "notice-set", notice: { message, about: "files", undo } }),
    });
    this.#consent = new ConsentController({
      workspace,
      requestUpdate,
      onTrust: () => {
        this.#editor.clearUndoHistory();
        this.#fileTools.discardDeleted();
        this.#send({ kind: "trusted" });
      },
    });
    this.#share = new ShareController({
      assets,
      workspace,
      requestUpdate,
      compare: () => this.#comparing.choose(),
      notify,
    });
    this.#comparing = new CompareController({
      root,
      assets,
      example: this.#example,
      runtime: this.#runtime,
      keepsDrafts: this.#keepsDrafts,
      workspace,
      requestUpdate,
      trust: this.#consent.trust,
      notify,
      closed: () => this.#dialogs.whenSettled(() => this.#linkRouter.closeComparison()),
    });
    this.#packages = new PackageOffers({
      assets,
      runtime: this.#runtime,
      index: () => element.getAttribute("packages") ?? "",
      requestUpdate,
      resolve,
      files: () => store.workspace.files,
      isReadOnly: this.#parsedOptions.options.mode === "read",
      onEdit: (file, text) => this.#editor.replaceText(file, text),
      onChecked: (files, areMet) => this.#send({ kind: "packages-checked", files, areMet }),
      onFetched: (message) => {
        this.#send({ kind: "notice-set", notice: { message, about: "code", calm: true } });
        this.#runs.run();
      },
      notify: (message) => this.#send({ kind: "notice-set", notice: { message, about: "code" } }),
    });
    this.#exports = new ExportController({
      root,
      assets,
      runtime: this.#runtime,
      session: this.#session,
      workspace,
      layout: () => this.#graph.layout,
      requestUpdate,
      notify,
    });
    this.#drafts = this.#keepsDrafts
      ? new DraftsController(store, assets, this.#example, {
          requestUpdate,
          show: (project) => this.#project.show(project),
          compare: (draft) => this.#comparing.compareWithDraft(draft),
          chooseExample: () => void this.#gallery.open(),
        })
      : null;
    this.#gallery = new GalleryController({
      root,
      assets,
      requestUpdate,
      current: () => store.workspace.example?.name ?? null,
      show: (project) => this.#project.show(project),
      notify,
    });
    this.#runWatch = this.#keepsDrafts ? new RunWatch(store, disconnectSignal) : null;
    const drafts = this.#drafts === null ? [] : [this.#drafts];
    this.#dialogs = new Dialogs({ root, element: this.#session, ownsUrl: this.#ownsUrl, disconnectSignal }, [
      this.#share,
      ...drafts,
      this.#gallery,
      this.#comparing,
      this.#packages,
      this.#exports,
    ]);
    this.#cleanups.push(
      followScheme(element, this.#parsedOptions.options.theme),
      store.subscribe((workspace, event) => this.#onEvent(workspace, event)),
      this.#runtime.subscribe(requestUpdate),
    );
  }

  async open(): Promise<void> {
    if (this.#ownsUrl) void this.#runtime.boot().catch(ignored); // Python starts while the code is being fetched
    this.#renderer.styles = [await elementStyles(this.renderRoot)];
    await this.#linkRouter.open(this.#ownsUrl ? location.hash : "");
    this.#opened.resolve();
    this.#listen();
    if (this.#ownsUrl) this.#linkRouter.follow(); // the URL may have changed in the meantime
    if (this.#parsedOptions.problems.length > 0) this.#notify(this.#parsedOptions.problems.join(" "));
    const { run, code, mode } = this.#parsedOptions.options;
    await this.#runWatch?.reportInterruptedRun();
    if (this.#ownsUrl || run || code !== null) this.#runs.wake();
    if (mode === "edit" && !this.#disconnectController.signal.aborted) await this.#editor.load();
  }

  close(): void {
    this.#disconnectController.abort();
    this.#runWatch?.close();
    this.#runs.close();
    this.#consent.close();
    this.#activeTabs.close();
    this.#drafts?.close();
    this.#comparing.close();
    this.#packages.close();
    this.#graph.hostDisconnected();
    this.#editor.close();
    for (const cleanup of this.#cleanups) cleanup();
  }

  /** Resolves when the element shows code, or a message that explains why there is none. */
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
    if (this.#picking !== null) this.#send({ kind: "view-chosen", view: "graph" });
  }

  showOneOf(names: readonly string[]): void {
    const { active, view } = this.#store.workspace;
    const [file] = names.filter((name) => Object.hasOwn(this.files, name));
    if (file !== undefined && !names.includes(active)) this.#send({ kind: "file-chosen", file, view });
  }

  get fieldTexts(): FieldTexts {
    return this.#store.workspace.fieldTexts;
  }

  set fieldTexts(texts: FieldTexts) {
    for (const role of ["inputs", "config", "overrides"] as const) {
      const [before, after] = [this.fieldTexts[role], texts[role]];
      for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
        const text = getOwn(after, name) ?? null;
        if (text !== (getOwn(before, name) ?? null)) this.#send({ kind: "value-set", role, name, text });
      }
    }
  }

  get graph(): GraphView {
    return this.#store.workspace.graph;
  }

  set picking(picking: Picking | null) {
    if (picking !== null && this.#picking === null) this.#send({ kind: "view-chosen", view: "graph" });
    this.#picking = picking;
    this.#updateGraph(this.#store.workspace);
    this.requestUpdate();
  }

  /** Resolve when the current files have run. */
  catchUp(): Promise<void> {
    applyTypedValue(this.renderRoot);
    return this.#runs.catchUp();
  }

  async check(params: CheckParams): Promise<CheckView> {
    await this.catchUp();
    return await this.#runtime.check(this.#session, params);
  }

  /**
   * Report what the visitor is waiting for while Python or its libraries load; null once they are ready. Return a function that
   * stops the reports.
   */
  watchPython(report: (waitingFor: string | null) => void): () => void {
    const listen = (status: RuntimeStatus): void => {
      const isLoading = progressOf(status) !== null || (status.phase === "ready" && !status.complete);
      report(isLoading ? statusOf(status) : null);
    };
    listen(this.#runtime.status);
    return this.#runtime.subscribe(listen);
  }

  async link(): Promise<string> {
    const { ownLink } = await import("./own-link.ts");
    return await ownLink(this.#assets, this.#store.workspace);
  }

  compareWith(label: string, files: Files): void {
    this.#comparing.compareWithFiles(label, { ...this.files, ...files });
  }

  /** Read an option of the element. In a frame, the URL overrides the attributes. */
  #option(name: string): OptionSource {
    const query = this.#layout === "frame" ? new URLSearchParams(location.search) : null;
    return sourceOfOption(name, query, this.#element);
  }

  #notify(message: string): void {
    this.#send({ kind: "notice-set", notice: { message, about: "link" } });
  }

  get #shellOptions(): ShellOptions {
    return shellOptions(this.#layout, this.#parsedOptions.options, this.#keepsDrafts);
  }

  /** Pages from other origins must not load the visitor's drafts into their frames. */
  get #keepsDrafts(): boolean {
    return this.#layout === "full" && !isFramedByAnotherOrigin();
  }

  /** True if the URL selects the code. This is the case if the element fills the window or the frame. */
  get #ownsUrl(): boolean {
    return this.#layout !== "embed";
  }

  get #example(): string {
    return this.#option("example").value ?? "";
  }

  /** Show an error below the prerendered element, which stays readable. */
  #showLoadError(error: unknown): void {
    const note = document.createElement("p");
    note.setAttribute("role", "alert");
    note.textContent =
      error instanceof ExampleNotFound
        ? withoutBackticks(error.message)
        : `Could not fetch the code, so this page is not interactive. Reload the page to try again. ${error}`;
    this.renderRoot.append(note);
  }

  #removeLinkFromUrl(): void {
    this.#dialogs.whenSettled(() => this.#linkRouter.removeLink());
  }

  #listen(): void {
    const { signal } = this.#disconnectController;
    if (this.#ownsUrl) window.addEventListener("hashchange", () => this.#linkRouter.follow(), { signal });
    if (this.#parsedOptions.options.mode === "edit") {
      handleDrops(this.#element, (files) => void this.#fileTools.addFromDisk(files), signal);
    }
    const [element, root, wasInUse] = [this.#element, this.renderRoot, this.#wasInUse];
    const [wake, run] = [() => this.#runs.wake(), () => this.#run()];
    addElementListeners({ element, root, wasInUse, wake, run }, signal);
  }

  // --- events -----------------------------------------------------------------------------------------------------

  #send(event: WorkspaceEvent): void {
    this.#store.send(event);
  }

  #onEvent(workspace: Workspace, event: WorkspaceEvent): void {
    if (event.kind === "draft-saved" && !this.#linkRouter.isOpening) this.#removeLinkFromUrl(); // a reload must show the draft
    if (event.kind === "opened") {
      this.#consent.restart();
      this.#packages.close();
      this.#fileTools.withdraw();
    }
    if (workspace.packages === "unchecked") this.#packages.check(workspace.files);
    if (event.kind === "opened" || event.kind === "outlined") this.#project.selectInitialNode(workspace);
    if (this.#picking !== null) reportSelector(this.#picking, workspace.graph, event);
    this.#reportEdit(workspace);
    this.#updateGraph(workspace);
    this.requestUpdate();
  }

  #reportEdit({ files, fieldTexts }: Workspace): void {
    const reported = this.#reported;
    this.#reported = { files, fieldTexts };
    if (reported !== null && (reported.files !== files || reported.fieldTexts !== fieldTexts))
      this.#element.dispatchEvent(new Event(EDIT_EVENT));
  }

  /** While the learner picks nodes, no node is selected: highlighting its lineage would give the answer away. */
  #updateGraph(workspace: Workspace): void {
    const { graph, runs, selector, folds } = workspace;
    const picks = this.#picking?.picks ?? null;
    const selected = picks === null ? workspace.selected : null;
    this.#graph.update({ graph, runs, selected, selector, folds, picks, emptyText: graphPlaceholder(workspace) });
  }

  /** Pick a node, or select it and show its code. */
  #chooseNode(node: string | null): void {
    if (this.#picking === null) this.#editor.selectNode(node);
    else if (node !== null) {
      if (this.#store.workspace.selector.text !== "") this.#send({ kind: "selector-set", selector: NO_SELECTOR });
      this.#picking.onToggle(node);
    }
  }

  /** Show a field in the values pane and focus it. */
  #showField(field: FieldReference): void {
    this.#send({ kind: "panel-chosen", panel: "inputs" });
    this.#send({ kind: "view-chosen", view: "output" });
    queueMicrotask(() => this.renderRoot.getElementById(fieldId(field))?.focus()); // the pending rendering may add the field
  }

  /** Run the code, or ask for the packages that it needs. */
  #run(): void {
    applyTypedValue(this.renderRoot);
    this.#runs.run();
    if (this.#store.workspace.packages === "missing") this.#packages.openListed();
  }

  #runOnly(outputs: string[]): void {
    this.#send({ kind: "outputs-chosen", outputs });
    this.#runs.run();
  }

  // --- rendering ---------------------------------------------------------------------------------------------------

  requestUpdate(): void {
    this.#renderer.requestUpdate();
  }

  #template(): TemplateResult {
    const { workspace } = this.#store;
    this.#editor.show(workspace);
    return shellTemplate(
      shellView(workspace, this.#runtime.status, this.#shellOptions, this.#contents(workspace)),
      this.#handlers,
    );
  }

  #beforeFirstRender(): void {
    const layout = prerenderedLayout(this.renderRoot);
    if (layout !== null) this.#graph.adopt(layout);
    const { height } = this.#parsedOptions.options;
    if (height !== null) this.#element.style.setProperty("--height", `${height}px`);
  }

  #afterRender(): void {
    this.#fileTools.rendered(this.renderRoot);
    this.#activeTabs.rendered(this.renderRoot);
    this.#rovingFocus.rendered();
    this.#dialogs.rendered();
  }

  #contents(workspace: Workspace): ShellContents {
    return {
      editor: this.#editor.content(workspace),
      fileTools: this.#shellOptions.isReadOnly ? nothing : this.#fileTools.template(),
      graph: this.#graph.template(),
      splitters: splittersTemplate(() => this.requestUpdate()),
      panelContent: panelContent(workspace, {
        onSelect: (node) => this.#editor.selectNode(node),
        onJump: (file, line) => this.#editor.jump(file, line),
        onField: (field) => this.#showField(field),
        offer: (problem) => this.#packages.offer(problem),
        docsUrl: (page) => new URL(`../../errors/${page}/`, this.#assets).href,
        onPosition: (position) => this.#send({ kind: "position-set", position }),
        onValue: (role, name, text) => this.#send({ kind: "value-set", role, name, text }),
        onOutputs: (outputs) => this.#send({ kind: "outputs-chosen", outputs }),
        onExport: (kind, node) => this.#exports.open({ kind, node }),
      }),
      consent: workspace.trusted && workspace.packages === "missing" ? this.#packages.bar() : this.#consent.template(),
      dialog: this.#dialogs.templates(),
    };
  }

  /** Undo the action that the notice reports. */
  #undo(): void {
    const about = this.#store.workspace.notice?.about;
    if (about === "files") this.#fileTools.undoDelete();
    else if (about === "code") this.#project.undoReset();
    else this.#drafts?.undo();
  }

  /** Start Python again if it failed to start. Otherwise, run the code again, which loads the packs that the code imports. */
  #retry(): void {
    if (this.#runtime.status.phase === "ready") this.#runs.run();
    else this.#runtime.boot().catch(ignored);
  }

  readonly #handlers: ShellHandlers = {
    onFile: (file) => this.#send({ kind: "file-chosen", file, view: "code" }),
    onView: (view) => this.#send({ kind: "view-chosen", view }),
    onRun: () => this.#run(),
    onStop: () => this.#runs.stop(),
    onReset: () => {
      this.#project.reset();
      this.#element.dispatchEvent(new Event(RESET_EVENT));
    },
    onExamples: () => void this.#gallery.open(),
    onDrafts: () => void this.#drafts?.open(),
    onUndo: () => this.#undo(),
    onShare: () => void this.#share.open(),
    onExport: () => this.#exports.open({ kind: "project" }),
    onAutoRun: (on) => this.#send({ kind: "auto-run-set", on }),
    onPanel: (panel) => this.#send({ kind: "panel-chosen", panel }),
    onJump: (file, line) => this.#editor.jump(file, line),
    onRetry: () => this.#retry(),
    onDismiss: () => this.#send({ kind: "notice-set", notice: null }),
  };
}

/** Ignore a rejection: the runtime's status reports it. */
function ignored(): void {}
