/** Styles for the Examples dialog. */

import { css } from "lit";

export const galleryStyles = css`
  dialog.gallery {
    width: min(640px, calc(100vw - 32px));
  }
  dialog.gallery input {
    width: 100%;
    font: inherit;
    color: var(--ink);
    background: var(--bg);
    border: 1px solid var(--line-strong);
    border-radius: 8px;
    padding: 7px 10px;
  }
  dialog.gallery ul {
    list-style: none;
    margin: 10px -8px;
    padding: 0;
    height: min(52vh, 420px);
    overflow-y: auto;
  }
  dialog.gallery li {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 1px 12px;
    padding: 8px;
    border-left: 3px solid transparent;
    border-radius: 6px;
    cursor: pointer;
  }
  dialog.gallery li:hover {
    background: var(--bg);
  }
  dialog.gallery li[aria-selected="true"] {
    background: var(--accent-soft);
    border-left-color: var(--accent);
  }
  dialog.gallery .name {
    font-weight: 600;
  }
  dialog.gallery :is(.tags, .when) {
    font-size: 12px;
    font-weight: 400;
    color: var(--mute);
    align-self: center;
  }
  dialog.gallery .what {
    grid-column: 1 / -1;
    color: var(--mute);
  }
  @media (max-width: 480px) {
    dialog.gallery .tags {
      grid-column: 1 / -1;
      grid-row: 3;
    }
  }
`;
