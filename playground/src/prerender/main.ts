/** The program that `docs/hooks/playground.py` runs: it reads an example and an element's attributes, and writes HTML. */

import { text } from "node:stream/consumers";
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import type { Example } from "../example.ts";
import { prerender } from "./prerender.ts";

const { attributes, ...example } = JSON.parse(await text(process.stdin)) as Example & {
  attributes: Record<string, string>;
};
process.stdout.write(await prerender(example, attributes, await Graphviz.load()));
