/** Prints how long the links of the corpus are, as JSON: Node alone reads no TypeScript. */

import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const lengths = fileURLToPath(new URL("./lengths.ts", import.meta.url));
const define = { __ENGINE_VERSION__: '"0.1.0"' };
const { module } = await runnerImport(lengths, { configFile: false, logLevel: "error", define });
process.stdout.write(JSON.stringify(module));
