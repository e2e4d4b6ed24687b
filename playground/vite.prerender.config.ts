import { defineConfig } from "vite";
import { minifiedStyles } from "./vite/minified-styles.ts";

/** The program that renders an element as HTML while the site is built. It bundles its dependencies. */
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
