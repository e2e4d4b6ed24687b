import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { packagesOf } from "../../src/export/project-file.ts";

/** A project file from the engine. An engine test compares this text with the engine's output. */
const GOLDEN = readFileSync(new URL("golden/pyproject.toml", import.meta.url), "utf-8");
const ENGINE = "headwater @ https://site.example/assets/headwater/headwater-0.1.0-py3-none-any.whl";

it("the file that the engine writes is accepted", () => {
  expect(packagesOf(GOLDEN, ENGINE)).toEqual(["numpy", "python-dateutil"]);
});

it.each([
  "numpy",
  "numpy==2.0.2; python_version <= '3.12'",
  "numpy>=2.0.2; python_version > '3.14'",
  "ruamel.yaml",
  "a==1!2.0rc1.post1+local_1; python_version <= '3.12'",
])("a package from the registry is accepted: %s", (requirement) => {
  expect(packagesOf(GOLDEN.replace("python-dateutil", requirement), ENGINE)).toHaveLength(
    requirement.startsWith("numpy") ? 1 : 2,
  );
});

const FORGED: [string, (text: string) => string][] = [
  ["another build backend", (text) => text.replace("setuptools.build_meta", "evil")],
  ["a build backend in the project", (text) => text.replace('build_meta"', 'build_meta"\nbackend-path = ["."]')],
  ["another build requirement", (text) => text.replace('["setuptools>=77"]', '["setuptools>=77", "evil"]')],
  [
    "a build requirement from a URL",
    (text) => text.replace("setuptools>=77", "setuptools @ https://evil.example/s.whl"),
  ],
  ["a package from a URL", (text) => text.replace("python-dateutil", "evil @ https://evil.example/e.whl")],
  ["a package from a folder", (text) => text.replace("python-dateutil", "evil @ file:///etc")],
  ["a package from a repository", (text) => text.replace("python-dateutil", "git+https://evil.example/e")],
  ["a pip option", (text) => text.replace("python-dateutil", "--index-url=https://evil.example")],
  ["a package after a line break", (text) => text.replace("python-dateutil", "a\\nevil")],
  ["a package with a look-alike name", (text) => text.replace("python-dateutil", "pandаs")],
  ["extras", (text) => text.replace("python-dateutil", "evil[all]")],
  ["another marker", (text) => text.replace("python_version > '3.12'", "os_name == 'nt'")],
  ["Headwater from elsewhere", (text) => text.replace("site.example", "evil.example")],
  ["no Headwater", (text) => text.replace(`  "${ENGINE}",\n`, "")],
  ["Headwater twice", (text) => text.replace('  "numpy==', `  "${ENGINE}",\n  "numpy==`)],
  ["options for pytest", (text) => text.replace('testpaths = ["tests"]', 'testpaths = ["tests"]\naddopts = "-p evil"')],
  ["another folder for pytest", (text) => text.replace('pythonpath = ["."]', 'pythonpath = ["dataflow"]')],
  ["extra lines at the end", (text) => `${text}[tool.uv]\nindex-url = "https://evil.example"\n`],
  ["extra lines at the beginning", (text) => `[tool.uv]\n${text}`],
  ["a script", (text) => text.replace("[tool.setuptools]", '[project.scripts]\na = "evil:a"\n\n[tool.setuptools]')],
  ["modules to install", (text) => text.replace("py-modules = []", 'py-modules = ["sitecustomize"]')],
  ["an unterminated description", (text) => text.replace(/description = .*/, 'description = """')],
  ["a description that ends early", (text) => text.replace(/description = .*/, 'description = "a" \nevil = "b"')],
  ["a description with a quote", (text) => text.replace(/description = .*/, 'description = "a" b"')],
  ["a description with an escape", (text) => text.replace(/description = .*/, 'description = "a\\u202eb"')],
  ["a description read from right to left", (text) => text.replace(/description = .*/, 'description = "a\u202eb"')],
  ["a lone line break", (text) => text.replace(/description = .*/, 'description = "a\rb"')],
  ["a name with a path", (text) => text.replace(/name = .*/, 'name = "../evil"')],
  ["CRLF line endings", (text) => text.replaceAll("\n", "\r\n")],
  ["no content", () => ""],
  ["only its end", (text) => text.slice(text.indexOf("]\n\n[project.optional"))],
  ["a very long line", (text) => text.replace(/description = .*/, `description = "${"x".repeat(100_000)}"`)],
  ["very many lines", (text) => text.replace("]\n\n[project.opt", `${'  "a",\n'.repeat(100_000)}]\n\n[project.opt`)],
  ["a NUL character", (text) => text.replace("dateutil", "date\0util")],
];

it.each(FORGED)("a file with %s is refused", (_, forge) => {
  const text = forge(GOLDEN);
  expect(text).not.toBe(GOLDEN);
  expect(packagesOf(text, ENGINE)).toBeNull();
});
