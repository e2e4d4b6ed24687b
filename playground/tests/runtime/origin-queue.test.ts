import { describe, expect, test } from "vitest";
import { Stopped, Superseded } from "../../src/runtime/failures.ts";
import { OriginQueue } from "../../src/runtime/origin-queue.ts";
import type { CodeOrigin } from "../../src/runtime/runtime.ts";

/** A record of which code ran in which process. Runs end when the test calls `end`. */
class Processes {
  readonly runs: [process: number, origin: CodeOrigin][] = [];
  readonly #running: (() => void)[] = [];
  #process = 1;
  readonly queue: OriginQueue = new OriginQueue({
    isIdle: () => this.#running.length === 0,
    replace: () => {
      this.#process += 1;
      this.queue.reset();
    },
  });

  run(origin: CodeOrigin, { session = "a", kind = "run" as "run" | "export" } = {}): Promise<string> {
    return this.queue.enqueue({ kind, session, origin }, () => {
      this.runs.push([this.#process, origin]);
      return new Promise((resolve) => this.#running.push(() => resolve(origin)));
    });
  }

  /** End all runs. */
  end(): void {
    for (const end of this.#running.splice(0)) end();
    this.queue.advance();
  }
}

/** Run code from several origins, one after the other. */
function runAll(...origins: CodeOrigin[]): Processes["runs"] {
  const processes = new Processes();
  for (const origin of origins) {
    void processes.run(origin);
    processes.end();
  }
  return processes.runs;
}

describe("one Python process runs code from the site and from one other origin", () => {
  test.each<[string, CodeOrigin[], number[]]>([
    ["examples on the site share one", ["site", "site", "site"], [1, 1, 1]],
    ["a draft shares one with the site", ["site", "visitor", "site", "visitor"], [1, 1, 1, 1]],
    ["a link shares one with the site", ["site", "untrusted a", "site", "untrusted a"], [1, 1, 1, 1]],
    ["a link after a draft starts another", ["visitor", "untrusted a"], [1, 2]],
    ["a draft after a link starts another", ["untrusted a", "visitor"], [1, 2]],
    ["a link after a link starts another", ["untrusted a", "untrusted b"], [1, 2]],
    [
      "code from the site between two links does not hide the first link",
      ["untrusted a", "site", "untrusted b"],
      [1, 1, 2],
    ],
    ["each switch between two links starts another", ["untrusted a", "untrusted b", "untrusted a"], [1, 2, 3]],
    ["a link named `visitor` counts as a link, not as the visitor", ["visitor", "untrusted visitor"], [1, 2]],
  ])("%s", (_, origins, numbers) => {
    expect(runAll(...origins)).toEqual(origins.map((origin, at) => [numbers[at], origin]));
  });

  test("code from another origin waits for the current runs, and later code waits behind it", async () => {
    const processes = new Processes();
    const answers = [
      processes.run("untrusted a"),
      processes.run("untrusted b", { session: "b" }),
      processes.run("site", { session: "c" }),
    ];
    expect(processes.runs).toEqual([[1, "untrusted a"]]);
    processes.end();
    expect(processes.runs).toEqual([
      [1, "untrusted a"],
      [2, "untrusted b"],
      [2, "site"],
    ]);
    processes.end();
    expect(await Promise.all(answers)).toEqual(["untrusted a", "untrusted b", "site"]);
  });

  test("two waiting runs from different origins run in two Python processes", () => {
    const processes = new Processes();
    for (const [at, origin] of (["visitor", "untrusted a", "untrusted b"] as const).entries()) {
      void processes.run(origin, { session: `${at}` });
    }
    for (let count = 0; count < 3; count++) processes.end();
    expect(processes.runs).toEqual([
      [1, "visitor"],
      [2, "untrusted a"],
      [3, "untrusted b"],
    ]);
  });

  test("an export runs code, too", () => {
    const processes = new Processes();
    void processes.run("untrusted a");
    void processes.run("untrusted b", { kind: "export", session: "b" });
    expect(processes.runs).toHaveLength(1);
    processes.end();
    expect(processes.runs[1]).toEqual([2, "untrusted b"]);
  });

  test("a newer run replaces a waiting one", async () => {
    const processes = new Processes();
    void processes.run("untrusted a");
    const superseded = processes.run("visitor", { session: "b" });
    const newest = processes.run("visitor", { session: "b" });
    await expect(superseded).rejects.toThrow(Superseded);
    processes.end();
    processes.end();
    expect(await newest).toBe("visitor");
    expect(processes.runs).toHaveLength(2);
  });

  test("stopping, or opening other code, rejects waiting runs", async () => {
    const processes = new Processes();
    void processes.run("untrusted a");
    const stopped = processes.run("visitor", { session: "b" });
    processes.queue.rejectAll(new Stopped("Stopped."));
    await expect(stopped).rejects.toThrow(Stopped);
    const left = processes.run("visitor", { session: "b" });
    processes.queue.rejectSession("c", new Superseded("Different code was opened."));
    processes.queue.rejectSession("b", new Superseded("Different code was opened."));
    await expect(left).rejects.toThrow("Different code was opened.");
    processes.end();
    expect(processes.runs).toHaveLength(1);
  });
});
