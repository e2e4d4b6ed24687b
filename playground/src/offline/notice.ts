/** A notice at the edge of the window. It does not shift the page or take focus, and the visitor can close it. */

import styles from "./notice.css?inline";

export interface NoticeAction {
  readonly name: string;
  run(): void;
}

let shown: HTMLElement | null = null;

export function showNotice(message: string, action?: NoticeAction): void {
  shown?.remove();
  const host = document.createElement("div");
  const shadow = host.attachShadow({ mode: "open" });
  const style = document.createElement("style");
  style.textContent = styles;
  const status = document.createElement("div");
  status.setAttribute("role", "status");
  shadow.append(style, status);
  document.body.append(host);
  shown = host;
  // Screen readers announce text that is added to an existing live region.
  requestAnimationFrame(() => status.append(...content(message, action, () => host.remove())));
}

function content(message: string, action: NoticeAction | undefined, close: () => void): Node[] {
  const text = document.createElement("span");
  text.textContent = message;
  const closeButton = button("✕", close);
  closeButton.ariaLabel = "Close";
  return action === undefined ? [text, closeButton] : [text, button(action.name, () => action.run()), closeButton];
}

function button(name: string, onClick: () => void): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = name;
  element.addEventListener("click", onClick);
  return element;
}
