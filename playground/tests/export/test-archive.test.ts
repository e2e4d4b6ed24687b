import { describe, expect, it } from "vitest";
import { ExportError, MAX_CHARACTERS, MAX_FILES } from "../../src/export/project.ts";
import { nodeTestOf } from "../../src/export/test-archive.ts";
import type { Files } from "../../src/protocol.ts";

const OPEN = { "flow.py": "def total(): ...\n", "prices.csv": "a,b\n", "größe.py": "" };
const HONEST: Files = {
  "test_total.py": "def test_total(): ...\n",
  "flow.py": "def total(): ...\n",
  "prices.csv": "a,b\n",
  "test_total_data/total.csv": "1\n",
  "test_total_data/Price_2.csv": "2\n",
  "test_total_data/values.json": "{}\n",
};

function refusal(answered: Files, open: Files = OPEN, node = "total"): string {
  try {
    nodeTestOf({ files: answered }, node, open);
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

describe("Python's answer becomes a test", () => {
  it("without an archive, under a name that the page chooses, if it is a single file", () => {
    expect(nodeTestOf({ files: { "../evil.sh": "text" } }, "rain (mm)", OPEN)).toEqual({
      name: "test_rain_mm.py",
      text: "text",
      archive: null,
    });
  });

  it("in an archive with its modules and data", () => {
    expect(nodeTestOf({ files: HONEST }, "total", OPEN)).toEqual({
      name: "test_total.py",
      text: "def test_total(): ...\n",
      archive: { name: "test_total", files: HONEST },
    });
  });

  it("with the texts on the page, whatever Python returns for them", () => {
    const { archive } = nodeTestOf({ files: { ...HONEST, "flow.py": "evil" } }, "total", OPEN);
    expect(archive?.files["flow.py"]).toBe(OPEN["flow.py"]);
  });
});

const FORGED = [
  "",
  "..",
  "../evil.py",
  "/flow.py",
  "./flow.py",
  "flow.py/",
  "FLOW.py",
  "unknown.py",
  "conftest.py",
  "test_other.py",
  "test_total.py.bat",
  "test_total_data",
  "test_total_data/",
  "test_total_data/../evil.csv",
  "test_total_data/../../evil.csv",
  "test_total_data\\evil.csv",
  "test_total_data/sub/evil.csv",
  "test_total_data/evil.py",
  "test_total_data/conftest.py",
  "test_total_data/evil.csv.py",
  "test_total_data/evil.CSV",
  "test_total_data/.csv",
  "test_total_data/con.csv",
  "test_total_data/LPT1.json",
  "test_total_data/größe.csv",
  "test_total_data/vsc\u202e.csv",
  "test_total_data/a\0.csv",
  "test_total_data/evil.csv\n",
  `test_total_data/${"a".repeat(81)}.csv`,
  "test_other_data/total.csv",
  "tests/values/total.csv",
  "__proto__",
  "constructor",
];

describe("a forged answer is refused", () => {
  it.each(FORGED)("with the file %j", (path) => {
    expect(refusal(withFile(path))).toMatch(/^Python returned an unexpected file, “.*”\. Nothing was saved\.$/);
  });

  it("without the test", () => {
    const { "test_total.py": _, ...others } = HONEST;
    expect(refusal(others)).toBe("Python did not return the test. Nothing was saved.");
  });

  it("with too many files", () => {
    const many = Object.fromEntries(Array.from({ length: MAX_FILES }, (_, at) => [`test_total_data/a${at}.csv`, ""]));
    expect(refusal({ ...HONEST, ...many })).toBe(`The test has more than ${MAX_FILES} files.`);
  });

  it("that is too large", () => {
    const large = { ...HONEST, "test_total_data/large.csv": "a".repeat(MAX_CHARACTERS) };
    expect(refusal(large)).toBe("The test is too large to save.");
  });

  it("with two files that have the same name on some systems", () => {
    expect(refusal({ ...HONEST, "test_total_data/TOTAL.csv": "" })).toBe(
      "Two files in the test have the same name on some systems. Rename one of them.",
    );
  });
});

describe("a file in the dataflow is refused", () => {
  it.each(["conftest.py", "setup.cfg", "pytest.py", "con.csv"])("if it has the special name %j", (name) => {
    expect(refusal({ ...HONEST, [name]: "" }, { ...OPEN, [name]: "" })).toBe(
      `“${name}” is not a safe file name. Rename the file.`,
    );
  });

  it("if it has the same name as the test", () => {
    expect(refusal(HONEST, { ...OPEN, "test_total.py": "" })).toBe(
      "Your file “test_total.py” has the same name as the test. Rename your file.",
    );
  });
});
