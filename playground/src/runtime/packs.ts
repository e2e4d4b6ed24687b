/** The packs in the manifest: libraries that Python does not need to start, loaded when code imports them. */

import type { RuntimeFile } from "./manifest.ts";

export class PackTable {
  readonly #byName: ReadonlyMap<string, RuntimeFile>;
  /** Maps each top-level module to the name of the file that contains it. */
  readonly files: ReadonlyMap<string, string>;

  constructor(files: readonly RuntimeFile[]) {
    const packs = files.filter(({ stage }) => stage === "pack");
    this.#byName = new Map(packs.map((file) => [file.name, file]));
    this.files = new Map(packs.flatMap(({ name, imports }) => imports.map((module) => [module, name] as const)));
  }

  /** Return the packs that contain any of these top-level modules. */
  containing(modules: Iterable<string>): RuntimeFile[] {
    return this.named([...modules].map((module) => this.files.get(module) ?? ""));
  }

  /** Return the packs with these file names. Unknown names are ignored. */
  named(names: Iterable<string>): RuntimeFile[] {
    return [...new Set(names)].flatMap((name) => this.#byName.get(name) ?? []);
  }

  /** Return these packs and all packs that they need. */
  withRequired(packs: readonly RuntimeFile[]): RuntimeFile[] {
    const found = new Set(packs);
    for (const { requires = [] } of found) for (const required of this.named(requires)) found.add(required);
    return [...found];
  }
}
