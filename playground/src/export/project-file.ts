/**
 * Validation of an exported `pyproject.toml`. pip executes this file's instructions, and hostile code may have forged it.
 * Therefore, only lines that `src/headwater/export/project.py` writes are allowed. Packages must come from the package index or
 * from this site.
 */

const BEFORE = [
  "[build-system]",
  'requires = ["setuptools>=77"]',
  'build-backend = "setuptools.build_meta"',
  "",
  "[project]",
  /^name = "[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?"$/,
  'version = "0.1.0"',
  /^description = "(?:[^\p{C}\p{Zl}\p{Zp}"\\]|\\["\\])*"$/u,
  'requires-python = ">=3.11"',
  "dependencies = [",
];
const AFTER = [
  "]",
  "",
  "[project.optional-dependencies]",
  'test = ["pytest>=8"]',
  "",
  "[tool.setuptools]",
  "py-modules = [] # only dependencies are installed; the code runs from this folder",
  "",
  "[tool.pytest.ini_options]",
  'pythonpath = ["."]',
  'testpaths = ["tests"]',
  "",
];
const DEPENDENCY =
  /^ {2}"([A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?)(?:==[0-9A-Za-z.!+_-]{1,60}; python_version <= '3\.\d{1,2}'|>=[0-9A-Za-z.!+_-]{1,60}; python_version > '3\.\d{1,2}')?",$/;
const MAX_LINES = 500;
const MAX_LINE_LENGTH = 1000;

/**
 * @param engine the requirement that installs Headwater
 * @returns the packages that pip fetches from the package index; null if the file is not valid
 */
export function packagesOf(text: string, engine: string): string[] | null {
  const lines = text.split("\n");
  if (lines.length > MAX_LINES || lines.some((line) => line.length > MAX_LINE_LENGTH)) return null;
  const [before, rest] = [lines.slice(0, BEFORE.length), lines.slice(BEFORE.length)];
  const after = rest.splice(-AFTER.length);
  if (!matchesLines(before, BEFORE) || !matchesLines(after, AFTER)) return null;
  if (rest.shift() !== `  ${JSON.stringify(engine)},`) return null;
  const packages: string[] = [];
  for (const line of rest) {
    const name = DEPENDENCY.exec(line)?.[1];
    if (name === undefined) return null;
    if (!packages.includes(name)) packages.push(name);
  }
  return packages;
}

function matchesLines(lines: readonly string[], expected: readonly (string | RegExp)[]): boolean {
  if (lines.length !== expected.length) return false;
  return expected.every((line, at) => (typeof line === "string" ? line === lines[at] : line.test(lines[at] ?? "")));
}
