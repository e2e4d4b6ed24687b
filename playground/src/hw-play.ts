/** Entry point of the bundle. Registers `<hw-play>`, `<hw-step>` and `<hw-course>` once, even if the bundle loads again. */

import { HwCourseElement } from "./course/hw-course-element.ts";
import { HwPlayElement } from "./element/hw-play-element.ts";
import { HwStepElement } from "./lesson/hw-step-element.ts";
import { resolveInSandbox, sharedRuntime } from "./runtime/shared.ts";

if (customElements.get("hw-play") === undefined) {
  const assets = new URL(/* @vite-ignore */ "./", import.meta.url);
  HwPlayElement.site = {
    assets,
    runtime: () => sharedRuntime(assets),
    resolve: (query, serve, signal) => resolveInSandbox(assets, query, serve, signal),
  };
  customElements.define("hw-play", HwPlayElement);
  customElements.define("hw-step", HwStepElement);
  customElements.define("hw-course", HwCourseElement);
  delete window.earlyClicks; // each element has read its clicks
}
