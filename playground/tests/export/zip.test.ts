import { strFromU8, unzipSync } from "fflate";
import { expect, it } from "vitest";
import { zipFiles } from "../../src/export/zip.ts";

it("puts all files into one folder, unchanged", async () => {
  const archive = await zipFiles("shop", {
    "run.py": "print('é')\n",
    "tests/values/a.csv": "",
    "notes.txt": "x".repeat(100_000),
  });
  const found = Object.fromEntries(Object.entries(unzipSync(archive)).map(([path, bytes]) => [path, strFromU8(bytes)]));
  expect(found).toEqual({
    "shop/run.py": "print('é')\n",
    "shop/tests/values/a.csv": "",
    "shop/notes.txt": "x".repeat(100_000),
  });
});
