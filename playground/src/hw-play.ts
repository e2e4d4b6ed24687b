/** The bundle's entry: registers `<hw-play>` and `<hw-step>`, once, however often the page loads it. */

import { HwPlayElement } from "./element/hw-play-element.ts";
import { HwStepElement } from "./lesson/hw-step-element.ts";
import { sharedRuntime } from "./runtime/shared.ts";

if (customElements.get("hw-play") === undefined) {
  const assets = new URL(/* @vite-ignore */ "./", import.meta.url);
  HwPlayElement.site = { assets, runtime: () => sharedRuntime(assets) };
  customElements.define("hw-play", HwPlayElement);
  customElements.define("hw-step", HwStepElement);
}
