import { css } from "lit";

export const filesStyles = css`
  .file-bar {
    position: relative;
    display: flex;
    align-items: stretch;
    border-bottom: 1px solid var(--line);
    min-width: 0;
    flex-wrap: wrap;
  }
  .encoding {
    flex-basis: 100%;
    padding: 4px 12px;
    color: var(--mute);
    border-top: 1px solid var(--line);
  }
  .encoding select {
    font: inherit;
    color: var(--ink);
    background: var(--bg);
    border: 1px solid var(--line-strong);
    border-radius: 6px;
    padding: 2px 4px;
    margin: 0 6px;
    max-width: min(34ch, 60vw);
  }
  .file-bar .tabs {
    flex: 1;
    min-width: 0;
    border-bottom: none;
  }
  .file-tools {
    display: flex;
    align-items: center;
    gap: 6px;
    padding: 0 8px;
    min-width: 0;
    white-space: nowrap;
  }
  .file-tools span {
    min-width: 0;
    max-width: 30ch;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .file-tools .quiet {
    color: var(--mute);
  }
  .file-tools button {
    padding: 2px 8px;
  }
  .file-tools input[name] {
    font: 13px var(--mono);
    color: var(--ink);
    background: var(--bg);
    border: 1px solid var(--line-strong);
    border-radius: 6px;
    padding: 3px 6px;
    min-width: 0;
  }
  /* In a narrow pane, the tools leave no room for a second tab, so they move below the tabs unless all tabs fit. */
  @container (max-width: 900px) {
    .file-bar .tabs {
      flex: 1 0 auto;
      max-width: 100%;
    }
    .file-tools {
      margin-left: auto;
    }
  }
  .file-tools p {
    position: absolute;
    z-index: 5;
    top: 100%;
    right: 8px;
    margin: 2px 0 0;
    max-width: 44ch;
    padding: 6px 10px;
    white-space: normal;
    color: var(--bad);
    background: var(--pane);
    border: 1px solid var(--line-strong);
    border-radius: 8px;
  }
  .from-disk {
    position: relative;
    cursor: pointer;
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .from-disk:focus-within {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }
  .from-disk input {
    position: absolute;
    inset: 0;
    width: 100%;
    opacity: 0;
    cursor: pointer;
  }
  form.file-tools {
    flex-wrap: wrap;
    padding-block: 3px;
  }
  .from-disk-hint {
    color: var(--mute);
  }
  .drop-hint {
    display: none;
    position: absolute;
    inset: 4px;
    z-index: 20; /* above the panes, whose backgrounds would hide an outline of their container */
    place-items: center;
    padding: 12px;
    border: 3px dashed var(--accent);
    border-radius: 8px;
    text-align: center;
    pointer-events: none;
  }
  :host([dragging]) .shell {
    position: relative;
  }
  :host([dragging]) .drop-hint {
    display: grid;
  }
  :host([dragging="here"]) .drop-hint {
    background: color-mix(in srgb, var(--accent) 14%, transparent);
  }
  .drop-hint span {
    max-width: 100%;
    padding: 12px 20px;
    font-size: 16px;
    font-weight: 600;
    color: var(--ink);
    background: var(--pane);
    border: 2px solid var(--accent);
    border-radius: 10px;
    box-shadow: 0 4px 18px rgb(0 0 0 / 0.2);
  }
`;
