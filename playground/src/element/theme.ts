/** Follows the colours of the page: the palette that the theme says on `body`, else what the system prefers. */

const PALETTE = "data-md-color-scheme";
const DARK = "slate";

/** Keeps `data-scheme` of an element in step; returns the function that ends it. */
export function followScheme(element: HTMLElement): () => void {
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
