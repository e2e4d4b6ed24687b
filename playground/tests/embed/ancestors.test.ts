import { expect, test } from "vitest";
import { type FrameWindow, isFramedByAnotherOrigin } from "../../src/embed/ancestors.ts";

const OWN = "https://flows.example";

/**
 * Return a window inside `ancestors`, which are listed from the nearest to the topmost. `null` is a page whose location
 * cannot be read.
 */
function below(ancestors: readonly (string | null)[], listed: boolean): FrameWindow {
  const [next, ...more] = ancestors;
  const parent = next === undefined ? null : windowOf(next, more);
  const location = {
    origin: OWN,
    ...(listed && { ancestorOrigins: ancestors.map((ancestor) => ancestor ?? "https://other.example") }),
  };
  const view = { location, parent: null as unknown as FrameWindow };
  view.parent = parent ?? view;
  return view;
}

function windowOf(origin: string | null, above: readonly (string | null)[]): FrameWindow {
  const [next, ...more] = above;
  const view = {
    get location(): FrameWindow["location"] {
      if (origin === null) throw new DOMException("Blocked a frame", "SecurityError");
      return { origin };
    },
    parent: null as unknown as FrameWindow,
  };
  view.parent = next === undefined ? view : windowOf(next, more);
  return view;
}

for (const listed of [true, false]) {
  const where = listed ? "if the browser lists ancestors" : "if the browser does not list ancestors";

  test.each<[string, (string | null)[], boolean]>([
    ["a top-level window", [], false],
    ["in a frame of the same origin", [OWN], false],
    ["in two frames of the same origin", [OWN, OWN], false],
    ["in another site's frame", [null], true],
    ["in a frame of the same origin within another site", [OWN, null], true],
    ["in another site's frame within the same origin", [null, OWN], true],
    ["in a frame on another port", ["https://flows.example:8443"], true],
    ["in a frame served over HTTP", ["http://flows.example"], true],
    ["in a frame with an opaque origin", ["null"], true],
  ])(`%s, ${where}`, (_, ancestors, expected) => {
    expect(isFramedByAnotherOrigin(below(ancestors, listed))).toBe(expected);
  });
}

test("a list that hides the ancestors counts as another origin", () => {
  const view: FrameWindow = { location: { origin: OWN, ancestorOrigins: ["null"] }, parent: below([], false) };
  expect(isFramedByAnotherOrigin(view)).toBe(true);
});
