/** The source text of a script for the sandboxed frame, bundled by `vite/sandbox-source.ts`. */
declare module "*?sandbox" {
  const source: string;
  export default source;
}
