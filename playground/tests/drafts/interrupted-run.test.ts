import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { RunMarker, takeInterruptedRun } from "../../src/drafts/interrupted-run.ts";

/** The locks that open pages hold. */
let held: string[];
/** The locks that are requested but not held yet. */
let requested: [name: string, hold: () => void][];

/** Grant the requested locks. */
function grant(): void {
  for (const [name, hold] of requested.splice(0)) {
    held.push(name);
    hold();
  }
}

/** Open a page in which code is running. */
function running(title: string): RunMarker {
  const mark = new RunMarker();
  mark.set(title);
  grant();
  return mark;
}

beforeEach(() => {
  held = [];
  requested = [];
  const entries: Record<string, string> = {};
  const hidden = { enumerable: false };
  const storage = Object.defineProperties(entries, {
    setItem: { value: (key: string, value: string) => (entries[key] = value), ...hidden },
    getItem: { value: (key: string) => entries[key] ?? null, ...hidden },
    removeItem: { value: (key: string) => delete entries[key], ...hidden },
  });
  vi.stubGlobal("localStorage", storage);
  vi.stubGlobal("navigator", {
    locks: {
      request: async (name: string, hold: () => void) => void requested.push([name, hold]),
      query: async () => ({ held: held.map((name) => ({ name })) }),
    },
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("code that was running when its page was killed", () => {
  test("is reported once, on the next visit", async () => {
    running("Prices");
    held = [];
    expect(await takeInterruptedRun()).toBe("Prices");
    expect(await takeInterruptedRun()).toBeNull();
  });

  test("is not reported if the run ended or the page was left", async () => {
    running("Prices").clear();
    running("Costs").suspend();
    held = [];
    expect(await takeInterruptedRun()).toBeNull();
  });

  test("is not reported if a run started after the page was left", async () => {
    const mark = running("Prices");
    mark.suspend();
    mark.set("Prices");
    held = [];
    expect(await takeInterruptedRun()).toBeNull();
  });

  test("is reported for a page that was left, shown again and then killed", async () => {
    const mark = running("Prices");
    mark.suspend();
    mark.restore();
    held = [];
    expect(await takeInterruptedRun()).toBe("Prices");
  });

  test("is not reported while the page is still waiting for its lock", async () => {
    new RunMarker().set("Prices");
    expect(await takeInterruptedRun()).toBeNull();
    grant();
    expect(await takeInterruptedRun()).toBeNull();
    held = [];
    expect(await takeInterruptedRun()).toBe("Prices");
  });

  test("is not reported if a short run ended before the page got its lock", async () => {
    const mark = new RunMarker();
    mark.set("Prices");
    mark.clear();
    grant();
    held = [];
    expect(await takeInterruptedRun()).toBeNull();
  });

  test("is not reported while another tab is running it", async () => {
    const mark = running("Prices");
    mark.set("Prices");
    grant();
    expect(held).toHaveLength(1);
    expect(await takeInterruptedRun()).toBeNull();
    held = [];
    expect(await takeInterruptedRun()).toBe("Prices");
  });

  test("ignores other keys in the storage", async () => {
    localStorage.setItem("headwater.theme", "dark");
    expect(await takeInterruptedRun()).toBeNull();
    expect(localStorage.getItem("headwater.theme")).toBe("dark");
  });

  test.each([
    ["storage", () => vi.stubGlobal("localStorage", undefined)],
    ["locks", () => vi.stubGlobal("navigator", {})],
  ])("is not reported without %s, and nothing fails", async (_, without) => {
    without();
    const mark = new RunMarker();
    mark.set("Prices");
    expect(await takeInterruptedRun()).toBeNull();
    mark.clear();
  });

  test.each<[string, () => unknown]>([
    ["has no locks", () => undefined],
    [
      "throws when its locks are accessed",
      () => {
        throw new DOMException("refused", "SecurityError");
      },
    ],
    [
      "throws on each call",
      () => ({
        request: () => {
          throw new DOMException("refused", "SecurityError");
        },
      }),
    ],
    ["rejects each call", () => ({ request: () => Promise.reject(new DOMException("refused", "SecurityError")) })],
  ])("does not stop a run in a browser that %s", async (_, locks) => {
    vi.stubGlobal("navigator", Object.defineProperty({}, "locks", { get: locks }));
    new RunMarker().set("Prices");
    expect(await takeInterruptedRun()).toBeNull();
  });
});
