/** The text of all style sheets; `vite/minified-styles.ts` makes it. */
declare module "*?minified" {
  const text: string;
  export default text;
}
