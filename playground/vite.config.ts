import { defineConfig } from "vite";
import { PackageRecord } from "./vite/bundled-packages.ts";
import { engineVersion } from "./vite/engine-version.ts";
import { minifiedStyles } from "./vite/minified-styles.ts";
import { pageStyles } from "./vite/page-styles.ts";
import { sandboxSource } from "./vite/sandbox-source.ts";

const packages = new PackageRecord();

/** The front end: one module that registers `<hw-play>`, and the parts that it loads on demand. */
export default defineConfig({
  base: "./",
  plugins: [
    sandboxSource(() => packages.collect()),
    pageStyles(),
    minifiedStyles(),
    packages.collect(),
    packages.save(),
  ],
  define: { __ENGINE_VERSION__: JSON.stringify(engineVersion()) },
  build: {
    target: "es2022",
    outDir: "dist",
    modulePreload: false,
    rolldownOptions: {
      input: { "hw-play": "src/hw-play.ts", boot: "src/boot.ts", visit: "src/offline/visit.ts" },
      preserveEntrySignatures: "exports-only",
      output: {
        entryFileNames: "[name].js",
        // The code that starts Python is one file with a fixed name, so a page can preload it.
        codeSplitting: { groups: [{ name: "shared", test: /src\/(deferred-assets|idle|runtime\/shared)\.ts$/ }] },
        chunkFileNames: ({ name }) => (name === "shared" ? "runtime-host.js" : "parts/[name]-[hash].js"),
        assetFileNames: "parts/[name]-[hash][extname]",
      },
    },
  },
  worker: {
    format: "es",
    plugins: () => [packages.collect()],
    rolldownOptions: { output: { entryFileNames: "parts/[name]-[hash].js", chunkFileNames: "parts/[name]-[hash].js" } },
  },
});
