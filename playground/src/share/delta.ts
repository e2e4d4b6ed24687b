/** What a link says of files: those of an example only as far as they differ, and what many say by its place in the lexicon. */

import type { Example } from "../example.ts";
import { own } from "../own.ts";
import type { Files } from "../protocol.ts";
import { BadLink } from "./bad-link.ts";
import { editionOf } from "./editions.ts";
import { fits, patched } from "./patch.ts";
import type { Shared } from "./shared.ts";
import { BadTelling, retold, told } from "./telling.ts";

type Changes = Pick<Shared, "files" | "told" | "edition"> & { example?: string };

/** A text of its own that is longer than this is data, of which the lexicon knows nothing. */
const LONGEST_OWN = 50_000;
/** All that a link unfolds to, in characters. */
export const LARGEST_TEXT = 2_000_000;

/** @param shortest the least number of characters that are named rather than written; null to write all */
export async function changes(example: Example | null, files: Files, shortest: number | null): Promise<Changes> {
  const { LEXICON } = await import("./lexicon.ts");
  const whole: Shared["files"] = {};
  const tellings: Record<string, string> = {};
  for (const [name, text] of Object.entries(files)) {
    const base = own(example?.files, name);
    if (base === text) continue;
    const isWorthIt = base !== undefined || text.length <= LONGEST_OWN;
    const telling = shortest === null || !isWorthIt ? null : told(text, knownOf(base, LEXICON), shortest);
    if (telling === null) whole[name] = text;
    else tellings[name] = telling;
  }
  for (const name of Object.keys(example?.files ?? {})) {
    if (!(name in files)) whole[name] = null;
  }
  return {
    ...(example === null ? {} : { example: example.name, edition: editionOf(example.files) }),
    files: whole,
    ...(Object.keys(tellings).length === 0 ? {} : { told: tellings }),
  };
}

/**
 * The files of a link: those of its example, with the changes made to them.
 *
 * @param base the files of the example as they were when the link was made; empty for code without an example
 * @throws BadLink if the changes do not belong to them, or nothing is left
 */
export async function applied(base: Files, shared: Shared): Promise<Files> {
  const files: Files = { ...base };
  for (const [name, text] of Object.entries(shared.files)) {
    if (text === null) delete files[name];
    else files[name] = text;
  }
  for (const [name, patch] of Object.entries(shared.patches ?? {})) {
    if (!fits(own(base, name), patch)) throw new BadLink(`It holds changes to ${name} of another text than there is.`);
    files[name] = patched(own(base, name) ?? "", patch);
  }
  Object.assign(files, await retoldFiles(base, shared.told ?? {}));
  if (Object.keys(files).length === 0) throw new BadLink("It holds no file.");
  return files;
}

async function retoldFiles(base: Files, tellings: Record<string, string>): Promise<Files> {
  if (Object.keys(tellings).length === 0) return {};
  const { LEXICON } = await import("./lexicon.ts");
  const files: Files = {};
  let left = LARGEST_TEXT;
  for (const [name, telling] of Object.entries(tellings)) {
    try {
      const text = retold(telling, knownOf(own(base, name), LEXICON), left);
      left -= text.length;
      files[name] = text;
    } catch (error) {
      if (error instanceof BadTelling) throw new BadLink(error.message);
      throw error;
    }
  }
  return files;
}

function knownOf(base: string | undefined, lexicon: string): string {
  return (base ?? "") + lexicon;
}
