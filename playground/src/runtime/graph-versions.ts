/** The graphs that the page has of each session, so that Python need only tell what has changed. */

import type { GraphChange, GraphView, NodeView } from "../protocol.ts";
import { Crashed } from "./failures.ts";

/** A graph that a reply has brought. */
interface Version {
  version: number;
  graph: GraphView;
}

export class GraphVersions {
  readonly #latest = new Map<string, Version>();

  /** Where Python begins anew, it does not know what it told before. */
  forget(): void {
    this.#latest.clear();
  }

  close(session: string): void {
    this.#latest.delete(session);
  }

  /** The version that the page has; a reply to a request that names it is to be completed with what this returns. */
  latest(session: string): Version | undefined {
    return this.#latest.get(session);
  }

  /**
   * The whole graph of a reply to a request that named `base`.
   *
   * @throws Crashed where it is a change of another graph: only code that has taken the place of the engine says so
   */
  completed(
    session: string,
    told: GraphView | GraphChange,
    version: number | undefined,
    base: Version | undefined,
  ): GraphView {
    this.#latest.delete(session);
    const graph = "since" in told ? changed(told, base) : told;
    if (version !== undefined) this.#latest.set(session, { version, graph });
    return graph;
  }
}

function changed(change: GraphChange, base: Version | undefined): GraphView {
  if (base === undefined || change.since !== base.version) throw senseless();
  const nodes = new Map(base.graph.nodes.map((node) => [node.name, node]));
  for (const node of change.nodes) nodes.set(node.name, node);
  const order = change.order ?? base.graph.nodes.map(({ name }) => name);
  return {
    nodes: order.map((name) => known(nodes, name)),
    edges: change.edges ?? base.graph.edges,
    problems: change.problems,
    ...(change.config && { config: change.config }),
  };
}

function known(nodes: ReadonlyMap<string, NodeView>, name: string): NodeView {
  const node = nodes.get(name);
  if (node === undefined) throw senseless();
  return node;
}

function senseless(): Crashed {
  return new Crashed("Python sent a change to a graph that the page does not have. Run the code again.");
}
