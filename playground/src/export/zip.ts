/** Zip archives of files in one folder. */

import { strToU8, zip } from "fflate";

export function zipFiles(folder: string, files: Readonly<Record<string, string>>): Promise<Uint8Array<ArrayBuffer>> {
  const members = Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, strToU8(text)]));
  return new Promise((resolve, reject) => {
    zip(members, (error, archive) => {
      if (error !== null) reject(error);
      else resolve(archive as Uint8Array<ArrayBuffer>);
    });
  });
}
