import { defineConfig } from "vitest/config";
import { engineVersion } from "./vite/engine-version.ts";
import { minifiedStyles } from "./vite/minified-styles.ts";

export default defineConfig({
  plugins: [minifiedStyles()],
  define: { __ENGINE_VERSION__: JSON.stringify(engineVersion()) },
  test: { include: ["tests/**/*.test.{ts,mjs}"], reporters: ["dot", "tests/slowest.ts"] },
});
