import { defineConfig } from "vite";
import { minifiedStyles } from "./vite/minified-styles.ts";

/** The program that draws an element as HTML while the site is built; it stands on its own, without node_modules. */
export default defineConfig({
  plugins: [minifiedStyles()],
  build: {
    ssr: "src/prerender/main.ts",
    target: "node20",
    outDir: "dist-node",
    rolldownOptions: { output: { entryFileNames: "prerender.js" } },
  },
  ssr: { noExternal: true },
});
