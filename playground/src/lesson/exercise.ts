/** How the learner answers a step. Each kind of step has its own implementation. */

import type { TemplateResult } from "lit/html.js";
import type { CheckView } from "../protocol.ts";

/** A button next to Check. */
export interface Action {
  /** Unique within the step. A button keeps the focus if only its label changes. */
  id: string;
  label: string;
  run(): void;
}

export interface ExerciseHost {
  /** Called when the answer changes. The result of an earlier check then no longer applies. */
  answerChanged(): void;
  requestUpdate(): void;
}

export interface Exercise {
  /** Actions for the current answer. */
  readonly actions: readonly Action[];
  /** Check the current answer. */
  check(): Promise<CheckView>;
  /** The content above the buttons. */
  template(): TemplateResult | null;
  /** Save the answer. Called when the learner leaves the page. */
  save(): void;
  close(): void;
}
