/**
 * Names of exported files. The page chooses them, because hostile code could choose names that are misleading or lead out of
 * the folder.
 */

import { isFileName, isModuleName } from "../file-names.ts";

/** The same names as in `src/headwater/export/safe_names.py`. */
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³])$/;
const CONFIGURATION = new Set([
  "conftest.py",
  "manifest.in",
  "noxfile.py",
  "pyproject.toml",
  "pytest.ini",
  "pytest.toml",
  "setup.cfg",
  "setup.py",
  "sitecustomize.py",
  "tox.ini",
  "usercustomize.py",
]);
const TOOLS = new Set(
  (
    "_distutils_hack _pytest colorama exceptiongroup flit_core hatchling headwater iniconfig packaging pip pkg_resources " +
    "pluggy py pygments pytest setuptools test_values tomli wheel"
  ).split(" "),
);
const MAX_FOLDER_LENGTH = 60;
const MAX_STEM_LENGTH = 60;

/** Return the name of a project's folder and archive, derived from its title. */
export function folderName(title: string): string {
  const word = title.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const name = trimmed(trimmed(word, "-").slice(0, MAX_FOLDER_LENGTH), "-") || "dataflow";
  return isDevice(name) ? `${name}-dataflow` : name;
}

/** Return the part of a file name that identifies a node. */
export function fileStem(node: string): string {
  const word = node.replace(/[^A-Za-z0-9_]+/g, "_");
  return (word === node ? word : trimmed(word, "_")).slice(0, MAX_STEM_LENGTH) || "value";
}

/** Return whether a file name is safe on any system and has no special meaning to any tool. */
export function isSafeName(name: string): boolean {
  if (!isFileName(name)) return false;
  const folded = name.normalize("NFKC").toLowerCase();
  if (isDevice(folded) || isDevice(name.toLowerCase())) return false;
  if (CONFIGURATION.has(folded) || folded.endsWith(".pth")) return false;
  if (!folded.endsWith(".py")) return true;
  return name.normalize("NFKC") === name && isModuleName(name) && !TOOLS.has(folded.slice(0, -3));
}

/** Fold the case of a name. On some systems, names with equal results refer to the same file. */
export function caseless(name: string): string {
  return name.normalize("NFC").toUpperCase().toLowerCase();
}

export function isDevice(name: string): boolean {
  return WINDOWS_DEVICE.test((name.split(".")[0] ?? "").trimEnd().toLowerCase());
}

function trimmed(text: string, character: "-" | "_"): string {
  return text.replace(character === "-" ? /^-+|-+$/g : /^_+|_+$/g, "");
}
