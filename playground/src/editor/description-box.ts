/** A box that describes a name: its signature, its documentation and its location. */

import type { Description } from "./definitions.ts";

/** Return the box. Omit empty texts. */
export function descriptionBox({ signature, doc, origin }: Description): HTMLElement {
  const box = document.createElement("div");
  box.className = "node-description";
  for (const [kind, text] of Object.entries({ signature, doc, location: origin })) {
    if (text === "") continue;
    const line = document.createElement("div");
    line.className = kind;
    line.textContent = text;
    box.append(line);
  }
  return box;
}
