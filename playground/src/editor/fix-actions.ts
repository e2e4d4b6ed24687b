/** Fixes in the editor: a button at each problem mark, and Ctrl or ⌘ + . on its line. */

import { type Diagnostic, forEachDiagnostic } from "@codemirror/lint";
import type { EditorView, KeyBinding } from "@codemirror/view";
import type { ProblemView } from "../protocol.ts";
import { fixOf } from "./fixes.ts";
import type { EditorContext } from "./names.ts";

export interface FixHost {
  context(): EditorContext;
  /** Return the page's fix for a problem that no edit to the code can solve. */
  fix(problem: ProblemView): { name: string; apply: () => void } | null;
}

/** Return the fixes for a problem mark. A fix is computed again when it is applied, because the code may have changed. */
export function actionsFor(
  problem: ProblemView,
  file: string,
  text: string,
  fixers: FixHost,
): NonNullable<Diagnostic["actions"]> {
  const pageFix = fixers.fix(problem);
  if (pageFix !== null) return [pageFix];
  const fix = fixOf(problem, file, text, fixers.context());
  if (fix === null) return [];
  return [{ name: fix.name, apply: (view) => apply(view, problem, file, fixers.context()) }];
}

export const fixKeys: readonly KeyBinding[] = [{ key: "Mod-.", run: applyFirstFix, preventDefault: true }];

function apply(view: EditorView, problem: ProblemView, file: string, context: EditorContext): void {
  const fix = fixOf(problem, file, view.state.doc.toString(), context);
  if (fix === null) return;
  const changes = view.state.changes(fix.edits);
  const last = fix.edits.filter(({ insert }) => insert.includes(fix.placeholder)).at(-1);
  view.dispatch({ changes, userEvent: "input.fix", scrollIntoView: true });
  if (last !== undefined && fix.placeholder !== "") {
    const anchor = changes.mapPos(last.from, -1) + last.insert.lastIndexOf(fix.placeholder);
    view.dispatch({ selection: { anchor, head: anchor + fix.placeholder.length }, scrollIntoView: true });
  }
  view.focus();
}

/** Apply the first fix on the caret's line. */
function applyFirstFix(view: EditorView): boolean {
  const line = view.state.doc.lineAt(view.state.selection.main.head);
  const found: { take: (() => void) | null } = { take: null };
  forEachDiagnostic(view.state, ({ actions }, from, to) => {
    const [action] = actions ?? [];
    if (found.take !== null || action === undefined || from > line.to || to < line.from) return;
    found.take = () => action.apply(view, from, to);
  });
  found.take?.();
  return found.take !== null;
}
