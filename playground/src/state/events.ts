/** The events that change a workspace. */

import type { Example } from "../example.ts";
import type { FieldTexts, Files, GraphView, NodeRun, Preview, RunView } from "../protocol.ts";
import type { TablePosition } from "../runtime/runtime.ts";
import type { Notice, Origin, Panel, RunSpec, Selector, View } from "./workspace.ts";

/** The state of a node in the active run. */
export type ReportedState = Pick<NodeRun, "state" | "elements">;

export type WorkspaceEvent =
  | {
      kind: "opened";
      title: string;
      example: Example | null;
      files: Files;
      outputs: string[] | null;
      selected: string | null;
      trusted: boolean;
      fieldTexts?: FieldTexts;
      origin?: Origin;
      /** See `Workspace`. Defaults to the link of `origin`, if there is one. */
      untrustedSource?: string | null;
      /** The draft, with its revision when it was read. */
      draft?: { id: string; revision: number };
    }
  | { kind: "draft-saved"; draft: string; title: string }
  | { kind: "title-set"; title: string }
  /** `replacesAll` is true if the visitor replaced the whole file. */
  | { kind: "edited"; file: string; text: string; replacesAll?: boolean }
  /** A node was renamed in all files. */
  | { kind: "node-renamed"; files: Files; from: string; to: string }
  /** A value as JSON text; null for the default. */
  | { kind: "value-set"; role: keyof FieldTexts; name: string; text: string | null }
  | { kind: "outputs-chosen"; outputs: string[] | null }
  /** Files were added, deleted or renamed. `files` contains all files of the dataflow. */
  | { kind: "files-changed"; files: Files; active: string }
  | { kind: "outlined"; graph: GraphView }
  /** Python could not outline the current files. */
  | { kind: "outline-failed" }
  | { kind: "run-started"; request: RunSpec }
  | { kind: "node-states-changed"; states: ReadonlyMap<string, ReportedState> }
  | { kind: "run-ended"; request: RunSpec; result: RunView }
  /** `request` is null if no run was active. */
  | { kind: "run-stopped"; request: RunSpec | null }
  /** Python restarted and lost the values of the latest run. */
  | { kind: "values-lost" }
  /** Selected outputs no longer exist in the code. */
  | { kind: "outputs-dropped"; dropped: string[] }
  | { kind: "overdue-changed"; waiting: boolean }
  | { kind: "run-failed"; request: RunSpec; message: string }
  | { kind: "file-chosen"; file: string; view: View }
  /** A node that the visitor selects opens in the Value panel. A node at the caret is only marked. */
  | { kind: "node-selected"; node: string | null; by: "visitor" | "caret" }
  | { kind: "position-set"; position: TablePosition }
  | { kind: "previewed"; node: string; position: TablePosition; preview: Preview | null }
  | { kind: "selector-set"; selector: Selector }
  | { kind: "folds-set"; groups: readonly string[]; folded: boolean }
  | { kind: "trusted" }
  /** The packages that these files list were checked, fetched, or declined by the visitor. */
  | { kind: "packages-checked"; files: Files; areMet: boolean }
  | { kind: "auto-run-set"; on: boolean }
  | { kind: "panel-chosen"; panel: Panel }
  | { kind: "view-chosen"; view: View }
  | { kind: "notice-set"; notice: Notice | null };
