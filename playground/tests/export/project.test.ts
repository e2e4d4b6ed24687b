import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ExportError, MAX_CHARACTERS, MAX_FILES, projectOf } from "../../src/export/project.ts";
import type { Files } from "../../src/protocol.ts";

const ENGINE = "headwater @ https://site.example/assets/headwater/headwater-0.1.0-py3-none-any.whl";
const OPEN = { "flow.py": "def one(): ...\n", "data.csv": "a,b\n", "größe.py": "", "README.md": "Mine." };
const HONEST: Files = {
  "README.md": "# Shop\n",
  "pyproject.toml": readFileSync(new URL("golden/pyproject.toml", import.meta.url), "utf-8"),
  "run.py": "print()\n",
  "dataflow/flow.py": "def one(): ...\n",
  "dataflow/data.csv": "a,b\n",
  "dataflow/größe.py": "",
  "dataflow/README.md": "Mine.",
  "tests/test_values.py": "\n",
  "tests/values/rain.csv": "1\n",
  "tests/values/Rain_2.csv": "2\n",
  "tests/values/values.json": "{}\n",
};

function saved(answer: Files, open: Files = OPEN) {
  return projectOf({ files: answer }, { title: "Shop", files: open, engine: ENGINE });
}

function refusal(answer: Files, open: Files = OPEN): string {
  try {
    saved(answer, open);
  } catch (error) {
    if (error instanceof ExportError) return error.message;
    throw error;
  }
  return "none";
}

/** Return the honest files and one at `path`. An object literal would be unsafe: `__proto__` sets the prototype there. */
function withFile(path: string): Files {
  return Object.fromEntries([...Object.entries(HONEST), [path, "evil"]]);
}

describe("Python's answer becomes a project", () => {
  it("with every file of an honest answer", () => {
    expect(saved(HONEST)).toEqual({ name: "shop", files: HONEST, packages: ["numpy", "python-dateutil"] });
  });

  it("with the texts on the page, whatever Python returns for them", () => {
    expect(saved({ ...HONEST, "dataflow/flow.py": "evil" }).files["dataflow/flow.py"]).toBe("def one(): ...\n");
  });

  it("with a program renamed to avoid the name of a module", () => {
    const { "run.py": text = "", ...others } = HONEST;
    expect(saved({ ...others, "run_dataflow.py": text }).files).toHaveProperty(["run_dataflow.py"]);
  });
});

const FORGED = [
  "",
  ".",
  "..",
  "/",
  "\\",
  "../evil.py",
  "../../.bashrc",
  "dataflow/../../evil.py",
  "dataflow/../setup.py",
  "dataflow/../dataflow/flow.py",
  "dataflow/./flow.py",
  "dataflow//flow.py",
  "/dataflow/flow.py",
  "./dataflow/flow.py",
  "dataflow\\flow.py",
  "dataflow/..\\..\\evil.py",
  "dataflow/sub/flow.py",
  "dataflow/",
  "dataflow",
  "dataflow/unknown.py",
  "dataflow/flow.py/",
  "dataflow/flow.py\0.csv",
  "dataflow/flow.py ",
  "dataflow/flow.py.",
  "dataflow/FLOW.py",
  "Dataflow/flow.py",
  "dataflow /flow.py",
  "dаtaflow/flow.py",
  "dataflow∕flow.py",
  "dataflow／flow.py",
  "dataflow/gro\u0308ße.py",
  "dataflow/constructor",
  "dataflow/toString",
  "dataflow/__proto__",
  "__proto__",
  "constructor",
  "/etc/passwd",
  "\\\\server\\share\\evil",
  "C:evil.py",
  "C:\\Windows\\evil.py",
  "c:/evil.py",
  "file:///etc/passwd",
  ".git/hooks/post-checkout",
  ".git/config",
  ".gitattributes",
  ".vscode/tasks.json",
  ".github/workflows/a.yml",
  ".envrc",
  "Makefile",
  "setup.py",
  "setup.cfg",
  "conftest.py",
  "tests/conftest.py",
  "tests/__init__.py",
  "tests/test_other.py",
  "tests/test_values.py/evil",
  "pytest.ini",
  "tox.ini",
  "noxfile.py",
  "sitecustomize.py",
  "evil.pth",
  "pytest.py",
  "pip.bat",
  "python.exe",
  "README.MD",
  "readme.md",
  "README.md ",
  "README.md\n",
  "RＥADME.md",
  "Pyproject.toml",
  "run.py\u202e",
  "RUN.py",
  "run_other.py",
  "run_dataflow.py",
  "run_dataflow1234.py",
  "run.pyc",
  "tests/values/../evil.csv",
  "tests/values/..csv",
  "tests/values/.csv",
  "tests/values/a.py",
  "tests/values/a.csv.exe",
  "tests/values/a.json.py",
  "tests/values/a.csv\n",
  "tests/values/a\0.csv",
  "tests/values/sub/a.csv",
  "tests/values\\a.csv",
  "tests/values/größe.csv",
  "tests/values/rain\u202evsc.csv",
  "tests/values/con.csv",
  "tests/values/NUL.csv",
  "tests/values/com1.csv",
  "tests/values/RAIN.csv",
  "tests/values/rain_2.csv",
  `tests/values/${"x".repeat(81)}.csv`,
  "x".repeat(100_000),
  "\ud800.py",
];

it.each(FORGED)("an answer with the file %j is refused as a whole", (path) => {
  expect(refusal(withFile(path))).not.toBe("none");
});

it("the refusal escapes invisible characters in the name", () => {
  expect(refusal(withFile("../evil\u202e\0é.py"))).toBe(
    "Python returned an unexpected file, “../evil\\u{202e}\\u{0}\\u{e9}.py”. Nothing was saved.",
  );
  expect(refusal(withFile(`${"x".repeat(81)}`))).toContain(`“${"x".repeat(80)}…”`);
});

it.each(["setup.py", "pytest.py", "con.csv", "conftest.py", "evil.pth", "data.csv.", "ﬁle.py"])(
  "an open file is not exported under an unsafe name: %s",
  (name) => {
    const text = "evil";
    expect(refusal({ ...HONEST, [`dataflow/${name}`]: text }, { ...OPEN, [name]: text })).toMatch(
      /^“.*” is not a safe file name\. Rename the file\.$/,
    );
  },
);

it("two files with the same name on some systems are refused", () => {
  const open = { ...OPEN, "Data.csv": "" };
  expect(refusal({ ...HONEST, "dataflow/Data.csv": "" }, open)).toBe(
    "Two files in the project have the same name on some systems. Rename one of them.",
  );
});

it.each(["README.md", "pyproject.toml", "run.py", "tests/test_values.py"])(
  "an answer without %s is refused",
  (path) => {
    const { [path]: _, ...others } = HONEST;
    expect(refusal(others)).toBe("Python returned an incomplete project. Nothing was saved.");
  },
);

it("an answer whose pyproject.toml is forged is refused", () => {
  const text = `${HONEST["pyproject.toml"]}addopts = "-p evil"\n`;
  expect(refusal({ ...HONEST, "pyproject.toml": text })).toBe(
    "Python returned an invalid pyproject.toml. Nothing was saved.",
  );
});

it("an answer with too many files is refused before any of them is read", () => {
  const many = Object.fromEntries(Array.from({ length: MAX_FILES }, (_, at) => [`tests/values/a${at}.csv`, ""]));
  expect(refusal({ ...HONEST, ...many })).toBe("The project has more than 2000 files.");
});

it("an answer that is too large is refused", () => {
  const half = "x".repeat(MAX_CHARACTERS / 2);
  expect(refusal({ ...HONEST, "run.py": half, "README.md": half })).toBe("The project is too large to save.");
});
