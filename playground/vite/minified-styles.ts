/**
 * `import text from "./styles.ts?minified"` imports the style sheets that the module exports as `STYLES`, minified into one
 * string.
 *
 * A page contains the styles once, in the prerendered element. The live element reads them from there.
 */

import { transform } from "lightningcss";
import type { CSSResult } from "lit";
import { type Plugin, runnerImport } from "vite";

const MARK = "?minified";

interface StylesModule {
  STYLES: readonly CSSResult[];
}

export function minifiedStyles(): Plugin {
  return {
    name: "headwater:minified-styles",
    enforce: "pre",
    async load(id) {
      if (!id.endsWith(MARK)) return null;
      const file = id.slice(0, -MARK.length);
      const { module, dependencies } = await runnerImport<StylesModule>(file, { configFile: false, logLevel: "warn" });
      for (const dependency of dependencies) this.addWatchFile(dependency);
      return `export default ${JSON.stringify(minified(module.STYLES, file))};`;
    },
  };
}

/** Minify the sheets. Fails on invalid CSS, which a browser would silently drop together with the next rule. */
function minified(sheets: readonly CSSResult[], file: string): string {
  const code = Buffer.from(sheets.map(({ cssText }) => cssText).join("\n"));
  return transform({ filename: file, code, minify: true }).code.toString();
}
