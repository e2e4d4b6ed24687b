/** The dialogs for comparisons: one for choosing a dataflow, and one for the comparison itself. Loaded on first use. */

import { nothing, type TemplateResult } from "lit/html.js";
import { listDrafts, readDraft } from "../drafts/draft-store.ts";
import { loadDraft } from "../drafts/load-draft.ts";
import { type LoadedProject, loadExample, loadLink } from "../loading/load-project.ts";
import type { Files } from "../protocol.ts";
import type { PythonRuntime } from "../runtime/runtime.ts";
import type { Workspace } from "../state/workspace.ts";
import type { Draft } from "../storage/draft.ts";
import { type Choices, chooserTemplate } from "./chooser.ts";
import { Comparison } from "./comparison.ts";
import { findLinkFragment } from "./fragment.ts";
import type { ComparedDataflow } from "./side.ts";
import { compareStyles } from "./styles.ts";

export interface CompareBoxHost {
  root: ShadowRoot;
  /** The base URL of the bundle's files. */
  assets: URL;
  /** The name of the page's default example. */
  example: string;
  runtime: PythonRuntime;
  /** Whether the dialog may offer drafts. */
  keepsDrafts: boolean;
  workspace(): Workspace;
  requestUpdate(): void;
  /** Called when the visitor allows the open code to run. */
  trust(): void;
  notify(message: string): void;
  closed(): void;
}

export class CompareBox {
  readonly #host: CompareBoxHost;
  #choices: Choices | null = null;
  #comparison: Comparison | null = null;
  /** The dataflow that was last compared with the open code, and its side in that comparison. */
  #latest: { other: ComparedDataflow; as: "before" | "after" } | null = null;

  constructor(host: CompareBoxHost) {
    this.#host = host;
    const { styleSheet } = compareStyles;
    if (styleSheet) host.root.adoptedStyleSheets = [...host.root.adoptedStyleSheets, styleSheet];
  }

  async choose(): Promise<void> {
    const { draft, example } = this.#host.workspace();
    const drafts = this.#host.keepsDrafts ? await listDrafts().catch(() => []) : [];
    this.#choices = {
      example: example === null ? null : example.title,
      drafts: drafts.filter((entry) => entry.id !== draft),
      refusal: null,
    };
    this.#host.requestUpdate();
  }

  async compareWithDraft(draft: Draft): Promise<void> {
    await this.#compare({ label: "your draft", project: await loadDraft(this.#host.assets, draft) });
  }

  async compareWithLink(fragment: string): Promise<void> {
    const project = await loadLink(this.#host.assets, fragment, this.#host.example);
    if (project.notice === null) await this.#compare({ label: "a link", project });
    else this.#host.notify(`Could not show the comparison. ${project.notice}`);
  }

  /** Compare the open code, as the "before" side, with files that would replace it. */
  async compareWithFiles(label: string, files: Files): Promise<void> {
    const project = currentProject(this.#host.workspace());
    await this.#compare({ label, project: { ...project, opened: { ...project.opened, files } } }, "after");
  }

  async reopen(): Promise<void> {
    if (this.#latest !== null) await this.#compare(this.#latest.other, this.#latest.as);
  }

  close(): void {
    this.#choices = null;
    this.#comparison?.close();
    this.#comparison = null;
  }

  template(): TemplateResult | typeof nothing {
    if (this.#comparison !== null) return this.#comparison.template();
    if (this.#choices === null) return nothing;
    return chooserTemplate({
      ...this.#choices,
      onLink: (text) => this.#tryChoice(() => this.#compareWithPastedLink(text)),
      onExample: () => this.#tryChoice(() => this.#compareWithExample()),
      onDraft: (id) => this.#tryChoice(() => this.#compareWithDraftId(id)),
      onClose: () => {
        this.#choices = null;
        this.#host.requestUpdate();
      },
    });
  }

  rendered(): void {
    this.#comparison?.rendered();
  }

  async #compareWithPastedLink(text: string): Promise<void> {
    const fragment = findLinkFragment(text);
    if (fragment === null) throw new Error("This isn't a Headwater link. Links contain #v1.");
    const project = await loadLink(this.#host.assets, fragment, this.#host.example);
    if (project.notice !== null) throw new Error(project.notice);
    await this.#compare({ label: "a link", project });
  }

  async #compareWithExample(): Promise<void> {
    const { example } = this.#host.workspace();
    if (example === null) return;
    await this.#compare({ label: "the example", project: await loadExample(this.#host.assets, example.name) });
  }

  async #compareWithDraftId(id: string): Promise<void> {
    const draft = await readDraft(id);
    if (draft === null) throw new Error("This draft was deleted in another tab.");
    await this.compareWithDraft(draft);
  }

  async #compare(other: ComparedDataflow, as: "before" | "after" = "before"): Promise<void> {
    const workspace = this.#host.workspace();
    const project = currentProject(workspace);
    const onTrust = (): void => {
      const { trusted, files, outputs, fieldTexts } = this.#host.workspace();
      const isSame = files === workspace.files && outputs === workspace.outputs && fieldTexts === workspace.fieldTexts;
      if (!trusted && isSame) this.#host.trust();
    };
    this.close();
    this.#latest = { other, as };
    const current = { label: "the current code", project, onTrust };
    const [before, after] = as === "before" ? [other, current] : [current, other];
    this.#comparison = new Comparison(before, after, workspace.autoRun, {
      root: this.#host.root,
      assets: this.#host.assets,
      runtime: this.#host.runtime,
      requestUpdate: () => this.#host.requestUpdate(),
      closed: () => {
        this.close();
        this.#host.closed();
        this.#host.requestUpdate();
      },
    });
    this.#host.requestUpdate();
  }

  /** Run a task, and show its error in the dialog if it fails. */
  #tryChoice(task: () => Promise<void>): void {
    task().catch((error: unknown) => {
      if (this.#choices === null) return;
      this.#choices = { ...this.#choices, refusal: error instanceof Error ? error.message : String(error) };
      this.#host.requestUpdate();
    });
  }
}

function currentProject(workspace: Workspace): LoadedProject {
  const { title, example, files, outputs, fieldTexts, trusted, origin, untrustedSource } = workspace;
  return {
    opened: {
      kind: "opened",
      title,
      example,
      files,
      outputs,
      fieldTexts,
      selected: null,
      trusted,
      origin,
      untrustedSource,
    },
    notice: null,
  };
}
