/** The lengths of the corpus's links, printed as JSON. Node alone cannot read TypeScript. */

import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const lengths = fileURLToPath(new URL("./lengths.ts", import.meta.url));
const define = { __ENGINE_VERSION__: '"0.1.0"' };
const { module } = await runnerImport(lengths, { configFile: false, logLevel: "error", define });
process.stdout.write(JSON.stringify(module));
