/** `?sw=off` and `?sw=on`, and what was said last. */

const KEY = "headwater-sw";

/** @param root the site's; another one at the same origin has its own choice */
export function isSwitchedOff(root: URL): boolean {
  const key = `${KEY} ${root.pathname}`;
  const choice = new URLSearchParams(location.search).get("sw");
  try {
    if (choice === "off") localStorage.setItem(key, choice);
    if (choice === "on") localStorage.removeItem(key);
    return choice === "off" || localStorage.getItem(key) === "off";
  } catch {
    return choice === "off"; // storage is refused: it holds for this page
  }
}
