/** Which draft this tab showed last: a reload shows it again, though another tab may have changed another one since. */

const KEY = "headwater.draft";

export function readTabDraft(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null; // the browser keeps nothing for this page
  }
}

export function writeTabDraft(id: string | null): void {
  try {
    if (id === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, id);
  } catch {
    // the newest draft will do
  }
}
