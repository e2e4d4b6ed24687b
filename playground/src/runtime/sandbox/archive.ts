/** A reader for the build's archives. They are not compressed, so a member is a view of the archive and need not be copied. */

const END_RECORD = 0x06054b50;
const END_LENGTH = 22;

export function* members(archive: ArrayBuffer): Generator<[name: string, content: Uint8Array]> {
  const view = new DataView(archive);
  const end = archive.byteLength - END_LENGTH;
  if (end < 0 || view.getUint32(end, true) !== END_RECORD)
    throw new Error("This file is not an archive from this build.");
  const count = view.getUint16(end + 10, true);
  const decoder = new TextDecoder();
  for (let at = view.getUint32(end + 16, true), index = 0; index < count; index++) {
    const size = view.getUint32(at + 24, true);
    const nameLength = view.getUint16(at + 28, true);
    const local = view.getUint32(at + 42, true);
    const name = decoder.decode(new Uint8Array(archive, at + 46, nameLength));
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    yield [name, new Uint8Array(archive, start, size)];
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
}
