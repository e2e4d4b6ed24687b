/** The Export dialog. It requests an export from Python or from the drawing, then shows, copies or saves it. */

import { nothing, type TemplateResult } from "lit/html.js";
import type { Layout } from "../graph/layout.ts";
import { withModuleFrames } from "../graph/module-frames.ts";
import type { ExportKind, ExportView, Files } from "../protocol.ts";
import type { PythonRuntime } from "../runtime/runtime.ts";
import { Unshareable } from "../share/codec.ts";
import { DEFAULT_FRAME } from "../share/frame.ts";
import { linkTo } from "../share/link.ts";
import { linkFormatsOf } from "../share/link-formats.ts";
import { codeOrigin } from "../state/code-origin.ts";
import { enteredValues } from "../state/entered-values.ts";
import type { Workspace } from "../state/workspace.ts";
import { DATA_LICENSES, dataLicensesOf } from "./data-licenses.ts";
import { type ExportDialogState, type ExportedText, exportDialogTemplate } from "./dialog.ts";
import type { DrawingFormat, ExportTarget } from "./export-target.ts";
import { layoutFor } from "./layout-for.ts";
import { pngOf } from "./png.ts";
import { ExportError, FOLDER, projectOf } from "./project.ts";
import { fileStem } from "./safe-names.ts";
import { save } from "./save.ts";
import { exportStyles } from "./styles.ts";
import { standaloneSvg } from "./svg.ts";
import { type Archive, nodeTestOf } from "./test-archive.ts";
import { zipFiles } from "./zip.ts";

const COPIED_FOR_MS = 2000;
const NOT_TRUSTED = "This export runs the code. Allow the code to run first.";

export interface ExportBoxHost {
  root: ShadowRoot;
  /** The base URL of the bundle's files. */
  assets: URL;
  runtime: PythonRuntime;
  /** The name of the element's session. */
  session: string;
  workspace(): Workspace;
  /** The layout of the graph on the page; null if none is shown. */
  layout(): Layout | null;
  requestUpdate(): void;
  /** Show a message to the visitor. */
  notify(message: string): void;
}

export class ExportBox {
  readonly #host: ExportBoxHost;
  #shown: ExportDialogState | null = null;

  constructor(host: ExportBoxHost) {
    this.#host = host;
    const sheet = exportStyles.styleSheet;
    if (sheet !== undefined) host.root.adoptedStyleSheets = [...host.root.adoptedStyleSheets, sheet];
  }

  async open(target: ExportTarget): Promise<void> {
    switch (target.kind) {
      case "project":
        this.#show({
          kind: "project",
          trusted: this.#host.workspace().trusted,
          busy: false,
          refusal: this.#refusal(),
          done: null,
        });
        break;
      case "drawing":
        this.#show({ kind: "drawing", busy: null, refusal: null, text: null, copied: null });
        break;
      case "test":
      case "script":
        await this.#openText(target.kind, target.node);
        break;
    }
  }

  template(): TemplateResult | typeof nothing {
    if (this.#shown === null) return nothing;
    return exportDialogTemplate(this.#shown, {
      onProject: () => void this.#saveProject(),
      onDrawing: (format) => void this.#saveDrawing(format),
      onCopy: (text) => void this.#copy(text),
      onSave: (saved) => void this.#save(saved),
      onClose: () => this.#show(null),
    });
  }

  #show(shown: ExportDialogState | null): void {
    this.#shown = shown;
    this.#host.requestUpdate();
  }

  #refusal(): string | null {
    return this.#host.workspace().trusted ? null : NOT_TRUSTED;
  }

  // --- a test, a script ---------------------------------------------------------------------------------------------

  async #openText(kind: "test" | "script", node: string): Promise<void> {
    const refusal = this.#refusal();
    const waiting: ExportDialogState = { kind, node, busy: refusal === null, refusal, text: null, copied: null };
    this.#show(waiting);
    if (refusal !== null) return;
    const { files, example } = this.#host.workspace(); // read once: the files may change before Python answers
    const view = await this.#export(kind, node, { files });
    const answer =
      kind === "test" ? testAnswer(view, node, { files, example }) : textOf(view, `compute_${fileStem(node)}.py`);
    if (this.#shown === waiting) this.#show({ ...waiting, busy: false, ...answer });
  }

  async #save({ name, text, archive }: ExportedText): Promise<void> {
    if (archive === null) save(name, text);
    else save(`${archive.name}.zip`, await zipFiles(archive.name, archive.files), "application/zip");
  }

  async #copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text); // the browser throws without HTTPS
      this.#mark("copied");
    } catch {
      this.#mark("refused");
      return;
    }
    setTimeout(() => this.#mark(null), COPIED_FOR_MS);
  }

  #mark(copied: "copied" | "refused" | null): void {
    if (this.#shown !== null && this.#shown.kind !== "project") this.#show({ ...this.#shown, copied });
  }

  // --- the project ----------------------------------------------------------------------------------------------------

  async #saveProject(): Promise<void> {
    const waiting: ExportDialogState = { kind: "project", trusted: true, busy: true, refusal: null, done: null };
    this.#show(waiting);
    const { title, files, example } = this.#host.workspace(); // read once: the files may change before Python answers
    const link = await this.#link();
    const view = await this.#export("project", null, { link, files });
    if (this.#shown !== waiting) return;
    try {
      if (view.refusal !== null) throw new ExportError(view.refusal);
      const project = projectOf(view, { title, files, engine: this.#engine });
      const licenses = dataLicensesOf(example, files, FOLDER);
      const saved = licenses === null ? project.files : { ...project.files, [DATA_LICENSES]: licenses };
      save(`${project.name}.zip`, await zipFiles(project.name, saved), "application/zip");
      const { name, packages } = project;
      const done = { name: `${name}.zip`, notes: view.notes, packages, linked: link !== null };
      this.#show({ ...waiting, busy: false, done });
    } catch (error) {
      this.#show({ ...waiting, busy: false, refusal: messageOf(error) });
    }
  }

  /** Return a link to the workspace; null if the workspace is too large for a link. */
  async #link(): Promise<string | null> {
    const workspace = this.#host.workspace();
    try {
      return linkFormatsOf(await linkTo(workspace), workspace.title, this.#host.assets, DEFAULT_FRAME).link;
    } catch (error) {
      if (error instanceof Unshareable) return null;
      throw error;
    }
  }

  // --- the drawing ----------------------------------------------------------------------------------------------------

  async #saveDrawing(format: DrawingFormat): Promise<void> {
    const waiting: ExportDialogState = { kind: "drawing", busy: format, refusal: null, text: null, copied: null };
    this.#show(waiting);
    const { refusal, text } = await this.#drawing(format);
    if (this.#shown === waiting) this.#show({ ...waiting, busy: null, refusal, text });
  }

  /** Save images immediately, but show text, which is more often pasted than saved. */
  async #drawing(format: DrawingFormat): Promise<TextAnswer> {
    if (format === "dot") return textOf(await this.#export(format, null), "dataflow.dot");
    if (format === "mermaid") return textOf(await this.#export(format, null), "dataflow.mmd");
    try {
      await this.#savePicture(format);
      return { refusal: null, text: null };
    } catch (error) {
      return { refusal: messageOf(error), text: null };
    }
  }

  async #savePicture(format: "svg" | "png"): Promise<void> {
    const { graph: fullGraph, runs, title } = this.#host.workspace();
    const graph = withModuleFrames(fullGraph);
    const layout = await layoutFor(graph, this.#host.layout());
    const svg = standaloneSvg(this.#host.root, { layout, graph, runs }, title);
    if (format === "svg") save("dataflow.svg", svg.text, "image/svg+xml");
    else save("dataflow.png", await pngOf(svg), "image/png");
  }

  // --- Python ---------------------------------------------------------------------------------------------------------

  /** The requirement that installs Headwater from this site. */
  get #engine(): string {
    return `headwater @ ${new URL(`headwater-${__ENGINE_VERSION__}-py3-none-any.whl`, this.#host.assets).href}`;
  }

  /** Request an export from Python. Return a failure as an export that contains the error. */
  async #export(
    kind: ExportKind,
    node: string | null,
    { link = null, files = this.#host.workspace().files }: { link?: string | null; files?: Files } = {},
  ): Promise<ExportView> {
    const { runtime, session } = this.#host;
    const workspace = this.#host.workspace();
    const { outputs, title } = workspace;
    try {
      const params = {
        export: kind,
        node,
        files,
        outputs,
        values: enteredValues(workspace),
        title,
        link,
        engine: this.#engine,
      };
      return await runtime.export(session, params, codeOrigin(workspace));
    } catch (error) {
      return { name: "", files: {}, notes: [], refusal: messageOf(error) };
    }
  }
}

interface TextAnswer {
  refusal: string | null;
  text: ExportedText | null;
}

/** Return the single text of an export, under a name that the page chooses. */
function textOf(view: ExportView, name: string): TextAnswer {
  if (view.refusal !== null) return { refusal: view.refusal, text: null };
  const [text, ...more] = Object.values(view.files);
  if (text === undefined || more.length > 0)
    return { refusal: "Python returned an invalid export: expected exactly one file.", text: null };
  return { refusal: null, text: { name, text, notes: view.notes, archive: null } };
}

function testAnswer(
  view: ExportView,
  node: string,
  { files: open, example }: Pick<Workspace, "files" | "example">,
): TextAnswer {
  if (view.refusal !== null) return { refusal: view.refusal, text: null };
  try {
    const { archive, ...test } = nodeTestOf(view, node, open);
    return {
      refusal: null,
      text: { ...test, archive: archive && withDataLicenses(archive, example), notes: view.notes },
    };
  } catch (error) {
    return { refusal: messageOf(error), text: null };
  }
}

/**
 * Add the note about the example's data to the folder for the test's values. None of the visitor's files are in that folder.
 */
function withDataLicenses(archive: Archive, example: Workspace["example"]): Archive {
  const licenses = dataLicensesOf(example, archive.files, "");
  if (licenses === null) return archive;
  return { ...archive, files: { ...archive.files, [`${archive.name}_data/${DATA_LICENSES}`]: licenses } };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
