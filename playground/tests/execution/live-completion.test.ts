import { beforeEach, describe, expect, it } from "vitest";
import { LiveCompletion } from "../../src/execution/live-completion.ts";
import type { AttributeView, CompletionView, RunView } from "../../src/protocol.ts";
import { BootFailed, Stopped, Superseded } from "../../src/runtime/failures.ts";
import type { AttributeDescription, CodePosition } from "../../src/runtime/runtime.ts";
import type { WorkspaceEvent } from "../../src/state/events.ts";
import { Store } from "../../src/state/store.ts";
import { emptyWorkspace, runSpecOf } from "../../src/state/workspace.ts";

const KEY: CompletionView = { name: "rain", type: "float64" };
const ATTRIBUTE: AttributeView = { name: "head", kind: "function" };
const DESCRIPTION: AttributeDescription = { signature: "head(n=5)", summary: "Return the first rows." };
const POSITION: CodePosition = { file: "flow.py", text: "df.", line: 1, column: 3 };
const GRAPH = { nodes: [], edges: [], problems: [] };
const RUN: RunView = {
  ok: true,
  seconds: 0,
  ran: 0,
  reused: 0,
  total: 0,
  nodes: {},
  outputs: {},
  graph: GRAPH,
  problems: [],
};

class FakeRuntime {
  readonly requested: string[] = [];
  keysReply: Promise<readonly CompletionView[]> = Promise.resolve([KEY]);
  attributesReply = async (): Promise<readonly AttributeView[]> => [ATTRIBUTE];
  describeReply = async (): Promise<AttributeDescription> => DESCRIPTION;

  keys(_session: string, node: string): Promise<readonly CompletionView[]> {
    this.requested.push(node);
    return this.keysReply;
  }

  attributes(): Promise<readonly AttributeView[]> {
    return this.attributesReply();
  }

  describe(): Promise<AttributeDescription> {
    return this.describeReply();
  }
}

function opened(trusted: boolean): WorkspaceEvent {
  const files = { "flow.py": "a = 1" };
  return { kind: "opened", title: "Flow", example: null, files, outputs: null, selected: null, trusted };
}

describe("completion from the values in Python", () => {
  let runtime: FakeRuntime;
  let store: Store;
  let completion: LiveCompletion;

  beforeEach(() => {
    runtime = new FakeRuntime();
    store = new Store(emptyWorkspace(true));
    store.send(opened(true));
    completion = new LiveCompletion(store, runtime, "one");
  });

  function run(): void {
    const request = runSpecOf(store.workspace);
    store.send({ kind: "run-started", request });
    store.send({ kind: "run-ended", request, result: RUN });
  }

  it("requests keys only while values are in memory, and drops them if other code is opened or Python is stopped", async () => {
    expect(await completion.keysOf("sales")).toEqual([]);
    run();
    expect(await completion.keysOf("sales")).toEqual([KEY]);
    expect(runtime.requested).toEqual(["sales"]);
    const outdated = completion.keysOf("sales");
    store.send(opened(true));
    expect(await outdated).toEqual([]);
    run();
    runtime.keysReply = Promise.reject(new Stopped("Stopped."));
    expect(await completion.keysOf("sales")).toEqual([]);
    expect(store.workspace.notice).toBeNull();
  });

  it("requests keys again if a run ends in the meantime", async () => {
    run();
    const answers = [Promise.resolve([KEY]), Promise.resolve([KEY, { name: "sun", type: "int64" }])];
    runtime.keys = async () => (await answers.shift()) ?? [];
    const keys = completion.keysOf("sales");
    run();
    expect(await keys).toEqual([KEY, { name: "sun", type: "int64" }]);
  });

  it("requests attributes only for trusted code", async () => {
    expect(await completion.attributesAt(POSITION)).toEqual([ATTRIBUTE]);
    store.send(opened(false));
    expect(await completion.attributesAt(POSITION)).toEqual([]);
  });

  it("reports that attributes cannot be completed, until a completion succeeds", async () => {
    runtime.attributesReply = () => Promise.reject(new BootFailed("jedi.zip is damaged."));
    expect(await completion.attributesAt(POSITION)).toBeNull();
    const message = "Attributes cannot be completed: jedi.zip is damaged. Type another dot to try again.";
    store.send({ kind: "edited", file: "flow.py", text: "a = 2" });
    expect(store.workspace.notice).toEqual({ message, about: "completion" });
    runtime.attributesReply = () => Promise.reject(new Stopped("Stopped."));
    expect(await completion.attributesAt(POSITION)).toEqual([]);
    expect(store.workspace.notice).not.toBeNull();
    runtime.attributesReply = async () => [ATTRIBUTE];
    await completion.attributesAt(POSITION);
    expect(store.workspace.notice).toBeNull();
  });

  it("describes an attribute unless a newer request replaces this one", async () => {
    expect(await completion.describeAttribute("head")).toEqual(DESCRIPTION);
    runtime.describeReply = () => Promise.reject(new Superseded("A newer request replaced this one."));
    expect(await completion.describeAttribute("head")).toBeNull();
  });
});
