import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { IdleTask } from "../../../src/runtime/sandbox/idle-task.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("an idle task", () => {
  test("starts once nothing has happened for a while", () => {
    const task = vi.fn();
    const idle = new IdleTask(task, 1000);
    idle.schedule();
    vi.advanceTimersByTime(600);
    idle.schedule();
    vi.advanceTimersByTime(600);
    expect(task).not.toHaveBeenCalled();
    vi.advanceTimersByTime(400);
    expect(task).toHaveBeenCalledTimes(1);
  });

  test("starts once for each period of activity", () => {
    const task = vi.fn();
    const idle = new IdleTask(task, 1000);
    for (const _ of [1, 2]) {
      idle.schedule();
      vi.advanceTimersByTime(5000);
    }
    expect(task).toHaveBeenCalledTimes(2);
  });

  test("does not start by itself", () => {
    const task = vi.fn();
    new IdleTask(task, 1000);
    vi.advanceTimersByTime(5000);
    expect(task).not.toHaveBeenCalled();
  });
});
