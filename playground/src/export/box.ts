/** The box for what is taken home: asks Python or the drawing for it, shows it, copies it, saves it. */

import { nothing, type TemplateResult } from "lit";
import type { Layout } from "../graph/layout.ts";
import { withModuleFrames } from "../graph/module-frames.ts";
import type { ExportKind, ExportView, Files } from "../protocol.ts";
import type { PythonRuntime } from "../runtime/runtime.ts";
import { Unshareable } from "../share/codec.ts";
import { USUAL_FRAME } from "../share/frame.ts";
import { linkTo } from "../share/link.ts";
import { sharesOf } from "../share/link-formats.ts";
import { codeOrigin } from "../state/code-origin.ts";
import { enteredValues } from "../state/entered-values.ts";
import type { Workspace } from "../state/workspace.ts";
import { type SavedText, type Shown, takeDialogTemplate } from "./dialog.ts";
import type { DrawingFormat, Wish } from "./export-target.ts";
import { layoutFor } from "./layout-for.ts";
import { pngOf } from "./png.ts";
import { NoProject, projectOf } from "./project.ts";
import { fileStem } from "./safe-names.ts";
import { save } from "./save.ts";
import { takehomeStyles } from "./styles.ts";
import { standaloneSvg } from "./svg.ts";
import { nodeTestOf } from "./test-archive.ts";
import { zipped } from "./zip.ts";

const COPIED_FOR_MS = 2000;
const NOT_TRUSTED = "Its values come from a run. Let the code run first.";

export interface TakeBoxHost {
  root: ShadowRoot;
  /** The folder of the bundle's own files. */
  assets: URL;
  runtime: PythonRuntime;
  /** The name of the element's session. */
  session: string;
  workspace(): Workspace;
  /** The drawing on the page, where there is one. */
  layout(): Layout | null;
  requestUpdate(): void;
  /** Says something that the visitor has to know. */
  tell(message: string): void;
}

export class TakeBox {
  readonly #host: TakeBoxHost;
  #shown: Shown | null = null;

  constructor(host: TakeBoxHost) {
    this.#host = host;
    const sheet = takehomeStyles.styleSheet;
    if (sheet !== undefined) host.root.adoptedStyleSheets = [...host.root.adoptedStyleSheets, sheet];
  }

  async open(wish: Wish): Promise<void> {
    switch (wish.kind) {
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
        await this.#openText(wish.kind, wish.node);
        break;
    }
  }

  template(): TemplateResult | typeof nothing {
    if (this.#shown === null) return nothing;
    return takeDialogTemplate(this.#shown, {
      onProject: () => void this.#saveProject(),
      onDrawing: (format) => void this.#saveDrawing(format),
      onCopy: (text) => void this.#copy(text),
      onSave: (saved) => void this.#save(saved),
      onClose: () => this.#show(null),
    });
  }

  #show(shown: Shown | null): void {
    this.#shown = shown;
    this.#host.requestUpdate();
  }

  #refusal(): string | null {
    return this.#host.workspace().trusted ? null : NOT_TRUSTED;
  }

  // --- a test, a script ---------------------------------------------------------------------------------------------

  async #openText(kind: "test" | "script", node: string): Promise<void> {
    const refusal = this.#refusal();
    const waiting: Shown = { kind, node, busy: refusal === null, refusal, text: null, copied: null };
    this.#show(waiting);
    if (refusal !== null) return;
    const { files } = this.#host.workspace(); // as they are sent to Python, too
    const taken = await this.#take(kind, node, { files });
    const answer = kind === "test" ? testAnswer(taken, node, files) : textOf(taken, `compute_${fileStem(node)}.py`);
    if (this.#shown === waiting) this.#show({ ...waiting, busy: false, ...answer });
  }

  async #save({ name, text, archive }: SavedText): Promise<void> {
    if (archive === null) save(name, text);
    else save(`${archive.name}.zip`, await zipped(archive.name, archive.files), "application/zip");
  }

  async #copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text); // there is no clipboard on a page without HTTPS
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
    const waiting: Shown = { kind: "project", trusted: true, busy: true, refusal: null, done: null };
    this.#show(waiting);
    const { title, files } = this.#host.workspace(); // as they are sent to Python, too
    const link = await this.#link();
    const taken = await this.#take("project", null, { link, files });
    if (this.#shown !== waiting) return;
    try {
      if (taken.refusal !== null) throw new NoProject(taken.refusal);
      const project = projectOf(taken, { title, files, engine: this.#engine });
      save(`${project.name}.zip`, await zipped(project.name, project.files), "application/zip");
      const { name, packages } = project;
      const done = { name: `${name}.zip`, notes: taken.notes, packages, linked: link !== null };
      this.#show({ ...waiting, busy: false, done });
    } catch (error) {
      this.#show({ ...waiting, busy: false, refusal: messageOf(error) });
    }
  }

  /** Null for what is too large for a link. */
  async #link(): Promise<string | null> {
    const workspace = this.#host.workspace();
    try {
      return sharesOf(await linkTo(workspace), workspace.title, this.#host.assets, USUAL_FRAME).link;
    } catch (error) {
      if (error instanceof Unshareable) return null;
      throw error;
    }
  }

  // --- the drawing ----------------------------------------------------------------------------------------------------

  async #saveDrawing(format: DrawingFormat): Promise<void> {
    const waiting: Shown = { kind: "drawing", busy: format, refusal: null, text: null, copied: null };
    this.#show(waiting);
    const { refusal, text } = await this.#drawing(format);
    if (this.#shown === waiting) this.#show({ ...waiting, busy: null, refusal, text });
  }

  /** Pictures are saved at once; text is shown, since it is more often pasted than saved. */
  async #drawing(format: DrawingFormat): Promise<TextAnswer> {
    if (format === "dot") return textOf(await this.#take(format, null), "dataflow.dot");
    if (format === "mermaid") return textOf(await this.#take(format, null), "dataflow.mmd");
    try {
      await this.#savePicture(format);
      return { refusal: null, text: null };
    } catch (error) {
      return { refusal: messageOf(error), text: null };
    }
  }

  async #savePicture(format: "svg" | "png"): Promise<void> {
    const { graph: whole, runs, title } = this.#host.workspace();
    const graph = withModuleFrames(whole);
    const layout = await layoutFor(graph, this.#host.layout());
    const svg = standaloneSvg(this.#host.root, { layout, graph, runs }, title);
    if (format === "svg") save("dataflow.svg", svg.text, "image/svg+xml");
    else save("dataflow.png", await pngOf(svg), "image/png");
  }

  // --- Python ---------------------------------------------------------------------------------------------------------

  /** The requirement by which a project gets Headwater: from this site. */
  get #engine(): string {
    return `headwater @ ${new URL(`headwater-${__ENGINE_VERSION__}-py3-none-any.whl`, this.#host.assets).href}`;
  }

  /** What Python made, or why it could not, in the same form. */
  async #take(
    kind: ExportKind,
    node: string | null,
    { link = null, files = this.#host.workspace().files }: { link?: string | null; files?: Files } = {},
  ): Promise<ExportView> {
    const { runtime, session } = this.#host;
    const workspace = this.#host.workspace();
    const { outputs, title } = workspace;
    try {
      const taking = {
        export: kind,
        node,
        files,
        outputs,
        given: enteredValues(workspace),
        title,
        link,
        engine: this.#engine,
      };
      return await runtime.take(session, taking, codeOrigin(workspace));
    } catch (error) {
      return { name: "", files: {}, notes: [], refusal: messageOf(error) };
    }
  }
}

interface TextAnswer {
  refusal: string | null;
  text: SavedText | null;
}

/** The one text that Python answered with, under the page's own name for it. */
function textOf(taken: ExportView, name: string): TextAnswer {
  if (taken.refusal !== null) return { refusal: taken.refusal, text: null };
  const [text, ...more] = Object.values(taken.files);
  if (text === undefined || more.length > 0)
    return { refusal: "Python answered with something other than one text.", text: null };
  return { refusal: null, text: { name, text, notes: taken.notes, archive: null } };
}

function testAnswer(taken: ExportView, node: string, open: Files): TextAnswer {
  if (taken.refusal !== null) return { refusal: taken.refusal, text: null };
  try {
    return { refusal: null, text: { ...nodeTestOf(taken, node, open), notes: taken.notes } };
  } catch (error) {
    return { refusal: messageOf(error), text: null };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
