/** The draft shown in this tab. A reload shows it again, even if another tab has changed a different draft. */

const KEY = "headwater.draft";

export function readTabDraft(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null; // storage is blocked
  }
}

export function writeTabDraft(id: string | null): void {
  try {
    if (id === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, id);
  } catch {
    // storage is blocked, so a reload shows the newest draft
  }
}
