/** The version of the engine that this front end is built with, as `pyproject.toml` says it. */

import { readFileSync } from "node:fs";

export function engineVersion(): string {
  const project = readFileSync(new URL("../../pyproject.toml", import.meta.url), "utf-8");
  const version = /^version = "([^"]+)"$/m.exec(project)?.[1];
  if (version === undefined) throw new Error("pyproject.toml says no version of the engine.");
  return version;
}
