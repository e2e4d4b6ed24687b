/** A mark next to each function: its node's state in the latest run. */

import { type Extension, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { type EditorView, GutterMarker, gutter } from "@codemirror/view";
import type { NodeState } from "../protocol.ts";

export interface FunctionMark {
  line: number;
  state: NodeState;
  label: string;
}

export const setFunctionMarks = StateEffect.define<readonly FunctionMark[]>();

class StateMarker extends GutterMarker {
  readonly #mark: FunctionMark;

  constructor(mark: FunctionMark) {
    super();
    this.#mark = mark;
  }

  override eq(other: StateMarker): boolean {
    return other.#mark.state === this.#mark.state && other.#mark.label === this.#mark.label;
  }

  override toDOM(): Node {
    const dot = document.createElement("span");
    dot.className = `state-dot ${this.#mark.state}`;
    dot.title = this.#mark.label;
    return dot;
  }
}

const field = StateField.define<RangeSet<StateMarker>>({
  create: () => RangeSet.empty,
  update(markers, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setFunctionMarks)) return markerRanges(effect.value, transaction.state.doc);
    }
    return markers.map(transaction.changes);
  },
});

export function functionMarks(): Extension {
  return [
    field,
    gutter({
      class: "function-states",
      markers: (view: EditorView) => view.state.field(field),
      initialSpacer: () => new StateMarker({ line: 1, state: "idle", label: "" }),
    }),
  ];
}

/** States, most urgent first. A function with several nodes shows the most urgent of their states. */
const BY_URGENCY: readonly NodeState[] = [
  "failed",
  "waiting",
  "running",
  "queued",
  "skipped",
  "stale",
  "overridden",
  "succeeded",
  "reused",
  "idle",
];

function onePerLine(marks: readonly FunctionMark[]): FunctionMark[] {
  const lines = new Map<number, FunctionMark>();
  for (const mark of marks) {
    const existing = lines.get(mark.line);
    lines.set(mark.line, existing === undefined ? mark : mergeMarks(existing, mark));
  }
  return [...lines.values()];
}

function mergeMarks(first: FunctionMark, other: FunctionMark): FunctionMark {
  const urgency = (mark: FunctionMark): number => BY_URGENCY.indexOf(mark.state);
  const { line, state } = urgency(other) < urgency(first) ? other : first;
  return { line, state, label: `${first.label}\n${other.label}` };
}

function markerRanges(
  marks: readonly FunctionMark[],
  doc: { lines: number; line(n: number): { from: number } },
): RangeSet<StateMarker> {
  const ranges = onePerLine(marks)
    .filter((mark) => mark.line >= 1 && mark.line <= doc.lines)
    .map((mark) => new StateMarker(mark).range(doc.line(mark.line).from));
  return RangeSet.of(ranges, true);
}
