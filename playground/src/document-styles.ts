/** Styles that a script adds to the document, so that pages without this script do not load them. */

const adopted = new Set<string>();

/** Add a style sheet to the document, once per visit. */
export function adoptStyles(text: string): void {
  if (adopted.has(text)) return;
  adopted.add(text);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets.push(sheet);
}
