// @ts-check
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { extrasIn, extrasInProject } from "../../runtime/extras.mjs";
import { paths } from "../../runtime/paths.mjs";

test("the extras of a wheel are read from the headers of its metadata", () => {
  const metadata = [
    "Metadata-Version: 2.1",
    "Name: tables",
    "Requires-Dist: numpy>=1",
    "Requires-Dist: zones; sys_platform == 'win32'",
    "Provides-Extra: excel",
    'Requires-Dist: openpyxl>=3.1; extra == "excel"',
    "Provides-Extra: all",
    "Requires-Dist: tables[excel]; python_version > '3' and extra == 'all'",
    "",
    "Provides-Extra: described",
  ];
  const expected = {
    names: ["excel", "all"],
    requires: ['openpyxl>=3.1; extra == "excel"', "tables[excel]; python_version > '3' and extra == 'all'"],
  };
  for (const newline of ["\n", "\r\n"]) expect(extrasIn(metadata.join(newline))).toEqual(expected);
  expect(extrasIn("")).toEqual({ names: [], requires: [] });
});

test("the extras of a project are read from its table of optional dependencies", () => {
  const toml = `[project.optional-dependencies]
numpy = ["numpy>=2"]
dask = ["dask[array]>=1; python_version > '3' or os_name == 'nt'"]
`;
  expect(extrasInProject(toml)).toEqual({
    names: ["numpy", "dask"],
    requires: [
      'numpy>=2; extra == "numpy"',
      `dask[array]>=1; (python_version > '3' or os_name == 'nt') and extra == "dask"`,
    ],
  });
});

test("the engine has extras", async () => {
  expect(extrasInProject(await readFile(paths.project, "utf8")).names).toContain("numpy");
});
