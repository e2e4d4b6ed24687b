/** The modifier key of shortcuts such as the one for Run: ⌘ on Apple's systems, otherwise Ctrl. */

export function primaryKey(): "⌘" | "Ctrl" {
  return typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";
}
