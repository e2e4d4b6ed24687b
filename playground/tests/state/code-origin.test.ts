import { describe, expect, test } from "vitest";
import type { Example } from "../../src/example.ts";
import { codeOrigin } from "../../src/state/code-origin.ts";
import type { WorkspaceEvent } from "../../src/state/events.ts";
import { reduce } from "../../src/state/reduce.ts";
import { emptyWorkspace } from "../../src/state/workspace.ts";

const FILES = { "flow.py": "def a() -> int: ..." };
const EXAMPLE: Example = {
  name: "one",
  title: "One",
  summary: "",
  credits: {},
  files: FILES,
  outputs: null,
  graph: { nodes: [], edges: [], problems: [] },
  run: {
    ok: true,
    seconds: 0,
    ran: 0,
    reused: 0,
    total: 0,
    nodes: {},
    outputs: {},
    graph: { nodes: [], edges: [], problems: [] },
    problems: [],
  },
};
const LINK = { kind: "link", fragment: "#v1.one" } as const;
const EDIT: WorkspaceEvent = { kind: "edited", file: "flow.py", text: "b = 1" };

type Opened = Extract<WorkspaceEvent, { kind: "opened" }>;

function opened(more: Partial<Opened>): Opened {
  return {
    kind: "opened",
    title: "",
    example: null,
    files: FILES,
    outputs: null,
    selected: null,
    trusted: true,
    ...more,
  };
}

describe("the origin of code", () => {
  test.each<[string, WorkspaceEvent[], string]>([
    ["of an example is the site", [opened({ example: EXAMPLE })], "site"],
    ["of a changed example is the visitor", [opened({ example: EXAMPLE }), EDIT], "visitor"],
    ["of new code is the visitor", [opened({ origin: { kind: "new" } })], "visitor"],
    ["of a link is that link", [opened({ origin: LINK })], "untrusted #v1.one"],
    ["of a link is that link after consent", [opened({ origin: LINK, trusted: true })], "untrusted #v1.one"],
    ["of a link that the visitor edited is still that link", [opened({ origin: LINK }), EDIT], "untrusted #v1.one"],
    [
      "of a draft that started from a link is that link",
      [opened({ origin: LINK, draft: { id: "d", revision: 2 } })],
      "untrusted #v1.one",
    ],
    [
      "of a link to an unchanged example is the site",
      [opened({ origin: LINK, example: EXAMPLE, untrustedSource: null })],
      "site",
    ],
    [
      "of an option in the URL is that option",
      [opened({ origin: { kind: "new" }, untrustedSource: "digest" })],
      "untrusted digest",
    ],
    [
      "is forgotten when other code is opened",
      [opened({ untrustedSource: "digest" }), opened({ origin: { kind: "new" } })],
      "visitor",
    ],
  ])("%s", (_, events, expected) => {
    expect(codeOrigin(events.reduce(reduce, emptyWorkspace(true)))).toBe(expected);
  });
});
