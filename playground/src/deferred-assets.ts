/**
 * The theme's script and style sheets, which a playground page defers because it does not need them at first.
 * All other pages load them from the start.
 */

/** Browsers do not run scripts of this type. */
const DEFERRED_SCRIPTS = 'script[type="text/later"]';
/** Browsers do not fetch disabled style sheets. */
const DEFERRED_STYLES = 'link[rel="stylesheet"][disabled]';
/** Links to remove first: otherwise, the theme's script rewrites their URLs, and the browser fetches the files again. */
const PRELOADS = 'link[rel="preload"], link[rel="modulepreload"]';
const ACTIVE_STYLES = 'link[rel="stylesheet"]:not([disabled])';

/** Return whether this page has deferred assets that are not loaded yet. */
export function hasDeferredAssets(): boolean {
  return document.head.querySelector(DEFERRED_STYLES) !== null;
}

/** Load the deferred assets now. Assets that instant navigation adds later are loaded immediately. */
export async function loadDeferredAssets(): Promise<void> {
  if (document.querySelector(DEFERRED_SCRIPTS) !== null) {
    for (const preload of document.head.querySelectorAll(PRELOADS)) preload.remove();
    await resolveStyleUrls();
  }
  loadAll();
  new MutationObserver(loadAll).observe(document.head, { childList: true });
}

/**
 * Make the URLs of the active style sheets absolute before the theme's script does.
 *
 * When a script changes the URL of a sheet, the browser drops the sheet while it loads the new URL, so the page would lose its
 * layout and focus.
 */
async function resolveStyleUrls(): Promise<void> {
  const links = document.head.querySelectorAll<HTMLLinkElement>(ACTIVE_STYLES);
  await Promise.all([...links].map(resolveStyleUrl));
}

/**
 * Replace a sheet with a copy that has an absolute URL, once the copy has loaded. If the copy fails to load, keep the old
 * sheet.
 */
async function resolveStyleUrl(link: HTMLLinkElement): Promise<void> {
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
  // The theme's styles must precede the styles that override them, but instant navigation appends sheets at the end.
  const first = document.head.querySelector(ACTIVE_STYLES);
  for (const waiting of document.head.querySelectorAll<HTMLLinkElement>(DEFERRED_STYLES)) {
    if (first !== null && isBefore(first, waiting)) first.before(waiting);
    waiting.setAttribute("href", waiting.href); // make the URL absolute, as in `resolveStyleUrls`
    waiting.removeAttribute("disabled");
  }
}

function isBefore(first: Node, second: Node): boolean {
  return (first.compareDocumentPosition(second) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}
