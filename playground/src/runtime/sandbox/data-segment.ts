/** The data segment of an extension: the initial contents of its memory, which are a part of its WebAssembly file. */

const HEADER_LENGTH = 8;
const DATA_SECTION = 11;
/** The byte that marks an active segment, and the opcodes of its offset. The offset is an imported global, the memory base. */
const ACTIVE = 0x00;
const GLOBAL_GET = 0x23;
const END = 0x0b;

/**
 * Return the data segment as a view of the file, empty if there is none.
 *
 * @throws Error if there are several segments, or one that is not at the memory base. The linker never writes such a file.
 */
export function dataSegment(file: Uint8Array): Uint8Array {
  const reader = new Reader(file, HEADER_LENGTH);
  while (reader.at < file.length) {
    const section = reader.byte();
    const length = reader.number();
    if (section === DATA_SECTION) return onlySegment(reader);
    reader.at += length;
  }
  return new Uint8Array();
}

function onlySegment(reader: Reader): Uint8Array {
  const count = reader.number();
  const kind = reader.byte();
  const [instruction, , end] = [reader.byte(), reader.number(), reader.byte()];
  if (count !== 1 || kind !== ACTIVE || instruction !== GLOBAL_GET || end !== END) {
    throw new Error("This extension's data is not a single segment at its memory base.");
  }
  return reader.bytes(reader.number());
}

class Reader {
  readonly #file: Uint8Array;
  at: number;

  constructor(file: Uint8Array, start: number) {
    this.#file = file;
    this.at = start;
  }

  byte(): number {
    const byte = this.#file[this.at++];
    if (byte === undefined) throw new Error("This extension's file is truncated.");
    return byte;
  }

  /** Read an unsigned integer of variable length (LEB128). */
  number(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
  }

  bytes(length: number): Uint8Array {
    const bytes = this.#file.subarray(this.at, this.at + length);
    if (bytes.length < length) throw new Error("This extension's file is truncated.");
    this.at += length;
    return bytes;
  }
}
