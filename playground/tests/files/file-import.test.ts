import { describe, expect, it } from "vitest";
import { importFiles, MAX_BYTES } from "../../src/files/file-import.ts";

describe("files from the disk", () => {
  it("are added as text after the existing ones", async () => {
    const result = await importFiles({ "flow.py": "x" }, [new File(["a,b\r\n1,2\r\n"], "data.csv")]);
    expect(result).toEqual({
      files: { "flow.py": "x", "data.csv": "a,b\n1,2\n" },
      addedNames: ["data.csv"],
      refusals: [],
      detected: {},
    });
  });

  it("are refused individually, each with a reason, and existing files are not overwritten", async () => {
    const files = [
      new File([new Uint8Array([0x89, 0x50, 0xff])], "photo.png"),
      new File(["a\0b"], "binary.txt"),
      new File(["new"], "flow.py"),
      new File(["x".repeat(MAX_BYTES)], "large.csv"),
      new File(["fine"], "fine.txt"),
    ];
    const result = await importFiles({ "flow.py": "old" }, files);
    expect(result.files).toEqual({ "flow.py": "old", "fine.txt": "fine" });
    expect(result.addedNames).toEqual(["fine.txt"]);
    expect(result.refusals).toEqual([
      "photo.png was not added: it is not a text file.",
      "binary.txt was not added: it is not a text file.",
      "flow.py was not added. A file named flow.py already exists.",
      "large.csv was not added. The files in a dataflow can take up at most 2 MB.",
    ]);
  });

  it("are limited to forty", async () => {
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`${at}.csv`, ""]));
    expect((await importFiles(files, [new File([""], "more.csv")])).refusals).toEqual([
      "more.csv was not added. A dataflow can have at most 40 files.",
    ]);
  });

  it("are added under the composed form of their names", async () => {
    const { files } = await importFiles({}, [new File(["a"], "gro\u0308\u00dfe (1).csv")]);
    expect(Object.keys(files)).toEqual(["gr\u00f6\u00dfe (1).csv"]);
  });

  it("that are not in UTF-8 keep their bytes", async () => {
    const latin = Uint8Array.from([0x4d, 0xfc, 0x6e, 0x63, 0x68, 0x65, 0x6e]);
    const { files, detected } = await importFiles({}, [new File([latin], "a.csv"), new File(["München"], "b.csv")]);
    expect(files).toEqual({ "a.csv": "München", "b.csv": "München" });
    expect(detected).toEqual({ "a.csv": { text: "München", encoding: "windows-1252", bytes: latin } });
  });

  it("are measured in UTF-8 bytes", async () => {
    const wide = new Uint8Array(3_000_000).map((_, at) => (at % 2 === 0 ? 0x61 : 0));
    const umlauts = new Uint8Array(1_500_000).fill(0xfc);
    const result = await importFiles({}, [new File([umlauts], "umlauts.csv"), new File([wide], "wide.csv")]);
    expect(result.addedNames).toEqual(["wide.csv"]);
    expect(result.refusals).toEqual(["umlauts.csv was not added. The files in a dataflow can take up at most 2 MB."]);
  });

  it("that cannot be read, such as folders, are refused", async () => {
    const folder = {
      name: "data.csv",
      size: 0,
      arrayBuffer: () => Promise.reject(new DOMException("", "NotFoundError")),
    };
    expect((await importFiles({}, [folder])).refusals).toEqual([
      "data.csv was not added: the browser could not read it. It may be a folder or may have been moved.",
    ]);
  });
});
