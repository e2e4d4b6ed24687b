/** The text of a script for the sealed frame; `vite/sealed-source.ts` makes it. */
declare module "*?sealed" {
  const source: string;
  export default source;
}
