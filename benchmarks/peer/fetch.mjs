// @ts-check
/** Download the files that the peer's page needs in addition to the playground's files: `node benchmarks/peer/fetch.mjs`. */

import { fetchFiles } from "../../playground/runtime/fetch.mjs";
import { readPinned } from "../../playground/runtime/pinned.mjs";
import { paths } from "../../playground/runtime/paths.mjs";
import { Sources } from "../../playground/runtime/sources.mjs";

const { files } = await readPinned(new URL("files.json", import.meta.url));
await fetchFiles(files, paths.files, Sources.of, (line) => console.log(`peer: ${line}`));
