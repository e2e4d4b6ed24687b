/** Decompression of large files without blocking the page. */

import { nextTask } from "./next-task.ts";

/** A number of bytes that is decompressed in at most ten milliseconds. */
const PIECE = 256 * 1024;

/** Decompress a gzipped file. Check its first bytes: with some servers, the browser has already decompressed it. */
export async function gunzipIfNeeded(file: Blob): Promise<ArrayBuffer> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (first !== 0x1f || second !== 0x8b) return file.arrayBuffer();
  return new Response(inPieces(file.stream()).pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/**
 * Split a stream into small pieces, each in a separate task. A blob's chunks may be megabytes long, and the browser
 * decompresses all available chunks in one task.
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
