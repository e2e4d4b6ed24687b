/**
 * The program that `docs/hooks/playground.py` runs. It reads one example per line, with the attributes of an
 * element, and writes one line per example: HTML as a JSON string.
 */

import { createInterface } from "node:readline";
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import type { Example } from "../example.ts";
import { prerender } from "./prerender.ts";

type Request = Example & { attributes: Record<string, string> };

const graphviz = await Graphviz.load();
for await (const line of createInterface({ input: process.stdin })) {
  const { attributes, ...example } = JSON.parse(line) as Request;
  process.stdout.write(`${JSON.stringify(await prerender(example, attributes, graphviz))}\n`);
}
