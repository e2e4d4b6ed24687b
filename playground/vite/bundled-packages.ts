/**
 * A record of the npm packages in a bundle, for the page about third-party licenses (`docs/licenses/`).
 *
 * Vite's own `build.license` leaves out workers and the code of the sandboxed frame, which are separate bundles.
 */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin, Rolldown } from "vite";

export interface BundledPackage {
  name: string;
  version: string;
  /** The license in `package.json`: usually an SPDX expression. */
  license: string | null;
  description: string;
  url: string | null;
  /** The texts of the license files, keyed by name. */
  texts: Record<string, string>;
}

/** The packages whose modules a build has included. Several bundles may share a record. */
export class PackageRecord {
  readonly #folders = new Set<string>();

  /** Return the plugin for a bundle that is shipped. */
  collect(): Plugin {
    return {
      name: "headwater:collect-packages",
      generateBundle: (_, bundle) => {
        for (const output of Object.values(bundle)) if (output.type === "chunk") this.#add(output);
      },
    };
  }

  /** Return the plugin for the bundle that a build writes last, which contains the others. The plugin saves the record. */
  save(): Plugin {
    let name = "";
    return {
      name: "headwater:save-packages",
      apply: "build",
      configResolved: ({ build }) => {
        name = basename(build.outDir);
      },
      writeBundle: () => {
        mkdirSync(RECORDS, { recursive: true });
        writeFileSync(join(RECORDS, `${name}.json`), `${JSON.stringify(this.packages(), null, 2)}\n`);
      },
    };
  }

  packages(): BundledPackage[] {
    return [...this.#folders].sort().map(packageIn);
  }

  #add({ moduleIds }: Rolldown.OutputChunk): void {
    for (const id of moduleIds) {
      const folder = packageFolder(id);
      if (folder !== null) this.#folders.add(folder);
    }
  }
}

const RECORDS = fileURLToPath(new URL("../.cache/bundled/", import.meta.url));
const PACKAGES = fileURLToPath(new URL("../node_modules/", import.meta.url));
const LICENSE_FILE = /^(licen[cs]e|copying|notice)/i;

/** Code that the build tools add to a bundle themselves. */
const TOOLS: readonly [prefix: string, tool: string][] = [
  ["\0vite/", "vite"],
  ["\0rolldown/", "rolldown"],
];

/** Return the folder of the package that contains a module; null for the project's own modules. */
export function packageFolder(id: string): string | null {
  const tool = TOOLS.find(([prefix]) => id.startsWith(prefix))?.[1];
  if (tool !== undefined) return join(PACKAGES, tool);
  return /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1] ?? null;
}

interface PackageFile {
  name: string;
  version: string;
  license?: string;
  description?: string;
  homepage?: string;
  repository?: string | { url?: string };
}

function packageIn(folder: string): BundledPackage {
  const described = JSON.parse(readFileSync(join(folder, "package.json"), "utf-8")) as PackageFile;
  const { name, version, license = null, description = "", homepage, repository } = described;
  const files = readdirSync(folder).filter((file) => LICENSE_FILE.test(file));
  const source = typeof repository === "string" ? repository : repository?.url;
  return {
    name,
    version,
    license,
    description,
    url: homepage ?? (source === undefined ? null : webAddress(source)),
    texts: Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), "utf-8")])),
  };
}

/** Return the URL of a repository's web page. */
function webAddress(repository: string): string {
  const address = repository
    .replace(/^git\+/, "")
    .replace(/^(git|ssh):\/\/(git@)?/, "https://")
    .replace(/\.git$/, "");
  return address.startsWith("https://") ? address : `https://github.com/${address.replace(/^github:/, "")}`;
}
