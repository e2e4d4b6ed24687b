import { fileURLToPath } from "node:url";
import { mergeConfig, type Plugin } from "vite";
import page from "./vite.config.ts";

const NATIVE_FRAME = fileURLToPath(new URL("tests/native/native-frame.ts", import.meta.url));

const NO_FILES = JSON.stringify({ version: 1, pyodide: "native", index: "", files: [] });

/** The front end for browser tests that cover only the page. The test's own Python process answers the requests. */
export default mergeConfig(page, {
  plugins: [nativeFrame(), consentOfTests()],
  build: { outDir: "dist-native", reportCompressedSize: false },
});

function nativeFrame(): Plugin {
  return {
    name: "headwater:native-frame",
    enforce: "pre",
    resolveId: (source, importer) =>
      source === "./python-frame.ts" && importer?.endsWith("/runtime/python-process.ts") ? NATIVE_FRAME : null,
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "runtime/manifest.json", source: NO_FILES });
      this.emitFile({
        type: "asset",
        fileName: "sw.js",
        source: "// Caches nothing, because this build of the page is for tests.\n",
      });
    },
  };
}

/** Let tests that share a page allow code and revoke earlier consent; see tests/browser/warm_page.py. */
function consentOfTests(): Plugin {
  return {
    name: "headwater:consent-of-tests",
    transform: (code, id) =>
      id.endsWith("/share/consent-store.ts")
        ? `${code}
            globalThis.allowCode = (code) => void allowedHere.add(textOf(code));
            globalThis.forgetAllowedCode = () => allowedHere.clear();`
        : null,
  };
}
