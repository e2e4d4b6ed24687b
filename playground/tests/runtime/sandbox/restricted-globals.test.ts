import { describe, expect, test } from "vitest";
import { RESTRICTED_GLOBALS, removeRestrictedGlobals } from "../../../src/runtime/sandbox/restricted-globals.ts";

/** A scope like a worker's: the members of interfaces are on the prototypes. */
class WorkerGlobalScope {
  importScripts(): void {}
  fetch(): void {}
  get caches(): string {
    return "caches";
  }
}
class DedicatedWorkerGlobalScope extends WorkerGlobalScope {
  postMessage(): void {}
  close(): void {}
}
class WorkerNavigator {
  get locks(): string {
    return "locks";
  }
  get language(): string {
    return "en";
  }
}

describe("the restricted globals of the worker", () => {
  test("are removed from the scope and from its prototypes", () => {
    const scope = Object.assign(new DedicatedWorkerGlobalScope(), {
      Worker: class {},
      WebSocket: class {},
      RTCSomethingNew: class {},
      navigator: new WorkerNavigator(),
      fetch: () => "another",
      Math,
    });
    removeRestrictedGlobals(scope);
    for (const name of ["Worker", "WebSocket", "RTCSomethingNew", "importScripts", "fetch", "caches", "postMessage"])
      expect(name in scope).toBe(false);
    for (const prototype of [WorkerGlobalScope.prototype, DedicatedWorkerGlobalScope.prototype]) {
      for (const name of RESTRICTED_GLOBALS) expect(Object.hasOwn(prototype, name)).toBe(false);
    }
    expect("locks" in scope.navigator).toBe(false);
    expect(scope.navigator.language).toBe("en");
    expect(scope.Math).toBe(Math);
    expect("close" in scope).toBe(true);
  });

  test("that cannot be removed cause an error, so Python does not start", () => {
    const scope = Object.defineProperty({}, "Worker", { value: 1, configurable: false });
    expect(() => removeRestrictedGlobals(scope)).toThrow(TypeError);
  });

  test("do not include members of every object", () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    removeRestrictedGlobals({});
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });
});
