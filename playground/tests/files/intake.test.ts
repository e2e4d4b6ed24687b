import { describe, expect, it } from "vitest";
import { MOST_BYTES, takenIn } from "../../src/files/intake.ts";

describe("files from the disk", () => {
  it("come in as text, behind those that are there", async () => {
    const intake = await takenIn({ "flow.py": "x" }, [new File(["a,b\r\n1,2\r\n"], "data.csv")]);
    expect(intake).toEqual({ files: { "flow.py": "x", "data.csv": "a,b\n1,2\n" }, added: ["data.csv"], refusals: [] });
  });

  it("are refused one by one, each with its reason, and nothing that is there is overwritten", async () => {
    const given = [
      new File([new Uint8Array([0x89, 0x50, 0xff])], "photo.png"),
      new File(["a\0b"], "binary.txt"),
      new File(["new"], "flow.py"),
      new File(["x".repeat(MOST_BYTES)], "large.csv"),
      new File(["fine"], "fine.txt"),
    ];
    const intake = await takenIn({ "flow.py": "old" }, given);
    expect(intake.files).toEqual({ "flow.py": "old", "fine.txt": "fine" });
    expect(intake.added).toEqual(["fine.txt"]);
    expect(intake.refusals).toEqual([
      "photo.png is not text.",
      "binary.txt is not text.",
      "flow.py was not added. There is a file flow.py already.",
      "large.csv was not added. The files of a dataflow have at most 2 MB together.",
    ]);
  });

  it("are at most forty", async () => {
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`${at}.csv`, ""]));
    expect((await takenIn(files, [new File([""], "more.csv")])).refusals).toEqual([
      "more.csv was not added. A dataflow has at most 40 files.",
    ]);
  });
});
