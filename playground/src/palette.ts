/**
 * The element's colors as CSS declarations. Both the element's style sheet and the page's style sheet use them. The colors
 * follow the theme's palette.
 */

export const LIGHT = `
--bg: #fbfcfd;
--pane: #fff;
--frame: #f2f5f8;
--line: #e3e8ed;
--line-strong: #b8c3cd;
--ink: #17212b;
--mute: #5c6974;
--accent: #0b7a8f;
--accent-soft: #e3f3f5;
--on-accent: #fff;
--ran: #0b7a8f;
--reused: #66747f;
--bad: #b93226;
--bad-soft: #fdecea;
--warn: #8f5600;
--warn-soft: #fdf3e1;
--code-keyword: #8250a8;
--code-string: #33703a;
--code-number: #8f5600;
--code-function: #0b5fa5;
--code-type: #8250a8;
--mono: "JetBrains Mono", "DejaVu Sans Mono", ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
--sans: Inter, "Noto Sans", "DejaVu Sans", system-ui, sans-serif;
color-scheme: light;
`;

export const DARK = `
--bg: #0f151b;
--pane: #141c24;
--frame: #0b1015;
--line: #253140;
--line-strong: #45566a;
--ink: #e4ebf1;
--mute: #97a5b3;
--accent: #4cc3d9;
--accent-soft: #12323a;
--on-accent: #0f151b;
--ran: #4cc3d9;
--reused: #8494a3;
--bad: #ff7b6e;
--bad-soft: #3a1c1b;
--warn: #e0a651;
--warn-soft: #35290f;
--code-keyword: #c9a0f0;
--code-string: #8fce93;
--code-number: #e0a651;
--code-function: #7db8f5;
--code-type: #c9a0f0;
color-scheme: dark;
`;
