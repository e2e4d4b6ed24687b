/**
 * What the page of a playground puts off, since it shows nothing there: the theme's script and its style sheets. All
 * other pages have them from the start.
 */

/** A type that no browser runs. */
const SCRIPTS = 'script[type="text/later"]';
/** Browsers do not fetch these. */
const STYLES = 'link[rel="stylesheet"][disabled]';
/** Python's start has used them; with the addresses that the theme's script gives them, they would be fetched again. */
const PRELOADS = 'link[rel="preload"], link[rel="modulepreload"]';
const STYLES_IN_USE = 'link[rel="stylesheet"]:not([disabled])';

/** Whether this page puts off anything, and has not loaded it. */
export function hasDeferredAssets(): boolean {
  return document.head.querySelector(STYLES) !== null;
}

/** Loads it now, and from now on as soon as instant navigation brings it. */
export async function loadDeferredAssets(): Promise<void> {
  if (document.querySelector(SCRIPTS) !== null) {
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
  const links = document.head.querySelectorAll<HTMLLinkElement>(STYLES_IN_USE);
  await Promise.all([...links].map(resolveAddress));
}

/** Puts the same sheet in its place once that has come; where it does not, all stays as it was. */
async function resolveAddress(link: HTMLLinkElement): Promise<void> {
  const same = link.cloneNode() as HTMLLinkElement;
  same.href = link.href;
  if (same.getAttribute("href") === link.getAttribute("href")) return;
  const came = new Promise<boolean>((resolve) => {
    same.addEventListener("load", () => resolve(true));
    same.addEventListener("error", () => resolve(false));
  });
  link.after(same);
  ((await came) ? link : same).remove();
}

function loadAll(): void {
  for (const waiting of document.querySelectorAll<HTMLScriptElement>(SCRIPTS)) {
    const script = document.createElement("script");
    script.src = waiting.src;
    waiting.replaceWith(script);
  }
  // The theme's styles come before those that build on them; instant navigation puts what it brings at the end.
  const first = document.head.querySelector(STYLES_IN_USE);
  for (const waiting of document.head.querySelectorAll<HTMLLinkElement>(STYLES)) {
    if (first !== null && isBefore(first, waiting)) first.before(waiting);
    waiting.setAttribute("href", waiting.href); // whole, as in `spellOutStyles`
    waiting.removeAttribute("disabled");
  }
}

function isBefore(one: Node, other: Node): boolean {
  return (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}
