/** The program behind `docs/hooks/playground.py`: an example and an element's attributes in, the element's HTML out. */

import { text } from "node:stream/consumers";
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import type { Example } from "../example.ts";
import { prerender } from "./prerender.ts";

const { attributes, ...example } = JSON.parse(await text(process.stdin)) as Example & {
  attributes: Record<string, string>;
};
process.stdout.write(await prerender(example, attributes, await Graphviz.load()));
