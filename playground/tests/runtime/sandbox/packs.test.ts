import { beforeEach, expect, test, vi } from "vitest";
import { Packs } from "../../../src/runtime/sandbox/packs.ts";
import { VirtualFiles } from "../../../src/runtime/sandbox/virtual-files.ts";

let files: VirtualFiles;
let packs: Packs;
let events: string[];

const installer = {
  installPack: async (archive: ArrayBuffer): Promise<void> => {
    if (archive.byteLength === 0) throw new Error("empty");
  },
  packInstalled: (name: string): unknown => events.push(`installed ${name}`),
};

beforeEach(() => {
  files = new VirtualFiles();
  events = [];
  packs = new Packs(files, {
    expected: () => events.push("expected"),
    ready: () => events.push("ready"),
    failed: () => events.push("failed"),
    optionalExpected: () => events.push("optional expected"),
    optionalSettled: () => events.push("optional settled"),
    broken: (failure) => events.push(String(failure)),
  });
});

test("packs are installed when Python has its library, and announced as ready together", async () => {
  packs.announce(["a.zip", "b.zip"]);
  files.put("a.zip", new ArrayBuffer(1));
  files.put("b.zip", new ArrayBuffer(1));
  expect(events).toEqual(["expected"]);
  packs.installInto(installer);
  await vi.waitFor(() => expect(events.at(-1)).toBe("ready"));
  expect(events).toEqual(["expected", "installed a.zip", "installed b.zip", "ready"]);
  packs.announce(["a.zip"]);
  expect(events).toHaveLength(4);
});

test("a request that needs some packs does not wait for others", async () => {
  packs.installInto(installer);
  packs.announce(["a.zip", "b.zip"]);
  files.put("a.zip", new ArrayBuffer(1));
  await packs.whenInstalled(["a.zip"]);
  expect(events).toEqual(["expected", "installed a.zip"]);
});

test("a pack that failed can be announced again", async () => {
  packs.installInto(installer);
  packs.announce(["a.zip"]);
  packs.fail();
  packs.announce(["a.zip"]);
  files.put("a.zip", new ArrayBuffer(1));
  await vi.waitFor(() => expect(events.at(-1)).toBe("ready"));
  expect(events).toEqual(["expected", "failed", "expected", "installed a.zip", "ready"]);
});

test("an optional pack neither delays nor fails requests, even if it cannot be installed", async () => {
  packs.installInto(installer);
  packs.announceOptional(["a.zip", "b.zip"]);
  files.put("a.zip", new ArrayBuffer(0));
  files.put("b.zip", new ArrayBuffer(1));
  await vi.waitFor(() => expect(events.at(-1)).toBe("optional settled"));
  expect(events).toEqual(["optional expected", "installed b.zip", "optional settled"]);
  packs.announceOptional(["b.zip"]);
  expect(events).toHaveLength(3);
});

test("an optional pack that code imports delays requests like any other pack", async () => {
  packs.announceOptional(["a.zip"]);
  packs.announce(["a.zip"]);
  files.put("a.zip", new ArrayBuffer(1));
  packs.installInto(installer);
  await vi.waitFor(() => expect(events.at(-1)).toBe("ready"));
  expect(events).toEqual(["optional expected", "expected", "installed a.zip", "optional settled", "ready"]);
});

test("a pack that cannot be installed is reported", async () => {
  packs.installInto(installer);
  packs.announce(["a.zip"]);
  files.put("a.zip", new ArrayBuffer(0));
  await vi.waitFor(() => expect(events.at(-1)).toBe("Error: empty"));
});
