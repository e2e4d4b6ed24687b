/** The style sheet that all elements on a page share. */

let shared: CSSStyleSheet | null = null;

/**
 * Return the style sheet for the shadow root of an element.
 *
 * A prerendered element already contains the styles. Only an element that was not prerendered fetches them.
 */
export async function elementStyles(root: ShadowRoot): Promise<CSSStyleSheet> {
  shared ??= sheetOf(root.querySelector("style")?.textContent ?? (await import("../styles.ts?minified")).default);
  return shared;
}

function sheetOf(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}
