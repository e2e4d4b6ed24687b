import { afterEach, describe, expect, it, vi } from "vitest";
import { fetchWheels } from "../../src/packages/fetch-wheels.ts";

const INDEX = "https://index.example/pypi";

interface Told {
  files?: string[];
  needs?: string[];
  python?: string;
  yanked?: boolean;
  size?: number;
  /** In the place of the hash that the bytes have. */
  sha256?: string;
}

/** An index of some packages: what it tells of each version; every file holds its own name. */
async function serve(packages: Record<string, Record<string, Told>>): Promise<string[]> {
  const asked: string[] = [];
  const answers = new Map<string, unknown>();
  for (const [name, versions] of Object.entries(packages)) {
    const releases: Record<string, unknown[]> = {};
    for (const [version, told] of Object.entries(versions)) {
      releases[version] = await Promise.all(
        (told.files ?? [`${name}-${version}-py3-none-any.whl`]).map((file) => entry(file, told)),
      );
      answers.set(`${INDEX}/${name}/${version}/json`, { info: { version, requires_dist: told.needs ?? null } });
    }
    const [newest = "", told] = Object.entries(versions).at(-1) ?? [];
    answers.set(`${INDEX}/${name}/json`, { info: { version: newest, requires_dist: told?.needs ?? null }, releases });
  }
  vi.stubGlobal("fetch", async (address: URL) => {
    asked.push(address.href);
    if (address.pathname.endsWith("json")) {
      const answer = answers.get(address.href);
      return answer === undefined ? new Response("", { status: 404 }) : Response.json(answer);
    }
    return new Response(address.pathname.split("/").at(-1));
  });
  return asked;
}

async function entry(filename: string, { python, yanked, size = 1000, sha256 }: Told): Promise<unknown> {
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

  it("comes in its newest version with all that it needs and Python does not have", async () => {
    const asked = await serve({
      rich: { "9.0": {}, "10.0": { needs: ["Pygments>=2", "numpy>=1", "colorama; sys_platform == 'win32'"] } },
      pygments: { "1.9": {}, "2.1": {}, "2.2rc1": {} },
    });
    expect(await fetched("Rich", ["numpy"])).toEqual(["rich 10.0", "pygments 2.1"]);
    expect(asked.filter((address) => address.endsWith(".whl"))).toHaveLength(2);
  });

  it("comes in an older version where the newer ones will not do, with what that one needs", async () => {
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

  it("may be asked for as pip is: with extras, however they are spelt, and with versions", async () => {
    // As rich, pint and their like describe themselves.
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
  ])("of which the index has %s alone can be had: %s", async (file, can) => {
    await serve({ a: { "1": { files: [file] } } });
    const outcome = await fetched("a").catch(() => []);
    expect(outcome).toEqual(can ? ["a 1"] : []);
  });

  it("comes in an older version where the newest is compiled, unless that one is needed", async () => {
    await serve({
      prettytable: { "3.18.0": { needs: ["wcwidth>=0.3.5"] } },
      wcwidth: { "0.3.5": {}, "0.9.4": { files: ["wcwidth-0.9.4-cp310-abi3-manylinux_2_17_x86_64.whl"] } },
      pydantic: { "2.14.3": { needs: ["pydantic-core==0.9.4"] } },
      "pydantic-core": { "0.9.4": { files: ["pydantic_core-0.9.4-cp312-cp312-manylinux_2_17_x86_64.whl"] } },
    });
    expect(await fetched("prettytable")).toEqual(["prettytable 3.18.0", "wcwidth 0.3.5"]);
    await expect(fetched("pydantic")).rejects.toThrow(
      "pydantic-core ==0.9.4, which pydantic needs, holds compiled code",
    );
  });

  it.each([
    ["rich==99", "rich ==99 has no version that would do."],
    ["rich; sys_platform == 'win32'", "rich; sys_platform == 'win32' is not for the Python of this page."],
    ["rich=1=2", "This needs rich =1=2, which says no versions."],
    ["import rich!", "import rich! names no package. It would look like rich, rich[jupyter] or rich>=13,<14."],
    ["NumPy", "numpy is here already."],
  ])("cannot be had by asking for %s", async (text, reason) => {
    await serve({ rich: { "15.0.0": {} } });
    await expect(fetched(text, ["numpy"])).rejects.toThrow(reason);
  });

  it("comes as what is no release where there is nothing else", async () => {
    await serve({ a: { "1a1": {}, "1b2": {} } });
    expect(await fetched("a")).toEqual(["a 1b2"]);
  });

  it("may be needed with extras, and by packages that need one another", async () => {
    await serve({
      a: { "1": { needs: ["b[fast]"] } },
      b: { "1": { needs: ["a", "c; extra == 'fast'", "d; extra == 'slow'"] } },
      c: { "1": {} },
    });
    expect(await fetched("a")).toEqual(["a 1", "b 1", "c 1"]);
  });

  it.each([
    ["an unknown name", {}, "index.example knows no package called a."],
    [
      "compiled code",
      { a: { "1": { files: ["a-1-cp312-cp312-manylinux_2_17_x86_64.whl", "a-1.tar.gz"] } } },
      "a holds compiled code",
    ],
    ["no wheel", { a: { "1": { files: ["a-1.tar.gz"] } } }, "a has no wheel: it would have to be built"],
    ["another Python", { a: { "1": { python: "<3.12" } } }, "a has no version for Python 3.12, which this page has."],
    [
      "a need that has none",
      { a: { "1": { needs: ["b>2"] } }, b: { "2": {} } },
      "b >2, which a needs, has no version that would do.",
    ],
    [
      "needs that do not agree",
      { a: { "1": { needs: ["b", "c"] } }, b: { "1": {}, "2": {} }, c: { "1": { needs: ["b<2"] } } },
      "c needs b <2, and 2 was chosen for another package.",
    ],
    ["a size", { a: { "1": { size: 70_000_000 } } }, "a and what it needs are 70 MB, where 60 may be."],
    ["another file", { a: { "1": { sha256: "0".repeat(64) } } }, "a-1-py3-none-any.whl is damaged"],
    [
      "words that are none",
      { a: { "1": { needs: ["b; moon == 'full'"] } } },
      "a 1 says what it needs in a way that is none",
    ],
  ] as [string, Parameters<typeof serve>[0], string][])("cannot be had for %s", async (_, packages, reason) => {
    await serve(packages);
    await expect(fetched("a")).rejects.toThrow(reason);
  });

  it("cannot be had from what is no index", async () => {
    await expect(fetchWheels("no address", "a", [])).rejects.toThrow("which is no address");
    vi.stubGlobal("fetch", async () => Response.json({ info: {} }));
    await expect(fetched("a")).rejects.toThrow("What index.example says of a cannot be read.");
    vi.stubGlobal("fetch", async () => new Response("", { status: 500 }));
    await expect(fetched("a")).rejects.toThrow("index.example did not give a (HTTP 500).");
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
    await expect(fetched("a")).rejects.toThrow("index.example could not be reached for a.");
  });
});
