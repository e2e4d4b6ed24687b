/** Decompression of large files without blocking the page. */

import { nextTask } from "./next-task.ts";

/** Bytes that are decompressed in at most ten milliseconds. */
const PIECE = 256 * 1024;

/** Decompress a gzipped file. Check the bytes first: with some servers, the browser has already decompressed it. */
export async function gunzipIfNeeded(file: Blob): Promise<ArrayBuffer> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (first !== 0x1f || second !== 0x8b) return file.arrayBuffer();
  return new Response(inPieces(file.stream()).pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/**
 * Split a stream into small pieces, each in a separate task. A blob's chunks may be megabytes long, and the browser
 * decompresses available chunks without a task in between.
 */
export function inPieces(stream: ReadableStream<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return stream.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      async transform(chunk, controller) {
        for (let start = 0; start < chunk.length; start += PIECE) {
          controller.enqueue(chunk.subarray(start, start + PIECE));
          await nextTask();
        }
      },
    }),
  );
}
