/**
 * The files of a second memory snapshot, in which packs have been imported. Python starts from it if the code imports these
 * packs and all files are on the visitor's device.
 */

import type { RuntimeFile } from "./manifest.ts";
import type { PackTable } from "./packs.ts";
import type { RuntimeFiles } from "./runtime-files.ts";

export class Preload {
  readonly files: readonly RuntimeFile[];
  /** The packs that have been imported in the snapshot. */
  readonly packs: readonly RuntimeFile[];

  /** @param files all runtime files */
  constructor(files: readonly RuntimeFile[], table: PackTable) {
    this.files = files.filter(({ stage }) => stage === "preload");
    this.packs = table.withRequired(table.named(this.files.flatMap(({ requires = [] }) => requires)));
  }

  isImportedBy(modules: ReadonlySet<string>): boolean {
    return this.files.some(({ imports }) => imports.some((module) => modules.has(module)));
  }

  /** Return whether Python can start from the snapshot without downloads. */
  async isAvailable(files: Pick<RuntimeFiles, "isAvailable">): Promise<boolean> {
    if (this.files.length === 0) return false;
    // Check the files one at a time: most visitors lack the first file, and more queries would delay reading files.
    for (const file of [...this.files, ...this.packs]) if (!(await files.isAvailable(file))) return false;
    return true;
  }
}
