/** Decompression of runtime files. Compressed with zstd, they are a tenth to a third smaller than with gzip. */

import { decompress as decompressZstd } from "fzstd";

/** Decompress a file. Reject if it is damaged. */
export type Decompress = (file: Blob) => Promise<ArrayBuffer>;

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];

/** Decompress a file in this thread. Check its first bytes: with some servers, the browser has already decompressed it. */
export const decompress: Decompress = async (file) => {
  const packed = await file.arrayBuffer();
  const start = new Uint8Array(packed.slice(0, MAGIC.length));
  if (MAGIC.some((byte, at) => start[at] !== byte)) return packed;
  const content = decompressZstd(new Uint8Array(packed));
  // fzstd returns a small file as part of a larger buffer.
  return (content.byteLength === content.buffer.byteLength ? content : content.slice()).buffer as ArrayBuffer;
};
