/** Keyboard navigation: arrow keys follow edges along the flow, and move to neighbors across it. */

import type { LaidOutNode, Layout } from "./layout.ts";

export type Move = "onward" | "back" | "before" | "after";

const KEYS: Record<Layout["direction"], Record<string, Move>> = {
  TB: { ArrowDown: "onward", ArrowUp: "back", ArrowLeft: "before", ArrowRight: "after" },
  LR: { ArrowRight: "onward", ArrowLeft: "back", ArrowUp: "before", ArrowDown: "after" },
};

/** Return the node to which a key moves, or null if the key has no meaning or no target. */
export function nodeReachedBy(layout: Layout, from: string, key: string): string | null {
  const start = layout.nodes.find((node) => node.name === from);
  if (start === undefined) return null;
  if (key === "Home") return readingOrder(layout)[0]?.name ?? null;
  if (key === "End") return readingOrder(layout).at(-1)?.name ?? null;
  const move = KEYS[layout.direction][key];
  if (move === undefined) return null;
  return nearest(start, candidates(layout, start, move), layout)?.name ?? null;
}

/** Sort the nodes along the flow, then across it. */
export function readingOrder(layout: Layout): LaidOutNode[] {
  return [...layout.nodes].sort((a, b) => along(layout, a) - along(layout, b) || across(layout, a) - across(layout, b));
}

function candidates(layout: Layout, here: LaidOutNode, step: Move): LaidOutNode[] {
  if (step === "onward" || step === "back") {
    const names = new Set(
      layout.edges
        .filter((edge) => (step === "onward" ? edge.source : edge.target) === here.name)
        .map((edge) => (step === "onward" ? edge.target : edge.source)),
    );
    return layout.nodes.filter((node) => names.has(node.name) && node !== here);
  }
  const sign = step === "after" ? 1 : -1;
  const beyond = layout.nodes.filter((node) => (across(layout, node) - across(layout, here)) * sign > 0.5);
  const beside = beyond.filter((node) => overlapAlong(layout, node, here));
  return beside.length > 0 ? beside : beyond;
}

function nearest(here: LaidOutNode, nodes: LaidOutNode[], layout: Layout): LaidOutNode | undefined {
  const distance = (node: LaidOutNode): number =>
    Math.hypot(along(layout, node) - along(layout, here), across(layout, node) - across(layout, here));
  return nodes.reduce<LaidOutNode | undefined>(
    (best, node) => (best === undefined || distance(node) < distance(best) ? node : best),
    undefined,
  );
}

function overlapAlong(layout: Layout, a: LaidOutNode, b: LaidOutNode): boolean {
  const reach = layout.direction === "TB" ? (a.height + b.height) / 2 : (a.width + b.width) / 2;
  return Math.abs(along(layout, a) - along(layout, b)) < reach;
}

function along(layout: Layout, node: LaidOutNode): number {
  return layout.direction === "TB" ? node.y + node.height / 2 : node.x + node.width / 2;
}

function across(layout: Layout, node: LaidOutNode): number {
  return layout.direction === "TB" ? node.x + node.width / 2 : node.y + node.height / 2;
}
