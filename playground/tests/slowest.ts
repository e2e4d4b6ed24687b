import type { Reporter, TestCase, TestModule } from "vitest/node";

const MOST = 50;
const LEAST_MILLISECONDS = 50;

/** A reporter that lists the slowest tests at the end of a run, like pytest's `--durations`. */
export default class Slowest implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const timed = modules.flatMap((module) => [...module.children.allTests()].map((test) => ({ test, module })));
    const slow = timed
      .map(({ test, module }) => ({
        milliseconds: duration(test),
        name: `${module.relativeModuleId} ${test.fullName}`,
      }))
      .filter(({ milliseconds }) => milliseconds >= LEAST_MILLISECONDS)
      .sort((first, second) => second.milliseconds - first.milliseconds)
      .slice(0, MOST);
    console.log(`slowest ${slow.length} tests of at least ${LEAST_MILLISECONDS} ms`);
    for (const { milliseconds, name } of slow) console.log(`${(milliseconds / 1000).toFixed(2)}s ${name}`);
  }
}

function duration(test: TestCase): number {
  return test.diagnostic()?.duration ?? 0;
}
