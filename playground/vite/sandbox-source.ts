/**
 * `import source from "./worker.ts?sandbox"` gives the text of a classic script: the file bundled with all it imports.
 *
 * A sandboxed frame can load nothing by address, and a module worker does not start from a blob in an opaque origin, so
 * what runs there travels as text and stands on its own.
 */

import { build, type Plugin, type Rolldown } from "vite";

const MARK = "?sandbox";

export function sandboxSource(): Plugin {
  return {
    name: "headwater:sandbox-source",
    enforce: "pre",
    async load(id) {
      if (!id.endsWith(MARK)) return null;
      const { code, files } = await bundle(id.slice(0, -MARK.length));
      for (const file of files) this.addWatchFile(file);
      return `export default ${JSON.stringify(code)};`;
    },
  };
}

async function bundle(entry: string): Promise<{ code: string; files: string[] }> {
  const [built] = [
    await build({
      configFile: false,
      logLevel: "warn",
      build: {
        write: false,
        target: "es2022",
        lib: { entry, formats: ["iife"], name: "sandbox" },
      },
    }),
  ].flat() as Rolldown.RolldownOutput[];
  const [chunk] = built?.output ?? [];
  if (chunk === undefined) throw new Error(`${entry} could not be bundled for the sandboxed frame.`);
  // Of functions in strict mode, no stack trace hands out `this` or the function itself.
  return { code: `"use strict";${chunk.code}`, files: chunk.moduleIds.map((id) => id.split("?")[0] ?? id) };
}
