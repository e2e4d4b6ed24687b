import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { engineVersion } from "./vite/engine-version.ts";
import { minifiedStyles } from "./vite/minified-styles.ts";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const TESTS = readdirSync(`${HERE}tests`, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.test\.(ts|mjs)$/.test(path))
  .map((path) => `tests/${path.replaceAll("\\", "/")}`);

/** Files that replace modules. A replacement has no effect on a module that an earlier file in the process has imported. */
const REPLACING = TESTS.filter((path) => /\bvi\.(mock|doMock|resetModules)\(/.test(readFileSync(HERE + path, "utf8")));

export default defineConfig({
  plugins: [minifiedStyles()],
  define: { __ENGINE_VERSION__: JSON.stringify(engineVersion()) },
  test: {
    reporters: ["dot", "tests/slowest.ts"],
    unstubGlobals: true,
    restoreMocks: true,
    projects: [
      // These files share processes: starting a process and importing modules for each file took longer than the tests.
      {
        extends: true,
        test: { name: "shared", isolate: false, include: ["tests/**/*.test.{ts,mjs}"], exclude: REPLACING },
      },
      { extends: true, test: { name: "isolated", include: REPLACING } },
    ],
  },
});
