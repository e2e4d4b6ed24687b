import { afterEach, describe, expect, it, vi } from "vitest";
import { fetchWheels } from "../../src/packages/fetch-wheels.ts";

const INDEX = "https://index.example/pypi";

interface Version {
  files?: string[];
  needs?: string[];
  python?: string;
  yanked?: boolean;
  size?: number;
  /** Used instead of the hash of the bytes. */
  sha256?: string;
}

/** Fake an index with some packages; each file contains its name. Return the URLs of the requests. */
async function serve(packages: Record<string, Record<string, Version>>): Promise<string[]> {
  const requests: string[] = [];
  const answers = new Map<string, unknown>();
  for (const [name, versions] of Object.entries(packages)) {
    const releases: Record<string, unknown[]> = {};
    for (const [number, version] of Object.entries(versions)) {
      releases[number] = await Promise.all(
        (version.files ?? [`${name}-${number}-py3-none-any.whl`]).map((file) => entry(file, version)),
      );
      const info = { version: number, requires_dist: version.needs ?? null };
      answers.set(`${INDEX}/${name}/${number}/json`, { info });
    }
    const [newest = "", version] = Object.entries(versions).at(-1) ?? [];
    answers.set(`${INDEX}/${name}/json`, {
      info: { version: newest, requires_dist: version?.needs ?? null },
      releases,
    });
  }
  vi.stubGlobal("fetch", async (url: URL) => {
    requests.push(url.href);
    if (url.pathname.endsWith("json")) {
      const answer = answers.get(url.href);
      return answer === undefined ? new Response("", { status: 404 }) : Response.json(answer);
    }
    return new Response(url.pathname.split("/").at(-1));
  });
  return requests;
}

async function entry(filename: string, { python, yanked, size = 1000, sha256 }: Version): Promise<unknown> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(filename)));
  const hash = sha256 ?? [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const packagetype = filename.endsWith(".whl") ? "bdist_wheel" : "sdist";
  const url = `https://files.example/${filename}`;
  return {
    filename,
    packagetype,
    url,
    digests: { sha256: hash },
    size,
    requires_python: python ?? null,
    yanked: yanked ?? false,
  };
}

async function fetched(project: string, present: string[] = []): Promise<string[]> {
  return (await fetchWheels(INDEX, project, present)).map(({ project: name, version }) => `${name} ${version}`);
}

describe("a package", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("is fetched in its newest version with missing dependencies", async () => {
    const requests = await serve({
      rich: { "9.0": {}, "10.0": { needs: ["Pygments>=2", "numpy>=1", "colorama; sys_platform == 'win32'"] } },
      pygments: { "1.9": {}, "2.1": {}, "2.2rc1": {} },
    });
    expect(await fetched("Rich", ["numpy"])).toEqual(["rich 10.0", "pygments 2.1"]);
    expect(requests.filter((url) => url.endsWith(".whl"))).toHaveLength(2);
  });

  it("is fetched in an older version if newer ones do not match, with that version's dependencies", async () => {
    await serve({
      a: {
        "1": { needs: ["b"] },
        "2": { python: ">=3.13" },
        "3": { yanked: true },
        "4": { files: ["a-4-cp312-cp312-manylinux.whl"] },
      },
      b: { "1": {} },
    });
    expect(await fetched("a")).toEqual(["a 1", "b 1"]);
  });

  it("may be requested with extras, in any spelling, and versions", async () => {
    // Requirements in the styles of rich, pint and similar packages.
    await serve({
      rich: {
        "13.9.4": { needs: ['ipywidgets<9,>=7.5.1; extra == "jupyter"', "markdown-it-py>=2.2.0"] },
        "15.0.0": { needs: ['ipywidgets (>=7.5.1,<9) ; extra == "jupyter"', "markdown-it-py (>=2.2.0)"] },
      },
      "markdown-it-py": { "4.3.0": { needs: ["mdurl~=0.1", 'linkify-it-py>=1,<3; extra == "linkify"'] } },
      mdurl: { "0.1.2": {} },
      ipywidgets: { "8.1.7": {} },
      tools: { "1": { needs: ["ipywidgets; extra == 'all-of-it'", "mdurl; extra == 'All_Else'"] } },
    });
    expect(await fetched("rich")).toEqual(["rich 15.0.0", "markdown-it-py 4.3.0", "mdurl 0.1.2"]);
    expect(await fetched(" Rich[jupyter] <14 ")).toEqual([
      "rich 13.9.4",
      "ipywidgets 8.1.7",
      "markdown-it-py 4.3.0",
      "mdurl 0.1.2",
    ]);
    expect(await fetched("tools[All.of_it]")).toEqual(["tools 1", "ipywidgets 8.1.7"]);
    expect(await fetched("tools[all-else]")).toEqual(["tools 1", "mdurl 0.1.2"]);
  });

  it.each([
    ["a-1-py2.py3-none-any.whl", true],
    ["a-1-py38-none-any.whl", true],
    ["a-1-py312-none-any.whl", true],
    ["a-1-py313-none-any.whl", false],
    ["a-1-py2-none-any.whl", false],
    ["a-1-py3-none-manylinux_2_17_x86_64.whl", false],
    ["a-1-cp310-abi3-manylinux_2_17_x86_64.whl", false],
  ])("with only the file %s can be fetched: %s", async (file, can) => {
    await serve({ a: { "1": { files: [file] } } });
    const outcome = await fetched("a").catch(() => []);
    expect(outcome).toEqual(can ? ["a 1"] : []);
  });

  it("is fetched in an older version if the newest is compiled, unless that one is required", async () => {
    await serve({
      prettytable: { "3.18.0": { needs: ["wcwidth>=0.3.5"] } },
      wcwidth: { "0.3.5": {}, "0.9.4": { files: ["wcwidth-0.9.4-cp310-abi3-manylinux_2_17_x86_64.whl"] } },
      pydantic: { "2.14.3": { needs: ["pydantic-core==0.9.4"] } },
      "pydantic-core": { "0.9.4": { files: ["pydantic_core-0.9.4-cp312-cp312-manylinux_2_17_x86_64.whl"] } },
    });
    expect(await fetched("prettytable")).toEqual(["prettytable 3.18.0", "wcwidth 0.3.5"]);
    await expect(fetched("pydantic")).rejects.toThrow(
      "pydantic-core ==0.9.4, which pydantic needs, contains compiled code",
    );
  });

  it.each([
    ["rich==99", "rich ==99 has no matching version."],
    ["rich; sys_platform == 'win32'", "rich; sys_platform == 'win32' does not apply to this page's Python."],
    ["rich=1=2", "This needs rich =1=2, which is not a valid version specifier."],
    ["import rich!", "import rich! is not a valid requirement. Examples: rich, rich[jupyter], rich>=13,<14."],
    ["NumPy", "numpy is already installed."],
  ])("is refused as %s", async (text, reason) => {
    await serve({ rich: { "15.0.0": {} } });
    await expect(fetched(text, ["numpy"])).rejects.toThrow(reason);
  });

  it("is fetched as a prerelease if there is no release", async () => {
    await serve({ a: { "1a1": {}, "1b2": {} } });
    expect(await fetched("a")).toEqual(["a 1b2"]);
  });

  it("may have requirements with extras and in cycles", async () => {
    await serve({
      a: { "1": { needs: ["b[fast]"] } },
      b: { "1": { needs: ["a", "c; extra == 'fast'", "d; extra == 'slow'"] } },
      c: { "1": {} },
    });
    expect(await fetched("a")).toEqual(["a 1", "b 1", "c 1"]);
  });

  it.each([
    ["an unknown name", {}, "index.example has no package named a."],
    [
      "compiled code",
      { a: { "1": { files: ["a-1-cp312-cp312-manylinux_2_17_x86_64.whl", "a-1.tar.gz"] } } },
      "a contains compiled code that cannot run in a browser.",
    ],
    ["no wheel", { a: { "1": { files: ["a-1.tar.gz"] } } }, "a has no wheel, and a browser cannot build one."],
    ["another Python", { a: { "1": { python: "<3.12" } } }, "a has no version for Python 3.12, which this page uses."],
    [
      "a requirement without a matching version",
      { a: { "1": { needs: ["b>2"] } }, b: { "2": {} } },
      "b >2, which a needs, has no matching version.",
    ],
    [
      "conflicting requirements",
      { a: { "1": { needs: ["b", "c"] } }, b: { "1": {}, "2": {} }, c: { "1": { needs: ["b<2"] } } },
      "c needs b <2, but 2 was selected for another package.",
    ],
    ["its size", { a: { "1": { size: 70_000_000 } } }, "a and its dependencies take up 70 MB. The limit is 60 MB."],
    ["another file", { a: { "1": { sha256: "0".repeat(64) } } }, "a-1-py3-none-any.whl is damaged"],
    ["an invalid requirement", { a: { "1": { needs: ["b; moon == 'full'"] } } }, "a 1 has an invalid requirement"],
  ] as [string, Parameters<typeof serve>[0], string][])("is refused for %s", async (_, packages, reason) => {
    await serve(packages);
    await expect(fetched("a")).rejects.toThrow(reason);
  });

  it("is refused if the index is invalid", async () => {
    await expect(fetchWheels("no URL", "a", [])).rejects.toThrow(
      `This page's package index is not a valid URL: "no URL".`,
    );
    vi.stubGlobal("fetch", async () => Response.json({ info: {} }));
    await expect(fetched("a")).rejects.toThrow("index.example returned an invalid response for a.");
    vi.stubGlobal("fetch", async () => new Response("", { status: 500 }));
    await expect(fetched("a")).rejects.toThrow("index.example did not return a (HTTP 500).");
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
    await expect(fetched("a")).rejects.toThrow("Could not reach index.example to fetch a.");
  });
});
