/** The latest graph of each session on the page. Python sends only the changes to the latest graph. */

import type { GraphChange, GraphView, NodeView } from "../protocol.ts";
import { Crashed } from "./failures.ts";

interface GraphVersion {
  version: number;
  graph: GraphView;
}

export class GraphVersions {
  readonly #latest = new Map<string, GraphVersion>();

  /** Discard all graphs: a new interpreter does not have them. */
  forget(): void {
    this.#latest.clear();
  }

  close(session: string): void {
    this.#latest.delete(session);
  }

  /** Return the latest graph of a session. Pass it to `complete` with the reply to a request that names its version. */
  latest(session: string): GraphVersion | undefined {
    return this.#latest.get(session);
  }

  /**
   * Return the full graph from a reply that may contain only the changes since `base`.
   *
   * @throws Crashed if the change applies to another graph: only code that replaced the engine sends such changes
   */
  complete(
    session: string,
    reply: GraphView | GraphChange,
    version: number | undefined,
    base: GraphVersion | undefined,
  ): GraphView {
    this.#latest.delete(session);
    const graph = "since" in reply ? applyChange(reply, base) : reply;
    if (version !== undefined) this.#latest.set(session, { version, graph });
    return graph;
  }
}

function applyChange(change: GraphChange, base: GraphVersion | undefined): GraphView {
  if (base === undefined || change.since !== base.version) throw unknownGraph();
  const nodes = new Map(base.graph.nodes.map((node) => [node.name, node]));
  for (const node of change.nodes) nodes.set(node.name, node);
  const order = change.order ?? base.graph.nodes.map(({ name }) => name);
  return {
    nodes: order.map((name) => nodeNamed(nodes, name)),
    edges: change.edges ?? base.graph.edges,
    problems: change.problems,
    ...(change.config && { config: change.config }),
  };
}

function nodeNamed(nodes: ReadonlyMap<string, NodeView>, name: string): NodeView {
  const node = nodes.get(name);
  if (node === undefined) throw unknownGraph();
  return node;
}

function unknownGraph(): Crashed {
  return new Crashed("Python sent a change to an unknown graph. Run the code again.");
}
