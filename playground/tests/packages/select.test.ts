import { afterEach, describe, expect, it, vi } from "vitest";
import { type PackageQuery, type Resolve, selectPackages } from "../../src/packages/select.ts";
import { SimpleIndex } from "../../src/packages/simple-index.ts";
import { type FakeFile, FILES, INDEX, serve } from "./local-index.ts";

const AVAILABLE = [{ name: "numpy", version: "2.0.2" }];
const WHEEL = { filename: "rich-13.0-py3-none-any.whl" };

afterEach(() => vi.unstubAllGlobals());

/** Select packages with a given resolver from an index that serves these files. */
async function select(files: readonly FakeFile[] | null, resolve: Resolve, requirement = "rich") {
  await serve(files === null ? {} : { rich: files });
  return await selectPackages([requirement], {
    index: new SimpleIndex(INDEX),
    resolve,
    available: AVAILABLE,
    fetched: [{ name: "marks", version: "1.0" }],
    onWheel: () => {},
    signal: new AbortController().signal,
  });
}

/** A resolver that finds no file for a requirement. */
function failing(versions = "", by: string | null = null, name = "rich", isOptional = false): Resolve {
  return async (_, ask) => {
    await ask(`${INDEX}/${name}/`);
    return { wheels: [], failed: [{ name, versions, by, isOptional }] };
  };
}

it("the query contains the page's packages, and pins those that were fetched earlier", async () => {
  const queries: PackageQuery[] = [];
  const resolve: Resolve = async (query) => {
    queries.push(query);
    return { wheels: [], failed: [] };
  };
  await select([], resolve, " rich>=13 ");
  expect(queries).toEqual([
    { requirements: ["rich>=13"], constraints: ["marks==1.0"], index: INDEX, locked: AVAILABLE },
  ]);
});

it("the selected wheels are those that the page fetched and verified", async () => {
  const { wheels } = await select([WHEEL], async (_, ask) => {
    await ask(`${INDEX}/rich/`);
    await ask(FILES + WHEEL.filename);
    return { wheels: [FILES + WHEEL.filename], failed: [] };
  });
  expect(wheels.map(({ project, version }) => `${project} ${version}`)).toEqual(["rich 13.0"]);
});

it("a file that the resolver names but did not request is not used", async () => {
  await expect(
    select([WHEEL], async () => ({ wheels: ["https://evil.example/rich.whl"], failed: [] })),
  ).rejects.toThrow("not fetched");
});

describe("a package that is needed only by an extra of one of the page's packages", () => {
  const COMPILED = { name: "rich", versions: ">=1", by: "pandas[pretty]", isOptional: true };
  const REASON = "rich >=1, which pandas[pretty] needs, has no matching version.";

  it("is omitted, and the reason is reported, if another package of the extra is fetched", async () => {
    const { wheels, omitted } = await select([{ ...WHEEL, filename: "rich-0.5-py3-none-any.whl" }], async (_, ask) => {
      await ask(`${INDEX}/rich/`);
      await ask(`${FILES}rich-0.5-py3-none-any.whl`);
      return { wheels: [`${FILES}rich-0.5-py3-none-any.whl`], failed: [COMPILED] };
    });
    expect(wheels).toHaveLength(1);
    expect(omitted).toEqual([REASON]);
  });

  it("is an error if nothing else can be fetched", async () => {
    await expect(
      select([{ ...WHEEL, filename: "rich-0.5-py3-none-any.whl" }], failing(">=1", "pandas[pretty]", "rich", true)),
    ).rejects.toThrow(REASON);
  });
});

describe("the reason for a missing package names", () => {
  it.each<[string, readonly FakeFile[] | null, Resolve, string]>([
    ["an unknown package", null, failing(), "index.example has no package named rich."],
    ["a version", [WHEEL], failing(">=14"), "rich >=14 has no matching version."],
    ["withdrawn files", [{ ...WHEEL, yanked: "bad" }], failing(), "rich was withdrawn by its authors."],
    [
      "Python",
      [{ ...WHEEL, python: ">=3.13" }],
      failing(),
      "rich has no version for Python 3.12, which this page uses.",
    ],
    [
      "a source distribution",
      [{ filename: "rich-13.0.tar.gz" }],
      failing("", "shout"),
      "rich, which shout needs, has no wheel, and a browser cannot build one.",
    ],
    [
      "compiled code",
      [{ filename: "rich-13.0-cp312-cp312-win_amd64.whl" }],
      failing(">=1"),
      "rich >=1 contains compiled code that cannot run in a browser.",
    ],
    ["a missing hash", [{ ...WHEEL, sha256: null }], failing(), "rich has no file that this page can verify."],
    [
      "the page's version",
      [],
      failing(">=99", null, "numpy"),
      "numpy >=99 is not available: this page has numpy 2.0.2.",
    ],
    [
      "the version that was fetched earlier",
      [],
      failing("==1.0,>=2", "shout", "marks"),
      "marks ==1.0,>=2, which shout needs, conflicts with marks 1.0, which is installed. Reload the page to fetch another version.",
    ],
  ])("%s", async (_, files, resolve, message) => {
    await expect(select(files, resolve)).rejects.toThrow(message);
  });
});

describe("the error of a resolution is", () => {
  it("the problem with the request that caused the resolver's error", async () => {
    const damaged = [{ ...WHEEL, sha256: "0".repeat(64) }];
    const resolve: Resolve = async (_, ask) => {
      await ask(`${INDEX}/rich/`);
      if ((await ask(FILES + WHEEL.filename)) === null) throw new Error("TypeError");
      return { wheels: [], failed: [] };
    };
    await expect(select(damaged, resolve)).rejects.toThrow("its SHA-256 does not match.");
  });

  it("otherwise the resolver's message", async () => {
    await expect(select([], () => Promise.reject(new Error("“-” is not a valid requirement.")))).rejects.toThrow(
      "“-” is not a valid requirement.",
    );
  });
});
