/** Marks of the node states, each a different shape. Drawn around (0, 0), 10 pixels wide. */

import { svg, type TemplateResult } from "lit/html.js";
import type { NodeState } from "../protocol.ts";

const MARKS: Record<NodeState, TemplateResult> = {
  idle: svg`<circle r="4" fill="none" stroke="currentColor" stroke-width="1.4" stroke-dasharray="1.3 1.83" />`,
  stale: svg`<circle r="4" fill="none" stroke="currentColor" stroke-width="1.4" stroke-dasharray="1.3 1.83" /><circle r="1.5" fill="currentColor" />`,
  queued: svg`<circle r="1.2" cx="-4" fill="currentColor" /><circle r="1.2" fill="currentColor" /><circle r="1.2" cx="4" fill="currentColor" />`,
  running: svg`<circle class="turning" r="4" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-dasharray="16 9.13" />`,
  succeeded: svg`<circle r="4.4" fill="currentColor" />`,
  reused: svg`<circle r="4" fill="none" stroke="currentColor" stroke-width="1.5" />`,
  overridden: svg`<path d="M0-5.2L5.2 0L0 5.2L-5.2 0Z" fill="currentColor" />`,
  failed: svg`<path d="M0-5V1.2" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" /><circle r="1.4" cy="5" fill="currentColor" />`,
  waiting: svg`<path d="M0-4.8L4.6 3.4H-4.6Z" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round" />`,
  skipped: svg`<path d="M-4 0H4" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" />`,
};

export function stateMark(state: NodeState): TemplateResult {
  return MARKS[state];
}
