/**
 * What the page of a playground puts off, since it shows nothing there: the theme's script and its style sheets. All
 * other pages have them from the start.
 */

/** A type that no browser runs. */
const DEFERRED_SCRIPTS = 'script[type="text/later"]';
/** Browsers do not fetch these. */
const DEFERRED_STYLES = 'link[rel="stylesheet"][disabled]';
/** Python's start has used them; with the addresses that the theme's script gives them, they would be fetched again. */
const PRELOADS = 'link[rel="preload"], link[rel="modulepreload"]';
const ACTIVE_STYLES = 'link[rel="stylesheet"]:not([disabled])';

/** Whether this page puts off anything, and has not loaded it. */
export function hasDeferredAssets(): boolean {
  return document.head.querySelector(DEFERRED_STYLES) !== null;
}

/** Loads it now, and from now on as soon as instant navigation brings it. */
export async function loadDeferredAssets(): Promise<void> {
  if (document.querySelector(DEFERRED_SCRIPTS) !== null) {
    for (const used of document.head.querySelectorAll(PRELOADS)) used.remove();
    await resolveStyleAddresses();
  }
  loadAll();
  new MutationObserver(loadAll).observe(document.head, { childList: true });
}

/**
 * Gives the style sheets in use whole addresses. The theme's script does so too, and browsers take a sheet away while
 * they read it from its new address: for that long the page would have no shape, and whoever types lose the focus.
 */
async function resolveStyleAddresses(): Promise<void> {
  const links = document.head.querySelectorAll<HTMLLinkElement>(ACTIVE_STYLES);
  await Promise.all([...links].map(resolveAddress));
}

/** Puts the same sheet in its place once that has come; where it does not, all stays as it was. */
async function resolveAddress(link: HTMLLinkElement): Promise<void> {
  const replacement = link.cloneNode() as HTMLLinkElement;
  replacement.href = link.href;
  if (replacement.getAttribute("href") === link.getAttribute("href")) return;
  const loaded = new Promise<boolean>((resolve) => {
    replacement.addEventListener("load", () => resolve(true));
    replacement.addEventListener("error", () => resolve(false));
  });
  link.after(replacement);
  ((await loaded) ? link : replacement).remove();
}

function loadAll(): void {
  for (const waiting of document.querySelectorAll<HTMLScriptElement>(DEFERRED_SCRIPTS)) {
    const script = document.createElement("script");
    script.src = waiting.src;
    waiting.replaceWith(script);
  }
  // The theme's styles come before those that build on them; instant navigation puts what it brings at the end.
  const first = document.head.querySelector(ACTIVE_STYLES);
  for (const waiting of document.head.querySelectorAll<HTMLLinkElement>(DEFERRED_STYLES)) {
    if (first !== null && isBefore(first, waiting)) first.before(waiting);
    waiting.setAttribute("href", waiting.href); // whole, as in `spellOutStyles`
    waiting.removeAttribute("disabled");
  }
}

function isBefore(first: Node, second: Node): boolean {
  return (first.compareDocumentPosition(second) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}
