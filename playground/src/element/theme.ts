/** Follows the colours of the page: the palette that the theme says on `body`, else what the system prefers; or keeps to those that it was told. */

import type { Theme } from "../embed/options.ts";

const PALETTE = "data-md-color-scheme";
const DARK = "slate";

/** Keeps `data-scheme` of an element in step; returns the function that ends it. */
export function followScheme(element: HTMLElement, theme: Theme): () => void {
  if (theme !== "auto") {
    element.setAttribute("theme", theme); // the page's style sheet reads it
    element.dataset["scheme"] = theme;
    return () => undefined;
  }
  const system = matchMedia("(prefers-color-scheme: dark)");
  const follow = (): void => {
    const palette = document.body.getAttribute(PALETTE);
    element.dataset["scheme"] = (palette === null ? system.matches : palette === DARK) ? "dark" : "light";
  };
  const observer = new MutationObserver(follow);
  observer.observe(document.body, { attributes: true, attributeFilter: [PALETTE] });
  system.addEventListener("change", follow);
  follow();
  return () => {
    observer.disconnect();
    system.removeEventListener("change", follow);
  };
}
