import { expect, it } from "vitest";
import { parseOptions, sourceOfOption } from "../../src/embed/options.ts";

function read(values: Record<string, string>) {
  return parseOptions((name) => values[name] ?? null);
}

const USUAL = { code: null, view: "split", mode: "edit", run: null, select: null, height: null, theme: "auto" };

it("an element without options shows everything and can be edited", () => {
  expect(read({})).toEqual({ options: USUAL, problems: [] });
});

it("applies valid options", () => {
  const values = { code: "x", view: "graph", mode: "read", run: "0", select: "total", height: "300", theme: "dark" };
  expect(read(values)).toEqual({ options: { ...values, run: false, height: 300 }, problems: [] });
  expect(read({ run: "1" }).options.run).toBe(true);
});

it.each([
  ["view", "bars", 'view="bars" is not valid. Use split, code, graph or output.'],
  ["mode", "", 'mode="" is not valid. Use edit or read.'],
  ["theme", "Dark", 'theme="Dark" is not valid. Use auto, light or dark.'],
  ["run", "yes", 'run="yes" is not valid. Use 0 or 1.'],
  ["height", "300px", 'height="300px" is not valid. Use a number of pixels from 160 to 4000.'],
  ["height", "20", 'height="20" is not valid. Use a number of pixels from 160 to 4000.'],
])("reports an invalid value and uses the default: %s", (name, value, fault) => {
  expect(read({ [name]: value })).toEqual({ options: USUAL, problems: [fault] });
});

function element(attributes: Record<string, string>): Pick<Element, "getAttribute"> {
  return { getAttribute: (name) => attributes[name] ?? null };
}

it.each([
  ["an attribute", "", { code: "own" }, { value: "own", isFromUrl: false }],
  ["the URL", "code=strange", {}, { value: "strange", isFromUrl: true }],
  ["the URL in addition to an attribute", "code=strange", { code: "own" }, { value: "strange", isFromUrl: true }],
  ["the URL with the same text", "code=own", { code: "own" }, { value: "own", isFromUrl: true }],
  ["the URL, with an empty value", "code=", { code: "own" }, { value: "", isFromUrl: true }],
  ["the URL twice", "code=strange&code=other", { code: "own" }, { value: "strange", isFromUrl: true }],
  ["an attribute in addition to another option", "Code=strange", { code: "own" }, { value: "own", isFromUrl: false }],
  ["neither", "", {}, { value: null, isFromUrl: false }],
])("code counts as the page's own only if it comes from an attribute: %s", (_, query, attributes, expected) => {
  expect(sourceOfOption("code", new URLSearchParams(query), element(attributes))).toEqual(expected);
});

it("options in the URL are ignored if the page does not accept them", () => {
  expect(sourceOfOption("code", null, element({ code: "own" }))).toEqual({ value: "own", isFromUrl: false });
});
