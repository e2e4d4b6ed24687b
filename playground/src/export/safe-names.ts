/**
 * Names of exported files. The page names what it saves: Python may have run hostile code, which could choose a name that
 * looks like another one, or that leads out of the folder.
 */

import { isFileName, isModuleName } from "../file-names.ts";

/** As `src/headwater/export/safe_names.py` has them. */
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
const LONGEST_FOLDER = 60;
const LONGEST_STEM = 60;

/** A name for the folder and the archive of a project, made from its title. */
export function folderName(title: string): string {
  const word = title.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const name = trimmed(trimmed(word, "-").slice(0, LONGEST_FOLDER), "-") || "dataflow";
  return isDevice(name) ? `${name}-dataflow` : name;
}

/** The part of a file's name that tells which node it is about. */
export function fileStem(node: string): string {
  const word = node.replace(/[^A-Za-z0-9_]+/g, "_");
  return (word === node ? word : trimmed(word, "_")).slice(0, LONGEST_STEM) || "value";
}

/** Whether a file of the dataflow may be exported under its name: on any system, and beside any tool. */
export function isSafeName(name: string): boolean {
  if (!isFileName(name)) return false;
  const folded = name.normalize("NFKC").toLowerCase();
  if (isDevice(folded) || isDevice(name.toLowerCase())) return false;
  if (CONFIGURATION.has(folded) || folded.endsWith(".pth")) return false;
  if (!folded.endsWith(".py")) return true;
  return name.normalize("NFKC") === name && isModuleName(name) && !TOOLS.has(folded.slice(0, -3));
}

/** Equal for names that are one file on some systems. */
export function caseless(name: string): string {
  return name.normalize("NFC").toUpperCase().toLowerCase();
}

export function isDevice(name: string): boolean {
  return WINDOWS_DEVICE.test((name.split(".")[0] ?? "").trimEnd().toLowerCase());
}

function trimmed(text: string, character: "-" | "_"): string {
  return text.replace(character === "-" ? /^-+|-+$/g : /^_+|_+$/g, "");
}
