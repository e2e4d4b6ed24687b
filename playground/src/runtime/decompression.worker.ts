/** The worker that decompresses files; see `decompression-worker.ts`. */

import { decompress } from "./decompression.ts";
import type { DecompressionAnswer, DecompressionTask } from "./decompression-worker.ts";

/** Exists only in workers; TypeScript uses the types of a document here. */
declare function postMessage(answer: DecompressionAnswer, transfer: Transferable[]): void;

addEventListener("message", ({ data: { id, file } }: MessageEvent<DecompressionTask>) => {
  decompress(file).then(
    (content) => postMessage({ id, content }, [content]),
    (error: unknown) => postMessage({ id, error: String(error) }, []),
  );
});
