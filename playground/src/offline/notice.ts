/** A line at the edge of the window. It takes no room from the page, no focus from the visitor, and goes away when told to. */

import styles from "./notice.css?inline";

export interface NoticeAction {
  readonly name: string;
  act(): void;
}

let shown: HTMLElement | null = null;

export function showNotice(words: string, offer?: NoticeAction): void {
  shown?.remove();
  const host = document.createElement("div");
  const inside = host.attachShadow({ mode: "open" });
  const style = document.createElement("style");
  style.textContent = styles;
  const line = document.createElement("div");
  line.setAttribute("role", "status");
  inside.append(style, line);
  document.body.append(host);
  shown = host;
  // Screen readers say what comes into a line that they already know.
  requestAnimationFrame(() => line.append(...content(words, offer, () => host.remove())));
}

function content(words: string, offer: NoticeAction | undefined, close: () => void): Node[] {
  const text = document.createElement("span");
  text.textContent = words;
  const away = button("✕", close);
  away.ariaLabel = "Close";
  return offer === undefined ? [text, away] : [text, button(offer.name, () => offer.act()), away];
}

function button(name: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = name;
  made.addEventListener("click", act);
  return made;
}
