/** `?sw=off` and `?sw=on`, and what was said last. */

const KEY = "headwater-sw";

/** @param root the site's; another one at the same origin has its own choice */
export function isSwitchedOff(root: URL): boolean {
  const key = `${KEY} ${root.pathname}`;
  const said = new URLSearchParams(location.search).get("sw");
  try {
    if (said === "off") localStorage.setItem(key, said);
    if (said === "on") localStorage.removeItem(key);
    return said === "off" || localStorage.getItem(key) === "off";
  } catch {
    return said === "off"; // storage is refused: it holds for this page
  }
}
