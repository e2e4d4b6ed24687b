/**
 * `import source from "./worker.ts?sandbox"` returns the text of a classic script: the file bundled with its imports.
 *
 * A sandboxed frame cannot load scripts by URL, and in an opaque origin, module workers do not start from a blob. Therefore,
 * its code is shipped as self-contained text.
 */

import { build, type Plugin, type Rolldown } from "vite";

const MARK = "?sandbox";

/** @param observer returns a plugin that observes the bundle of each script */
export function sandboxSource(observer: () => Plugin): Plugin {
  return {
    name: "headwater:sandbox-source",
    enforce: "pre",
    async load(id) {
      if (!id.endsWith(MARK)) return null;
      const { code, files } = await bundle(id.slice(0, -MARK.length), observer());
      for (const file of files) this.addWatchFile(file);
      return `export default ${JSON.stringify(code)};`;
    },
  };
}

async function bundle(entry: string, observer: Plugin): Promise<{ code: string; files: string[] }> {
  const [built] = [
    await build({
      configFile: false,
      logLevel: "warn",
      plugins: [observer],
      build: {
        write: false,
        target: "es2022",
        lib: { entry, formats: ["iife"], name: "sandbox" },
      },
    }),
  ].flat() as Rolldown.RolldownOutput[];
  const [chunk] = built?.output ?? [];
  if (chunk === undefined) throw new Error(`${entry} could not be bundled for the sandboxed frame.`);
  // In strict mode, stack traces do not expose `this` or the function.
  return { code: `"use strict";${chunk.code}`, files: chunk.moduleIds.map((id) => id.split("?")[0] ?? id) };
}
