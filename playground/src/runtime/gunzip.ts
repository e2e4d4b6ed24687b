/** Inflates files of many megabytes while the page goes on to answer its visitor. */

import { nextTask } from "./next-task.ts";

/** So many bytes are gunzipIfNeeded in ten milliseconds or less. */
const PIECE = 256 * 1024;

/** Some servers declare a `.gz` file as an encoding and the browser inflates it; so look at the bytes, not at the name. */
export async function gunzipIfNeeded(arrived: Blob): Promise<ArrayBuffer> {
  const [first, second] = new Uint8Array(await arrived.slice(0, 2).arrayBuffer());
  if (first !== 0x1f || second !== 0x8b) return arrived.arrayBuffer();
  return new Response(inPieces(arrived.stream()).pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/**
 * The same bytes in small pieces, each in a task of its own. The parts of a blob may have megabytes, and one is gunzipIfNeeded as a
 * whole, with no task in between if the next is there already.
 */
export function inPieces(stream: ReadableStream<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return stream.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      async transform(part, controller) {
        for (let at = 0; at < part.length; at += PIECE) {
          controller.enqueue(part.subarray(at, at + PIECE));
          await nextTask();
        }
      },
    }),
  );
}
