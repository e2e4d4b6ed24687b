import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ExampleNotFound, fetchExample } from "../src/example.ts";
import { BadLink, parseFragment } from "../src/share/codec.ts";

const ASSETS = new URL("https://site.example/some/where/assets/headwater/");
const requested: string[] = [];
let dataStatus = 200;

beforeEach(() => {
  requested.length = 0;
  vi.stubGlobal("fetch", async (url: URL) => {
    requested.push(url.href);
    if (url.pathname.includes("/data/")) return new Response("\uFEFFday,rain\n", { status: dataStatus });
    const example = { files: { "flow.py": "" }, credits: url.pathname.includes("rain") ? { "rain fall.csv": {} } : {} };
    return new Response(JSON.stringify(example), { status: url.pathname.includes("nowhere") ? 404 : 200 });
  });
});
afterEach(() => void vi.unstubAllGlobals());

const OTHER_FILES = [
  "",
  ".",
  "..",
  "../runtime/manifest",
  "..%2Fruntime%2Fmanifest",
  "%2e%2e/runtime/manifest",
  "..\\runtime\\manifest",
  "/runtime/manifest",
  "//evil.example/a",
  "https://evil.example/a",
  "seattle-weather/../../runtime/manifest",
  "seattle-weather?a",
  "seattle-weather#a",
  "seattle-weather\n",
  "\nseattle-weather",
  "seattle-weather\0",
  "seattle weather",
  "Seattle-weather",
  "seattle‐weather",
  "seattle．weather",
  "ſeattle",
  "constructor.name",
  "data:application/json,1",
  "a".repeat(81),
];

it.each(OTHER_FILES)("an invalid example name is refused before anything is fetched: %j", async (name) => {
  const refusal = new ExampleNotFound("The name of an example may contain only lowercase letters, digits and hyphens.");
  await expect(fetchExample(ASSETS, name)).rejects.toEqual(refusal);
  expect(requested).toEqual([]);
});

it.each(OTHER_FILES)("a link cannot contain an invalid name either: %j", (name) => {
  expect(() => parseFragment(`#v1.${name}.1x2y3z.AAAA`)).toThrow(BadLink);
});

it.each(["seattle-weather", "first-dataflow-1-function", "inline-0123456789ab", "constructor", "a".repeat(80)])(
  "an example is fetched from the examples folder: %s",
  async (name) => {
    await fetchExample(ASSETS, name);
    expect(requested).toEqual([`https://site.example/some/where/assets/headwater/examples/${name}.json`]);
  },
);

it("each data file of the examples is fetched once, and again after a failure", async () => {
  dataStatus = 503;
  await expect(fetchExample(ASSETS, "rain")).rejects.toThrow(
    "Could not fetch the data file “rain fall.csv” (HTTP 503).",
  );
  dataStatus = 200;
  const examples = await Promise.all([fetchExample(ASSETS, "rain"), fetchExample(ASSETS, "more-rain")]);
  await fetchExample(ASSETS, "rain");
  for (const { files } of examples) expect(files).toEqual({ "flow.py": "", "rain fall.csv": "\uFEFFday,rain\n" });
  const data = requested.filter((url) => url.includes("/data/"));
  expect(data).toEqual(Array(2).fill("https://site.example/some/where/assets/headwater/data/rain%20fall.csv"));
});

it("a missing example is named in the error", async () => {
  await expect(fetchExample(ASSETS, "nowhere")).rejects.toThrow("This site has no example “nowhere”.");
});
