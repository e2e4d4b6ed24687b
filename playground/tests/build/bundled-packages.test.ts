import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { describe, expect, it } from "vitest";
import { PackageRecord, packageFolder } from "../../vite/bundled-packages.ts";
import { sandboxSource } from "../../vite/sandbox-source.ts";

const MODULES = fileURLToPath(new URL("../../node_modules/", import.meta.url));
/** A folder whose modules may import the playground's packages. */
const SCRATCH = fileURLToPath(new URL("../../.cache/", import.meta.url));

describe("The folder of a module's package", () => {
  it.each([
    ["/project/node_modules/idb/build/index.js", "/project/node_modules/idb"],
    ["/project/node_modules/@lezer/lr/dist/index.js?commonjs", "/project/node_modules/@lezer/lr"],
    ["/project/node_modules/a/node_modules/b/index.js", "/project/node_modules/a/node_modules/b"],
    ["\0vite/preload-helper.js", `${MODULES}vite`],
    ["\0rolldown/runtime.js", `${MODULES}rolldown`],
  ])("is found for %s: %s", (id, folder) => {
    expect(packageFolder(id)).toBe(folder);
  });

  it.each(["/project/src/hw-play.ts", "/project/vite/tool.ts", "\0virtual"])("is null for %s", (id) => {
    expect(packageFolder(id)).toBeNull();
  });
});

describe("The record of packages", () => {
  it("contains the packages of the page, its workers and the sandboxed frame, with their license texts", async () => {
    const record = await built({
      "entry.js": `
        import source from "./frame.js?sandbox";
        import { strToU8 } from "fflate";
        const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
        worker.postMessage([source, strToU8("text")]);`,
      "frame.js": 'import { parse } from "smol-toml"; postMessage(parse("a = 1"));',
      "worker.js": 'import { decompress } from "fzstd"; postMessage(decompress);',
    });
    expect(record.map(({ name }) => name)).toEqual(["fflate", "fzstd", "smol-toml"]);
    for (const { version, license, texts } of record) {
      expect(version).toMatch(/^\d+\./);
      expect(["MIT", "BSD-3-Clause"]).toContain(license);
      expect(Object.values(texts).join()).toContain("Copyright");
    }
  });
});

/** Bundle modules and return the packages in the bundle. */
async function built(modules: Record<string, string>) {
  mkdirSync(SCRATCH, { recursive: true });
  const folder = mkdtempSync(join(SCRATCH, "bundled-packages-"));
  const packages = new PackageRecord();
  for (const [name, code] of Object.entries(modules)) writeFileSync(join(folder, name), code);
  try {
    await build({
      root: folder,
      configFile: false,
      logLevel: "silent",
      plugins: [sandboxSource(() => packages.collect()), packages.collect()],
      worker: { format: "es", plugins: () => [packages.collect()] },
      build: { write: false, rolldownOptions: { input: join(folder, "entry.js") } },
    });
    return packages.packages().filter(({ name }) => name !== "vite" && name !== "rolldown");
  } finally {
    rmSync(folder, { recursive: true });
  }
}
