import { expect, test } from "vitest";
import { importedModules, modulesImportedBy } from "../../src/runtime/imported-modules.ts";

test.each([
  ["import sklearn", ["sklearn"]],
  ["import sklearn.linear_model as lm, os.path", ["sklearn", "os"]],
  ["from sklearn.linear_model import (\n    LinearRegression,\n)", ["sklearn"]],
  ["def model():\n    import scipy  # slow", ["scipy"]],
  ["try:\n\tfrom scipy import stats\nexcept ImportError:\n\tpass", ["scipy"]],
  ["import a; import b", ["a"]],
  ["from . import other\nfrom .other import name", []],
  ["# import scipy\nimportant = 1\nfrom_scipy = 2", []],
  ["import größe\r\nimport sqlite3\r\n", ["größe", "sqlite3"]],
  ["import (", []],
  ['pd.Series([1], dtype="int64[pyarrow]")', ["pyarrow"]],
  ["pd.read_csv(file, dtype_backend='pyarrow')", ["pyarrow"]],
  ["# pyarrow would be faster", []],
])("the modules that %j imports are found", (source, modules) => {
  expect([...importedModules(source)]).toEqual(modules);
});

test("the dataflow's own modules are not loaded from packs, and data files import nothing", () => {
  const files = { "flow.py": "import packaging, scipy", "packaging.py": "", "notes.txt": "import pyarrow" };
  expect([...modulesImportedBy(files)]).toEqual(["scipy"]);
});
