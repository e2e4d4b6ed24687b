/** The draft shown in this tab. A reload shows it again, even if another tab has changed a different draft. */

const KEY = "headwater.draft";

export function readTabDraft(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null; // the browser refuses storage
  }
}

export function writeTabDraft(id: string | null): void {
  try {
    if (id === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, id);
  } catch {
    // a reload shows the newest draft
  }
}
