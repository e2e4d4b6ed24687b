/** The engine version with which this front end is built, read from `pyproject.toml`. */

import { readFileSync } from "node:fs";

export function engineVersion(): string {
  const project = readFileSync(new URL("../../pyproject.toml", import.meta.url), "utf-8");
  const version = /^version = "([^"]+)"$/m.exec(project)?.[1];
  if (version === undefined) throw new Error("pyproject.toml has no version.");
  return version;
}
