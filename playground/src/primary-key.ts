/** The name of the key of shortcuts such as Run: ⌘ on Apple's systems, otherwise Ctrl. */

export function primaryKey(): "⌘" | "Ctrl" {
  return typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";
}
