/** What can happen to a workspace. */

import type { Example } from "../example.ts";
import type { FieldTexts, Files, GraphView, NodeState, Preview, RunView } from "../protocol.ts";
import type { TablePosition } from "../runtime/runtime.ts";
import type { Notice, Origin, Panel, RunSpec, Selector, View } from "./workspace.ts";

export type WorkspaceEvent =
  | {
      kind: "opened";
      title: string;
      example: Example | null;
      files: Files;
      outputs: string[] | null;
      selected: string | null;
      trusted: boolean;
      given?: FieldTexts;
      origin?: Origin;
      /** See `Workspace`. Where it is missing, code from a link counts as that link's. */
      untrustedSource?: string | null;
      /** The draft that this is, as it was read. */
      draft?: { id: string; revision: number };
    }
  | { kind: "draft-saved"; draft: string; title: string }
  | { kind: "title-set"; title: string }
  /** `whole` where other text took the place of all that was in the file. */
  | { kind: "edited"; file: string; text: string; replacesAll?: boolean }
  /** A node has another name now, wherever the files speak of it. */
  | { kind: "node-renamed"; files: Files; from: string; to: string }
  /** A value as JSON text; null for the default. */
  | { kind: "value-set"; role: keyof FieldTexts; name: string; text: string | null }
  | { kind: "outputs-chosen"; outputs: string[] | null }
  /** Files came, went or got other names; these are all that there are now. */
  | { kind: "files-changed"; files: Files; active: string }
  | { kind: "outlined"; graph: GraphView }
  /** Python cannot say what the files as they stand are. */
  | { kind: "outline-failed" }
  | { kind: "run-started"; request: RunSpec }
  | { kind: "node-states-changed"; states: ReadonlyMap<string, NodeState> }
  | { kind: "run-ended"; request: RunSpec; result: RunView }
  /** Without a request where no run was under way. */
  | { kind: "run-stopped"; request: RunSpec | null }
  /** Python began anew, without the values of the latest run. */
  | { kind: "values-lost" }
  /** Chosen outputs that the code no longer has. */
  | { kind: "outputs-dropped"; dropped: string[] }
  | { kind: "overdue-changed"; waiting: boolean }
  | { kind: "run-failed"; request: RunSpec; message: string }
  | { kind: "file-chosen"; file: string; view: View }
  /** A node picked in the graph or a list opens its value; one that the caret came into is only marked. */
  | { kind: "node-selected"; node: string | null; by: "hand" | "caret" }
  | { kind: "position-set"; place: TablePosition }
  | { kind: "previewed"; node: string; place: TablePosition; preview: Preview | null }
  | { kind: "selector-set"; selector: Selector }
  | { kind: "folds-set"; groups: readonly string[]; folded: boolean }
  | { kind: "trusted" }
  | { kind: "auto-run-set"; on: boolean }
  | { kind: "panel-chosen"; panel: Panel }
  | { kind: "view-chosen"; view: View }
  | { kind: "notice-set"; notice: Notice | null };
