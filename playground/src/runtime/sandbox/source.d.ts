/** The text of a script for the sandboxed frame; `vite/sandbox-source.ts` makes it. */
declare module "*?sandbox" {
  const source: string;
  export default source;
}
