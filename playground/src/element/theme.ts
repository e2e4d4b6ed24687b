/**
 * The page's color scheme: the theme's palette on `body`, otherwise the system's preference. A fixed theme overrides both.
 */

import type { Theme } from "../embed/options.ts";

const PALETTE = "data-md-color-scheme";
const DARK = "slate";

/** Keep the `data-scheme` of an element up to date; return a function that stops the updates. */
export function followScheme(element: HTMLElement, theme: Theme): () => void {
  if (theme !== "auto") {
    element.setAttribute("theme", theme); // the page's style sheet reads the attribute
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
