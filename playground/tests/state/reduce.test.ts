import { describe, expect, it } from "vitest";
import type { Example } from "../../src/example.ts";
import type { GraphView, NodeView, ProblemView, RunView } from "../../src/protocol.ts";
import type { WorkspaceEvent } from "../../src/state/events.ts";
import { reduce } from "../../src/state/reduce.ts";
import {
  emptyWorkspace,
  graphPlaceholder,
  isEdited,
  NO_VALUES,
  nodeAt,
  type RunSpec,
  runSpecOf,
  type Workspace,
} from "../../src/state/workspace.ts";
import { nodeOf } from "../graph/graphs.ts";

function node(name: string, line: number): NodeView {
  return nodeOf(name, { line, end: line + 1, output: true });
}

function problem(kind: string): ProblemView {
  return { kind, severity: "error", message: kind, file: "flow.py", line: 1, column: null, node: null, frames: [] };
}

function graph(names: string[], problems: ProblemView[] = []): GraphView {
  return { nodes: names.map((name, index) => node(name, 1 + 3 * index)), edges: [], problems };
}

function ran(names: string[], problems: ProblemView[] = []): RunView {
  return {
    ok: problems.length === 0,
    seconds: 0.01,
    ran: names.length,
    reused: 0,
    total: names.length,
    nodes: Object.fromEntries(names.map((name) => [name, { state: "succeeded" as const, seconds: 0.001 }])),
    outputs: Object.fromEntries(names.map((name) => [name, { kind: "scalar" as const, type: "int", text: "1" }])),
    graph: graph(names),
    problems,
  };
}

const EXAMPLE: Example = {
  name: "one",
  title: "One",
  summary: "",
  credits: {},
  files: { "data.csv": "1", "flow.py": "def a() -> int: ..." },
  outputs: ["a"],
  graph: graph(["a"]),
  run: ran(["a"]),
};

function ended(result: RunView, request = REQUEST): WorkspaceEvent {
  return { kind: "run-ended", request, result };
}

function workspaceAfter(...events: WorkspaceEvent[]): Workspace {
  return events.reduce(reduce, emptyWorkspace(true));
}

const OPENED: WorkspaceEvent = {
  kind: "opened",
  title: "One",
  example: EXAMPLE,
  files: EXAMPLE.files,
  outputs: ["a"],
  selected: null,
  trusted: true,
};
const REQUEST: RunSpec = { files: EXAMPLE.files, outputs: ["a"], fieldTexts: NO_VALUES };
const BEGAN: WorkspaceEvent = { kind: "run-started", request: REQUEST };
const STOPPED: WorkspaceEvent = { kind: "run-stopped", request: REQUEST };
function undoOf(edit: Extract<WorkspaceEvent, { kind: "edited" }>): WorkspaceEvent {
  return { ...edit, text: EXAMPLE.files[edit.file] ?? "" };
}

const EDITED: Extract<WorkspaceEvent, { kind: "edited" }> = {
  kind: "edited",
  file: "flow.py",
  text: "def b() -> int: ...",
};

describe("a workspace", () => {
  it("shows the prerendered results of an unchanged example, with its first module active", () => {
    const workspace = workspaceAfter(OPENED);
    expect(workspace.graph).toBe(EXAMPLE.graph);
    expect(workspace.run).toBe(EXAMPLE.run);
    expect(workspace.active).toBe("flow.py");
  });

  it("does not offer to restore a deleted file after consent", () => {
    const deleted = {
      kind: "notice-set",
      notice: { message: "Deleted b.py.", about: "files", undo: true },
    } as const;
    const other = { kind: "notice-set", notice: { message: "Made with another version.", about: "link" } } as const;
    const untrusted = { ...OPENED, trusted: false };
    expect(workspaceAfter(untrusted, deleted, { kind: "trusted" }).notice).toBeNull();
    expect(workspaceAfter(untrusted, other, { kind: "trusted" }).notice).toEqual(other.notice);
  });

  it("does not show an example's results for changed files", () => {
    const workspace = workspaceAfter({ ...OPENED, files: { ...EXAMPLE.files, "flow.py": "changed" }, trusted: false });
    expect(workspace.run).toBeNull();
    expect(workspace.graph.nodes).toEqual([]);
  });

  it("keeps the last good graph during a syntax error", () => {
    const workspace = workspaceAfter(OPENED, EDITED, { kind: "outlined", graph: graph([], [problem("SyntaxError")]) });
    expect(workspace.graph).toBe(EXAMPLE.graph);
    expect(workspace.runnable).toBe(false);
    expect(reduce(workspace, { kind: "outlined", graph: graph(["b"]) }).runnable).toBe(true);
  });

  it("explains why there is no graph yet instead of showing an empty one", () => {
    const linked = { ...OPENED, files: { "flow.py": "def b(" }, example: null, trusted: false };
    expect(graphPlaceholder(workspaceAfter(linked))).toMatch("once Python has read");
    const unreadable: WorkspaceEvent = { kind: "outlined", graph: graph([], [problem("SyntaxError")]) };
    expect(graphPlaceholder(workspaceAfter(linked, unreadable))).toMatch("once the errors in the code are fixed");
    expect(graphPlaceholder(workspaceAfter(linked, { kind: "outlined", graph: graph([]) }))).toBeNull();
  });

  it("shows a graph despite problems other than syntax errors, and forgets the states and the selection of removed nodes", () => {
    const workspace = workspaceAfter(OPENED, { kind: "node-selected", node: "a", by: "visitor" }, EDITED, {
      kind: "outlined",
      graph: { ...graph([], [problem("MissingAnnotation")]), nodes: [node("b", 7)] },
    });
    expect(workspace.graph.nodes.map((node) => node.name)).toEqual(["b"]);
    expect(workspace.runs).toEqual({});
    expect(workspace.selected).toBeNull();
  });

  it("follows a selected function that is renamed in the code, but not to another function at its line", () => {
    const selected = workspaceAfter(OPENED, { kind: "node-selected", node: "a", by: "visitor" }, EDITED);
    const workspace = reduce(selected, { kind: "outlined", graph: graph(["b"]) });
    expect(workspace).toMatchObject({ selected: "b", panel: "value", inspected: { node: "b", isLoading: true } });
    const two = reduce(selected, { kind: "outlined", graph: graph(["a", "b"]) });
    expect(reduce(two, { kind: "outlined", graph: graph(["b"]) }).selected).toBeNull();
  });

  it("removes the notice about a run when the next one starts", () => {
    expect(workspaceAfter(OPENED, BEGAN, STOPPED).notice).not.toBeNull();
    expect(workspaceAfter(OPENED, BEGAN, STOPPED, BEGAN).notice).toBeNull();
  });

  it("keeps the problems of a run after an outline of the same files", () => {
    const failed = ran(["a"], [problem("ZeroDivisionError")]);
    const workspace = workspaceAfter(OPENED, BEGAN, ended(failed), { kind: "outlined", graph: graph(["a"]) });
    expect(workspace.problems).toEqual(failed.problems);
    expect(workspace.panel).toBe("problems");
  });

  it("keeps the built graph and its problems while Python knows only the outline of the same code", () => {
    const outline: WorkspaceEvent = { kind: "outlined", graph: graph(["outlined"], [problem("UncertainGraph")]) };
    for (const before of [[OPENED], [OPENED, BEGAN], [OPENED, EDITED, BEGAN, undoOf(EDITED)]]) {
      const workspace = workspaceAfter(...before, outline);
      expect(workspace.graph.nodes.map(({ name }) => name)).toEqual(["a"]);
      expect(workspace.problems).toEqual([]);
    }
    expect(workspaceAfter(OPENED, EDITED, outline).graph.nodes.map(({ name }) => name)).toEqual(["outlined"]);
  });

  it("restores the problems of a run when an edit is undone", () => {
    const workspace = workspaceAfter(
      OPENED,
      BEGAN,
      ended(ran(["a"])),
      EDITED,
      { kind: "outlined", graph: graph([], [problem("SyntaxError")]) },
      { ...EDITED, text: EXAMPLE.files["flow.py"] ?? "" },
      { kind: "outlined", graph: graph(["a"]) },
    );
    expect(workspace.problems).toEqual([]);
    expect(workspace.runnable).toBe(true);
  });

  it("does not let the end of a run hide a newer syntax error", () => {
    const workspace = workspaceAfter(
      OPENED,
      BEGAN,
      EDITED,
      { kind: "outlined", graph: graph([], [problem("SyntaxError")]) },
      ended(ran(["a"])),
    );
    expect(workspace.problems.map((problem) => problem.kind)).toEqual(["SyntaxError"]);
  });

  it("is edited when its files differ from those of the latest completed run", () => {
    expect(isEdited(workspaceAfter(OPENED))).toBe(false);
    const began: WorkspaceEvent = { kind: "run-started", request: { ...REQUEST, files: { "flow.py": "b" } } };
    const edited = workspaceAfter(OPENED, EDITED, began);
    expect(isEdited(edited)).toBe(true);
    expect(isEdited(reduce(edited, { ...STOPPED, request: began.request }))).toBe(true);
  });

  it("keeps text and values when a run is stopped", () => {
    const workspace = workspaceAfter(
      OPENED,
      EDITED,
      BEGAN,
      { kind: "node-states-changed", states: new Map([["a", { state: "running" }]]) },
      STOPPED,
    );
    expect(workspace.files["flow.py"]).toBe("def b() -> int: ...");
    expect(workspace.run).toBe(EXAMPLE.run);
    expect(workspace.running).toBeNull();
    expect(workspace.valuesAvailable).toBe(false);
    expect(isEdited(workspace)).toBe(true);
  });

  it("keeps the notice about a link while the example runs instead; a notice about a run disappears with the next run", () => {
    const notice = { message: "This link could not be opened.", about: "link" as const };
    expect(workspaceAfter(OPENED, { kind: "notice-set", notice }, BEGAN, ended(ran(["a"]))).notice).toBe(notice);
    expect(workspaceAfter(OPENED, BEGAN, STOPPED).notice?.about).toBe("run");
    expect(workspaceAfter(OPENED, BEGAN, STOPPED, BEGAN, ended(ran(["a"]))).notice).toBeNull();
  });

  it("opens Problems automatically and returns to Outputs, unless the visitor opened Problems", () => {
    const failed = ended(ran(["a"], [problem("ValueError")]));
    const good = ended(ran(["a"]));
    expect(workspaceAfter(OPENED, failed).panel).toBe("problems");
    expect(workspaceAfter(OPENED, failed, EDITED).panel).toBe("problems");
    expect(workspaceAfter(OPENED, failed, good).panel).toBe("outputs");
    const chosen: WorkspaceEvent = { kind: "panel-chosen", panel: "problems" };
    expect(workspaceAfter(OPENED, chosen, good).panel).toBe("problems");
    expect(workspaceAfter(OPENED, failed, chosen, good).panel).toBe("problems");
  });

  it("shows a formatting error until the code changes, and a deletion until the files change", () => {
    const notice = (about: "code" | "files"): WorkspaceEvent => ({
      kind: "notice-set",
      notice: { message: "So.", about },
    });
    const filed: WorkspaceEvent = { kind: "files-changed", files: { "a.py": "" }, active: "a.py" };
    expect(workspaceAfter(OPENED, notice("code"), EDITED).notice).toBeNull();
    expect(workspaceAfter(OPENED, notice("files"), EDITED).notice).not.toBeNull();
    expect(workspaceAfter(OPENED, notice("files"), filed).notice).toBeNull();
  });

  it("shows how long calls took in the visitor's browser, not in the site's build", () => {
    const opened = workspaceAfter(OPENED);
    expect(opened.runs["a"]?.seconds).toBeUndefined();
    expect(opened.measured["a"]).toEqual({ seconds: 0.001 });
    const result = ran(["a"]);
    const call = { state: "succeeded" as const, seconds: 0.2, bytes: 28, causes: [{ kind: "first" as const }] };
    const after = workspaceAfter(OPENED, BEGAN, ended({ ...result, nodes: { a: call } }));
    expect(after.run?.nodes["a"]).toEqual(call);
    expect(after.measured["a"]).toEqual({ seconds: 0.2, bytes: 28 });
  });

  it("shows nothing of the previous call while a function runs, and keeps its measurements if its value is reused", () => {
    const elements = { computed: 3, total: 3 };
    const call = { state: "succeeded" as const, seconds: 0.2, elements, causes: [{ kind: "code" as const }] };
    const ranOnce = [OPENED, BEGAN, ended({ ...ran(["a"]), nodes: { a: call } })];
    const running = workspaceAfter(...ranOnce, BEGAN, {
      kind: "node-states-changed",
      states: new Map([["a", { state: "running" as const }]]),
    });
    expect(running.runs["a"]).toEqual({ state: "running" });
    const reused = workspaceAfter(...ranOnce, BEGAN, ended({ ...ran(["a"]), nodes: { a: { state: "reused" } } }));
    expect(reused.run?.nodes["a"]).toEqual({ state: "reused" });
    expect(reused.measured["a"]).toEqual({ seconds: 0.2 });
  });

  it("shows for how many elements a function has been called, until the code changes", () => {
    const running = { state: "running" as const, elements: { computed: 120, total: 1_000 } };
    const succeeded = { state: "succeeded" as const, elements: { computed: 1_000, total: 1_000 } };
    const begun = [OPENED, BEGAN, { kind: "node-states-changed" as const, states: new Map([["a", running]]) }];
    const stamped = { ...graph([]), nodes: [{ ...node("a", 1), stamp: "1" }] };
    const over = [...begun, ended({ ...ran(["a"]), graph: stamped, nodes: { a: succeeded } })];
    expect(workspaceAfter(...begun).runs["a"]).toEqual(running);
    expect(workspaceAfter(...over).runs["a"]).toEqual(succeeded);
    expect(workspaceAfter(...over, EDITED, { kind: "outline-failed" }).runs["a"]).toEqual({ state: "stale" });
  });

  it("inspects the node that it was opened with", () => {
    expect(workspaceAfter({ ...OPENED, selected: "a" } as WorkspaceEvent).inspected).toMatchObject({
      node: "a",
      isLoading: false,
    });
    const unseen = workspaceAfter({ ...OPENED, files: { "flow.py": "" }, selected: "b" } as WorkspaceEvent);
    expect(unseen.inspected).toMatchObject({ node: "b", preview: "loading", isLoading: true });
  });

  it("opens the value of a node that the visitor selects, but keeps the panel when the caret selects a node", () => {
    expect(workspaceAfter(OPENED, { kind: "node-selected", node: "a", by: "visitor" }).panel).toBe("value");
    expect(workspaceAfter(OPENED, { kind: "node-selected", node: "a", by: "caret" }).panel).toBe("outputs");
  });

  it("counts as edited while values or outputs differ from those of the latest run", () => {
    const setDays = (text: string | null): WorkspaceEvent => ({
      kind: "value-set",
      role: "inputs",
      name: "days",
      text,
    });
    const begun = workspaceAfter(OPENED);
    expect(isEdited(begun)).toBe(false);
    const typed = reduce(begun, setDays("7"));
    expect(typed.fieldTexts).toEqual({ inputs: { days: "7" }, config: {}, overrides: {} });
    expect(isEdited(typed)).toBe(true);
    expect(isEdited(reduce(typed, ended(ran(["a"]), runSpecOf(typed))))).toBe(false);
    expect(isEdited(reduce(typed, setDays(null)))).toBe(false);
    expect(isEdited(reduce(begun, { kind: "outputs-chosen", outputs: ["b"] }))).toBe(true);
    expect(reduce(typed, OPENED).fieldTexts).toEqual({ inputs: {}, config: {}, overrides: {} });
  });

  it("marks a node as overridden until the override is removed", () => {
    const override = (text: string | null): WorkspaceEvent => ({
      kind: "value-set",
      role: "overrides",
      name: "a",
      text,
    });
    const overridden = workspaceAfter(OPENED, ended(ran(["a"])), override("5"));
    expect(overridden.runs["a"]).toEqual({ state: "overridden" });
    expect(isEdited(overridden)).toBe(true);
    expect(reduce(overridden, override(null)).runs["a"]).toEqual({ state: "stale" });
    const fieldTexts = { inputs: {}, config: {}, overrides: { a: "5" } };
    expect(workspaceAfter({ ...OPENED, fieldTexts } as WorkspaceEvent).runs["a"]).toEqual({ state: "overridden" });
  });

  it("computes all outputs after a whole module is replaced, and the selected ones after other edits", () => {
    const pasted = { ...EDITED, replacesAll: true } as WorkspaceEvent;
    expect(workspaceAfter(OPENED, pasted).outputs).toBeNull();
    expect(workspaceAfter(OPENED, EDITED).outputs).toEqual(["a"]);
    expect(workspaceAfter(OPENED, { kind: "edited", file: "data.csv", text: "2", replacesAll: true }).outputs).toEqual([
      "a",
    ]);
  });

  it("marks changed nodes as stale until the edit is undone or has run", () => {
    const stamped = (stamp: string): GraphView => ({
      ...graph([]),
      nodes: [
        { ...node("a", 1), stamp },
        { ...node("b", 4), stamp: "" },
      ],
    });
    const first = { ...ran(["a", "b"]), graph: stamped("1") };
    const begun = workspaceAfter(OPENED, ended(first));
    const changed = [EDITED, { kind: "outlined", graph: stamped("2") } as WorkspaceEvent].reduce(reduce, begun);
    expect([...changed.stale]).toEqual(["a"]);
    expect(changed.runs["a"]).toEqual({ state: "stale" });
    expect(changed.runs["b"]).toMatchObject({ state: "succeeded" });
    const back = [EDITED, { kind: "outlined", graph: stamped("1") } as WorkspaceEvent].reduce(reduce, changed);
    expect([...back.stale]).toEqual([]);
    expect(back.runs["a"]).toMatchObject({ state: "succeeded" });
    const again = reduce(changed, ended({ ...first, graph: stamped("2") }, runSpecOf(changed)));
    expect([...again.stale]).toEqual([]);
  });

  it("marks everything as stale during a syntax error", () => {
    const broken: WorkspaceEvent = { kind: "outlined", graph: graph([], [problem("SyntaxError")]) };
    expect([...workspaceAfter(OPENED, ended(ran(["a", "b"])), EDITED, broken).stale]).toEqual(["a", "b"]);
  });

  it("drops the preview of a node that is no longer inspected", () => {
    const workspace = workspaceAfter(OPENED, { kind: "node-selected", node: "a", by: "visitor" });
    const place = { row: 0, column: 0 };
    const other = reduce(workspace, { kind: "previewed", node: "b", position: place, preview: null });
    expect(other).toBe(workspace);
  });

  it("shows the previous page of a table until the next one arrives, and drops a skipped page", () => {
    const preview = { kind: "scalar" as const, type: "int", text: "1" };
    const second = { row: 50, column: 0 };
    const third = { row: 100, column: 0 };
    const began = workspaceAfter(OPENED, { kind: "node-selected", node: "b", by: "visitor" });
    const seen = reduce(began, {
      kind: "previewed",
      node: "b",
      position: began.inspected?.position ?? second,
      preview,
    });
    const turned = reduce(reduce(seen, { kind: "position-set", position: second }), {
      kind: "position-set",
      position: third,
    });
    expect(turned.inspected).toMatchObject({ preview, position: third, isLoading: true });
    expect(reduce(turned, { kind: "previewed", node: "b", position: second, preview: null })).toBe(turned);
    const come = reduce(turned, { kind: "previewed", node: "b", position: third, preview: null });
    expect(come.inspected).toEqual({ node: "b", preview: null, position: third, isLoading: false, isReplaced: false });
    expect(reduce(come, ended(ran(["b"]))).inspected).toMatchObject({
      position: third,
      isLoading: true,
    });
  });
});

describe("the visitor's selector and folds", () => {
  it("survive edits, and are reset when other code is opened", () => {
    const selector = { text: "+a", only: true };
    const folded: WorkspaceEvent = { kind: "folds-set", groups: ["module x", "module y"], folded: true };
    const unfolded: WorkspaceEvent = { kind: "folds-set", groups: ["module y"], folded: false };
    const workspace = workspaceAfter(OPENED, { kind: "selector-set", selector }, folded, unfolded, EDITED);
    expect(workspace.selector).toEqual(selector);
    expect(workspace.folds).toEqual({ "module x": true, "module y": false });
    const anew = workspaceAfter(OPENED, { kind: "selector-set", selector }, folded, OPENED);
    expect([anew.selector.text, anew.folds]).toEqual(["", {}]);
  });
});

describe("the node at a line", () => {
  it("is the one whose function contains the line", () => {
    const two = graph(["a", "b"]);
    expect(nodeAt(two, "flow.py", 5)?.name).toBe("b");
    expect(nodeAt(two, "flow.py", 3)).toBeUndefined();
    expect(nodeAt(two, "other.py", 1)).toBeUndefined();
  });
});

describe("a workspace after a change to its files", () => {
  it("shows the files, with the requested one active", () => {
    const workspace = workspaceAfter(OPENED, { kind: "files-changed", files: { "tax.py": "" }, active: "tax.py" });
    expect(workspace).toMatchObject({ files: { "tax.py": "" }, active: "tax.py", view: "code" });
  });

  it("keeps everything known about a renamed node", () => {
    const files = { "flow.py": "def b() -> int: ..." };
    const workspace = workspaceAfter(
      OPENED,
      { kind: "node-selected", node: "a", by: "visitor" },
      { kind: "value-set", role: "overrides", name: "a", text: "5" },
      { kind: "value-set", role: "inputs", name: "days", text: "7" },
      { kind: "selector-set", selector: { text: "+a, tag:a", only: true } },
      { kind: "node-renamed", files, from: "a", to: "b" },
      { kind: "node-renamed", files, from: "days", to: "weeks" },
    );
    expect(workspace.fieldTexts).toEqual({ inputs: { weeks: "7" }, config: {}, overrides: { b: "5" } });
    expect(workspace.selector).toEqual({ text: "+b, tag:a", only: true });
    expect(workspace).toMatchObject({ files, selected: "b", outputs: ["b"], inspected: { node: "b" } });
    expect(workspace.graph.nodes.map(({ name }) => name)).toEqual(["b"]);
    expect(Object.keys(workspace.runs)).toEqual(["b"]);
  });
});

describe("a node renamed to the name of a missing input", () => {
  it("replaces the input in the graph", () => {
    const files = { "flow.py": "def b() -> int: ..." };
    const workspace = workspaceAfter(
      OPENED,
      EDITED,
      { kind: "outlined", graph: graph(["a", "b"]) },
      { kind: "node-renamed", files, from: "a", to: "b" },
    );
    expect(workspace.graph.nodes.map(({ name }) => name)).toEqual(["b"]);
    expect(workspace.run?.graph.nodes.map(({ name }) => name)).toEqual(["b"]);
  });
});

describe("the packages of the code", () => {
  const METADATA = '# /// script\n# dependencies = ["rich"]\n# ///\n';
  const opening = (text: string): WorkspaceEvent => ({
    kind: "opened",
    title: "",
    example: null,
    files: { "flow.py": text },
    outputs: null,
    selected: null,
    trusted: true,
  });
  const checked = (text: string, areMet: boolean): WorkspaceEvent => ({
    kind: "packages-checked",
    files: { "flow.py": text },
    areMet,
  });
  const edit = (text: string): WorkspaceEvent => ({ kind: "edited", file: "flow.py", text });

  it.each<[string, WorkspaceEvent[], Workspace["packages"]]>([
    ["code without metadata is ready", [opening("x")], "ready"],
    ["opened code with metadata is unchecked", [opening(METADATA)], "unchecked"],
    ["new metadata is unchecked", [opening("x"), edit(METADATA)], "unchecked"],
    ["missing packages", [opening(METADATA), checked(METADATA, false)], "missing"],
    ["an edit elsewhere keeps the state", [opening(METADATA), checked(METADATA, true), edit(`${METADATA}y`)], "ready"],
    [
      "changed metadata is checked again",
      [opening(METADATA), checked(METADATA, true), edit(METADATA.replace("rich", "attrs"))],
      "unchecked",
    ],
    ["a check of earlier metadata is ignored", [opening(METADATA), checked("x", true)], "unchecked"],
    ["removed metadata is ready", [opening(METADATA), checked(METADATA, false), edit("x")], "ready"],
    [
      "the same code opened again is unchecked",
      [opening(METADATA), checked(METADATA, false), opening(METADATA)],
      "unchecked",
    ],
  ])("%s", (_, events, expected) => {
    expect(events.reduce(reduce, emptyWorkspace(true)).packages).toBe(expected);
  });
});
