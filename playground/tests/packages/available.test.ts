import { expect, it } from "vitest";
import { isMet } from "../../src/packages/available.ts";

const AVAILABLE = [
  { name: "pandas", version: "3.1.1" },
  { name: "python-dateutil", version: "4.0.0" },
];

it.each([
  ["pandas", true],
  [" Pandas ", true],
  ["python_dateutil>=2", true],
  ["pandas>=3,<4", true],
  ["pandas<3", false],
  ["pandas>=nothing", false],
  ["pandas[excel]", false],
  ["pandas; python_version < '3'", false],
  ["pandas @ https://files.example/pandas.whl", false],
  ["rich", false],
])("whether %j is met without running the resolver: %j", (requirement, expected) => {
  expect(isMet(requirement, AVAILABLE)).toBe(expected);
});
