/** The style sheet that all elements of a page share. */

let shared: CSSStyleSheet | null = null;

/**
 * The styles for the shadow root of an element.
 *
 * What the site's build drew has them, so that it has its looks before any script runs. They are not sent again with the
 * script: only an element that was not drawn has them fetched.
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
