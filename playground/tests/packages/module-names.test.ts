import { expect, it } from "vitest";
import { packageOf } from "../../src/packages/module-names.ts";

it.each([
  ["yaml", "PyYAML"],
  ["odf", "odfpy"],
  ["rich", "rich"],
  ["constructor", "constructor"],
])("the module %s is in the package %s", (module, project) => {
  expect(packageOf(module)).toBe(project);
});
