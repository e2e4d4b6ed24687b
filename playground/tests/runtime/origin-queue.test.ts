import { describe, expect, test } from "vitest";
import { Stopped, Superseded } from "../../src/runtime/failures.ts";
import type { CodeOrigin } from "../../src/runtime/runtime.ts";
import { Turns } from "../../src/runtime/origin-queue.ts";

/** A Python that says which code ran in which of its lives, and ends a run when the test says so. */
class Lives {
  readonly runs: [life: number, origin: CodeOrigin][] = [];
  readonly #running: (() => void)[] = [];
  #life = 1;
  readonly turns: Turns = new Turns({
    isIdle: () => this.#running.length === 0,
    replace: () => {
      this.#life += 1;
      this.turns.renew();
    },
  });

  run(origin: CodeOrigin, { session = "a", kind = "run" as "run" | "export" } = {}): Promise<string> {
    return this.turns.take({ kind, session, origin }, () => {
      this.runs.push([this.#life, origin]);
      return new Promise((resolve) => this.#running.push(() => resolve(origin)));
    });
  }

  /** Everything that runs comes to its end. */
  end(): void {
    for (const end of this.#running.splice(0)) end();
    this.turns.serve();
  }
}

/** Runs one after the other. */
function runAll(...origins: CodeOrigin[]): Lives["runs"] {
  const lives = new Lives();
  for (const origin of origins) {
    void lives.run(origin);
    lives.end();
  }
  return lives.runs;
}

describe("one Python runs code of the site and of one other origin", () => {
  test.each<[string, CodeOrigin[], number[]]>([
    ["examples of the site share one", ["site", "site", "site"], [1, 1, 1]],
    ["a draft shares one with the site", ["site", "visitor", "site", "visitor"], [1, 1, 1, 1]],
    ["a link shares one with the site", ["site", "untrusted a", "site", "untrusted a"], [1, 1, 1, 1]],
    ["a link after a draft begins another", ["visitor", "untrusted a"], [1, 2]],
    ["a draft after a link begins another", ["untrusted a", "visitor"], [1, 2]],
    ["a link after a link begins another", ["untrusted a", "untrusted b"], [1, 2]],
    ["the site between two links does not hide the first", ["untrusted a", "site", "untrusted b"], [1, 1, 2]],
    ["back and forth begins another each time", ["untrusted a", "untrusted b", "untrusted a"], [1, 2, 3]],
    ["a link that calls itself the visitor is a link", ["visitor", "untrusted visitor"], [1, 2]],
  ])("%s", (_, origins, lives) => {
    expect(runAll(...origins)).toEqual(origins.map((origin, at) => [lives[at], origin]));
  });

  test("code of another origin waits for the end of what runs, and what comes later waits behind it", async () => {
    const lives = new Lives();
    const asked = [
      lives.run("untrusted a"),
      lives.run("untrusted b", { session: "b" }),
      lives.run("site", { session: "c" }),
    ];
    expect(lives.runs).toEqual([[1, "untrusted a"]]);
    lives.end();
    expect(lives.runs).toEqual([
      [1, "untrusted a"],
      [2, "untrusted b"],
      [2, "site"],
    ]);
    lives.end();
    expect(await Promise.all(asked)).toEqual(["untrusted a", "untrusted b", "site"]);
  });

  test("two that wait, of different origins, run in two Pythons", () => {
    const lives = new Lives();
    for (const [at, origin] of (["visitor", "untrusted a", "untrusted b"] as const).entries()) {
      void lives.run(origin, { session: `${at}` });
    }
    for (let count = 0; count < 3; count++) lives.end();
    expect(lives.runs).toEqual([
      [1, "visitor"],
      [2, "untrusted a"],
      [3, "untrusted b"],
    ]);
  });

  test("an export is code that runs, too", () => {
    const lives = new Lives();
    void lives.run("untrusted a");
    void lives.run("untrusted b", { kind: "export", session: "b" });
    expect(lives.runs).toHaveLength(1);
    lives.end();
    expect(lives.runs[1]).toEqual([2, "untrusted b"]);
  });

  test("a newer run takes the place of one that waits", async () => {
    const lives = new Lives();
    void lives.run("untrusted a");
    const overtaken = lives.run("visitor", { session: "b" });
    const newest = lives.run("visitor", { session: "b" });
    await expect(overtaken).rejects.toThrow(Superseded);
    lives.end();
    lives.end();
    expect(await newest).toBe("visitor");
    expect(lives.runs).toHaveLength(2);
  });

  test("a stop, or other code on the page, ends the waiting", async () => {
    const lives = new Lives();
    void lives.run("untrusted a");
    const stopped = lives.run("visitor", { session: "b" });
    lives.turns.rejectAll(new Stopped("Stopped."));
    await expect(stopped).rejects.toThrow(Stopped);
    const left = lives.run("visitor", { session: "b" });
    lives.turns.rejectSession("c", new Superseded("Other code was opened."));
    lives.turns.rejectSession("b", new Superseded("Other code was opened."));
    await expect(left).rejects.toThrow("Other code was opened.");
    lives.end();
    expect(lives.runs).toHaveLength(1);
  });
});
