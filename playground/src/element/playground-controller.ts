/** One `<hw-play>` while it is on the page: its parts, how they are connected, and what it shows. */

import { nothing, type TemplateResult } from "lit";
import { CompareController } from "../compare/compare-controller.ts";
import { Dialogs } from "../dialogs/dialogs.ts";
import { DraftsDialog } from "../drafts/drafts-dialog.ts";
import { RunWatch } from "../drafts/run-watch.ts";
import { isFramedByAnotherOrigin } from "../embed/ancestors.ts";
import { type OptionSource, type ParsedOptions, parseOptions, sourceOfOption } from "../embed/options.ts";
import { ExampleNotFound } from "../example.ts";
import { RunController } from "../execution/run-controller.ts";
import { ExportController } from "../export/export-controller.ts";
import { handleDrops } from "../files/drops.ts";
import { FileTools } from "../files/file-tools.ts";
import { GraphPane, type GraphPaneHost } from "../graph/graph-pane.ts";
import { firstValuesShown } from "../idle.ts";
import { withoutBackticks } from "../inline-code.ts";
import { PackageOffers } from "../packages/offers.ts";
import type { CheckView, FieldReference, Files } from "../protocol.ts";
import { Deferred } from "../runtime/deferred.ts";
import type { PythonRuntime } from "../runtime/runtime.ts";
import { ConsentController } from "../share/consent-controller.ts";
import { ShareController } from "../share/share-controller.ts";
import type { WorkspaceEvent } from "../state/events.ts";
import { Store } from "../state/store.ts";
import { emptyWorkspace, graphPlaceholder, type Workspace } from "../state/workspace.ts";
import { fieldId } from "../values/field-links.ts";
import { ActiveTabs } from "./active-tabs.ts";
import { CurrentProject } from "./current-project.ts";
import { EditorController } from "./editor-controller.ts";
import { addElementListeners, isInUse } from "./element-listeners.ts";
import { ElementRenderer } from "./element-renderer.ts";
import { elementStyles } from "./element-styles.ts";
import { LinkRouter } from "./link-router.ts";
import { panelContent } from "./panels.ts";
import { type Layout, layoutOf, type ShellHandlers, shellTemplate } from "./shell.ts";
import { type ShellContents, type ShellOptions, shellOptions, shellView } from "./shell-view.ts";
import { splittersTemplate } from "./splitters.ts";
import { prerenderedLayout, shadowRootOf } from "./static-root.ts";
import { followScheme } from "./theme.ts";

/** What the site gives to every element of a page. */
export interface Site {
  /** The folder of the bundle's own files. */
  assets: URL;
  runtime(): PythonRuntime;
}

let opened = 0;

/** One element while it is on the page. */
export class PlaygroundController implements GraphPaneHost {
  readonly renderRoot: ShadowRoot;
  readonly #element: HTMLElement;
  /** Whether the visitor used what the site's build drew. Its listeners were not there yet, and its focus goes with it. */
  readonly #wasInUse: boolean;
  readonly #runtime: PythonRuntime;
  readonly #store: Store;
  readonly #session = `play-${++opened}`;
  readonly #layout: Layout;
  readonly #said: ParsedOptions;
  readonly #leaving = new AbortController();
  readonly #endings: (() => void)[] = [];
  readonly #opened = new Deferred<void>();

  readonly #stage: ElementRenderer;
  readonly #code: CurrentProject;
  readonly #address: LinkRouter;
  readonly #conductor: RunController;
  readonly #writing: EditorController;
  readonly #graph: GraphPane;
  readonly #fileTools: FileTools;
  readonly #activeTabs = new ActiveTabs();
  readonly #consent: ConsentController;
  readonly #share: ShareController;
  readonly #comparing: CompareController;
  readonly #packages: PackageOffers;
  readonly #exports: ExportController;
  readonly #dialogs: Dialogs;
  /** Only the full-screen element keeps drafts: what is changed on a page of text goes with the page. */
  readonly #drafts: DraftsDialog | null;
  readonly #runWatch: RunWatch | null;

  constructor(element: HTMLElement, { assets, runtime }: Site) {
    this.#element = element;
    this.#wasInUse = isInUse(element);
    const root = shadowRootOf(element);
    this.renderRoot = root;
    this.#runtime = runtime();
    this.#layout = layoutOf(element.getAttribute("layout"));
    this.#said = parseOptions((name) => this.#option(name).value);
    const isTold = new URLSearchParams(location.search).get("run") === "0";
    const store = new Store(emptyWorkspace(this.#said.options.run !== false && !isTold));
    const leaving = this.#leaving.signal;
    const workspace = () => store.workspace;
    const requestUpdate = () => this.requestUpdate();
    const tell = (message: string) => this.#tell(message);
    this.#store = store;
    this.#conductor = new RunController(store, this.#runtime, this.#session);
    this.#stage = new ElementRenderer({
      root,
      leaving,
      isReady: () => this.#code.isKnown,
      template: () => this.#template(),
      takesOver: () => this.#takeOver(),
      rendered: () => this.#rendered(),
      measure: () => this.#graph.hostUpdated(),
    });
    this.#code = new CurrentProject({
      store,
      assets,
      example: () => this.#example,
      code: () => this.#option("code"),
      select: this.#said.options.select,
      replaced: () => this.#writing.reset(),
      leftAddress: () => this.#forgetAddress(),
    });
    this.#address = new LinkRouter({
      openLink: (fragment) => this.#code.link(fragment),
      openUsual: async () => (await this.#drafts?.latest()) ?? this.#code.usual(),
      leave: () => this.#comparing.close(),
      adopt: (opening) => this.#code.adopt(opening),
      compareWith: (before) => this.#comparing.withLink(before),
      fail: (error) => this.#tellInPlace(error),
    });
    this.#writing = new EditorController({
      root,
      store,
      leaving,
      onRun: () => this.#conductor.run(),
      fix: (problem) => this.#packages.fix(problem),
      requestUpdate,
    });
    this.#graph = new GraphPane(this, {
      onSelect: (node) => this.#writing.choose(node),
      onOpen: (node) => this.#writing.openFunction(node),
      onSave: () => this.#exports.open({ kind: "drawing" }),
      onSelector: (selector) => this.#send({ kind: "selector-set", selector }),
      onFold: (groups, folded) => this.#send({ kind: "folded", groups, folded }),
      onRun: (outputs) => this.#runOnly(outputs),
      whenIdle: () => firstValuesShown(this.#runtime),
    });
    this.#fileTools = new FileTools({
      files: () => store.workspace.files,
      active: () => store.workspace.active,
      requestUpdate,
      change: (files, active) => {
        this.#send({ kind: "files-changed", files, active });
        this.#writing.focus();
      },
      format: () => void this.#writing.format(),
      tell: (message, undo = false) => this.#send({ kind: "noticed", notice: { message, about: "files", undo } }),
    });
    this.#consent = new ConsentController({
      workspace,
      requestUpdate,
      trusted: () => {
        this.#writing.forgetUndo();
        this.#fileTools.forgetDeleted();
        this.#send({ kind: "trusted" });
      },
    });
    this.#share = new ShareController({
      assets,
      workspace,
      requestUpdate,
      compare: () => this.#comparing.choose(),
      tell,
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
      tell,
      closed: () => this.#dialogs.settled(() => this.#address.leaveComparison()),
    });
    this.#packages = new PackageOffers({
      assets,
      runtime: this.#runtime,
      index: () => element.getAttribute("packages") ?? "",
      requestUpdate,
      fetched: (message) => {
        this.#send({ kind: "noticed", notice: { message, about: "code" } });
        this.#conductor.run();
      },
      tell,
    });
    this.#exports = new ExportController({
      root,
      assets,
      runtime: this.#runtime,
      session: this.#session,
      workspace,
      layout: () => this.#graph.layout,
      requestUpdate,
      tell,
    });
    this.#drafts = this.#keepsDrafts
      ? new DraftsDialog(store, assets, this.#example, {
          requestUpdate,
          show: (opening) => this.#code.show(opening),
          compare: (draft) => this.#comparing.withDraft(draft),
        })
      : null;
    this.#runWatch = this.#keepsDrafts ? new RunWatch(store, leaving) : null;
    const drafts = this.#drafts === null ? [] : [this.#drafts];
    this.#dialogs = new Dialogs({ root, element: this.#session, ownsAddress: this.#isAlone, leaving }, [
      this.#share,
      ...drafts,
      this.#comparing,
      this.#packages,
      this.#exports,
    ]);
    this.#endings.push(
      followScheme(element, this.#said.options.theme),
      store.subscribe((workspace, event) => this.#follow(workspace, event)),
      this.#runtime.subscribe(requestUpdate),
    );
  }

  async open(): Promise<void> {
    if (this.#isAlone) void this.#runtime.boot().catch(ignored); // Python starts while the code is fetched
    this.#stage.styles = [await elementStyles(this.renderRoot)];
    await this.#address.open(this.#isAlone ? location.hash : "");
    this.#opened.resolve();
    this.#listen();
    if (this.#isAlone) this.#address.follow(); // another link may have come meanwhile
    if (this.#said.faults.length > 0) this.#tell(this.#said.faults.join(" "));
    const { run, code, mode } = this.#said.options;
    await this.#runWatch?.reportInterruptedRun();
    if (this.#isAlone || run || code !== null) this.#conductor.wake();
    if (mode === "edit" && !this.#leaving.signal.aborted) await this.#writing.load();
  }

  close(): void {
    this.#leaving.abort();
    this.#runWatch?.close();
    this.#conductor.close();
    this.#consent.close();
    this.#activeTabs.close();
    this.#drafts?.close();
    this.#comparing.close();
    this.#graph.hostDisconnected();
    this.#writing.close();
    for (const end of this.#endings) end();
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

  /** What the page says of the element; a frame's address comes first. */
  #option(name: string): OptionSource {
    const address = this.#layout === "frame" ? new URLSearchParams(location.search) : null;
    return sourceOfOption(name, address, this.#element);
  }

  #tell(message: string): void {
    this.#send({ kind: "noticed", notice: { message, about: "link" } });
  }

  get #frame(): ShellOptions {
    return shellOptions(this.#layout, this.#said.options, this.#keepsDrafts);
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
      error instanceof ExampleNotFound
        ? withoutBackticks(error.message)
        : `The code could not be fetched, so nothing here is live. Reload the page to try again. ${error}`;
    this.renderRoot.append(note);
  }

  #forgetAddress(): void {
    this.#dialogs.settled(() => this.#address.forget());
  }

  #listen(): void {
    const { signal } = this.#leaving;
    if (this.#isAlone) window.addEventListener("hashchange", () => this.#address.follow(), { signal });
    if (this.#said.options.mode === "edit") {
      handleDrops(this.#element, (files) => void this.#fileTools.addFromDisk(files), signal);
    }
    const [element, root, wasInUse] = [this.#element, this.renderRoot, this.#wasInUse];
    const [wake, run] = [() => this.#conductor.wake(), () => this.#conductor.run()];
    addElementListeners({ element, root, wasInUse, wake, run }, signal);
  }

  // --- what happens -----------------------------------------------------------------------------------------------

  #send(event: WorkspaceEvent): void {
    this.#store.send(event);
  }

  #follow(workspace: Workspace, event: WorkspaceEvent): void {
    if (event.kind === "kept" && !this.#address.isOpening) this.#forgetAddress(); // reloading shows the draft
    if (event.kind === "opened") this.#consent.restart();
    if (event.kind === "opened" || event.kind === "outlined") this.#code.pick(workspace);
    const { graph, runs, selected, selector, folds } = workspace;
    this.#graph.update({ graph, runs, selected, selector, folds, unknown: graphPlaceholder(workspace) });
    this.requestUpdate();
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

  // --- what is shown ----------------------------------------------------------------------------------------------

  requestUpdate(): void {
    this.#stage.requestUpdate();
  }

  #template(): TemplateResult {
    const { workspace } = this.#store;
    this.#writing.show(workspace);
    return shellTemplate(
      shellView(workspace, this.#runtime.status, this.#frame, this.#contents(workspace)),
      this.#handlers,
    );
  }

  #takeOver(): void {
    const layout = prerenderedLayout(this.renderRoot);
    if (layout !== null) this.#graph.adopt(layout);
    const { height } = this.#said.options;
    if (height !== null) this.#element.style.setProperty("--height", `${height}px`);
  }

  #rendered(): void {
    this.#fileTools.rendered(this.renderRoot);
    this.#activeTabs.rendered(this.renderRoot);
    this.#dialogs.rendered();
  }

  #contents(workspace: Workspace): ShellContents {
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
        onPosition: (place) => this.#send({ kind: "place-chosen", place }),
        onValue: (role, name, text) => this.#send({ kind: "given", role, name, text }),
        onOutputs: (outputs) => this.#send({ kind: "outputs-chosen", outputs }),
        onExport: (kind, node) => this.#exports.open({ kind, node }),
      }),
      consent: this.#consent.template(),
      dialog: this.#dialogs.templates(),
    };
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
    onReset: () => this.#code.reset(),
    onDrafts: () => this.#drafts?.open(),
    onUndo: () => this.#undo(),
    onShare: () => void this.#share.open(),
    onTakeHome: () => this.#exports.open({ kind: "project" }),
    onAutoRun: (on) => this.#send({ kind: "auto-run-set", on }),
    onPanel: (panel) => this.#send({ kind: "panel-chosen", panel }),
    onJump: (file, line) => this.#writing.jump(file, line),
    onRetry: () => void this.#runtime.boot().catch(ignored),
    onDismiss: () => this.#send({ kind: "noticed", notice: null }),
  };
}

/** The runtime's status tells what the rejection says. */
function ignored(): void {}
