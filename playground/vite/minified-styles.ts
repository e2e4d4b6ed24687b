/**
 * `import text from "./styles.ts?minified"` gives the style sheets that the module exports as `STYLES`, as one minified
 * text. A page has them once: in what is drawn when the site is built, where the live element finds them, too.
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

/** Fails on invalid CSS. A browser would silently drop it, together with the next rule. */
function minified(sheets: readonly CSSResult[], file: string): string {
  const code = Buffer.from(sheets.map(({ cssText }) => cssText).join("\n"));
  return transform({ filename: file, code, minify: true }).code.toString();
}
