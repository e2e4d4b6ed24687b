/**
 * What the page of a playground puts off, since it shows nothing there: the theme's script and its style sheets. All
 * other pages have them from the start.
 */

/** A type that no browser runs. */
const SCRIPTS = 'script[type="text/later"]';
/** Browsers do not fetch these. */
const STYLES = 'link[rel="stylesheet"][disabled]';

/** Whether this page puts off anything, and has not loaded it. */
export function isPuttingOff(): boolean {
  return document.head.querySelector(STYLES) !== null;
}

/** Loads it now, and from now on as soon as instant navigation brings it. */
export function loadPutOff(): void {
  loadAll();
  new MutationObserver(loadAll).observe(document.head, { childList: true });
}

function loadAll(): void {
  for (const waiting of document.querySelectorAll<HTMLScriptElement>(SCRIPTS)) {
    const script = document.createElement("script");
    script.src = waiting.src;
    waiting.replaceWith(script);
  }
  // The theme's styles come before those that build on them; instant navigation puts what it brings at the end.
  const first = document.head.querySelector('link[rel="stylesheet"]:not([disabled])');
  for (const waiting of document.head.querySelectorAll<HTMLLinkElement>(STYLES)) {
    if (first !== null && isBefore(first, waiting)) first.before(waiting);
    waiting.removeAttribute("disabled");
  }
}

function isBefore(one: Node, other: Node): boolean {
  return (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}
