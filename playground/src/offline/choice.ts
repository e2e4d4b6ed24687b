/** The switch for offline use: `?sw=off`, `?sw=on`, and the stored choice. */

const KEY = "headwater-sw";

/** @param root the URL of the site's root; other sites on the same origin have separate choices */
export function isSwitchedOff(root: URL): boolean {
  const key = `${KEY} ${root.pathname}`;
  const choice = new URLSearchParams(location.search).get("sw");
  try {
    if (choice === "off") localStorage.setItem(key, choice);
    if (choice === "on") localStorage.removeItem(key);
    return choice === "off" || localStorage.getItem(key) === "off";
  } catch {
    return choice === "off"; // storage is blocked, so the choice applies only to this page
  }
}
