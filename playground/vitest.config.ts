import { defineConfig } from "vitest/config";
import { engineVersion } from "./vite/engine-version.ts";

export default defineConfig({
  define: { __ENGINE_VERSION__: JSON.stringify(engineVersion()) },
  test: { include: ["tests/**/*.test.{ts,mjs}"], reporters: ["dot", "tests/slowest.ts"] },
});
