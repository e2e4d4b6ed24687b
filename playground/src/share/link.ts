/** The link to a workspace: what it carries, packed. */

import { isOfPage } from "../example.ts";
import type { Given } from "../protocol.ts";
import type { Workspace } from "../state/workspace.ts";
import { encode, type Shared } from "./codec.ts";
import { changes } from "./delta.ts";

type Shown = Pick<Workspace, "title" | "example" | "files" | "outputs" | "given" | "selected">;

/**
 * @returns the fragment, its `#` included
 * @throws Unshareable where it is too much for a link
 */
export async function linkTo(shown: Shown): Promise<string> {
  const tries = await Promise.allSettled(NAMED_FROM.map(async (shortest) => encode(await carried(shown, shortest))));
  const links = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const [first] = tries;
  if (links.length === 0 && first?.status === "rejected") throw first.reason;
  return links.reduce((best, link) => (link.length < best.length ? link : best));
}

/** From how many characters on a piece is named rather than written. What is best depends on the code: all are tried. */
const NAMED_FROM = [null, 5, 6, 7, 8, 10, 13, 18];

/** What the link carries; what its example says already is left out. */
async function carried(
  { title, example: origin, files, outputs, given, selected }: Shown,
  shortest: number | null,
): Promise<Shared> {
  const example = origin === null || isOfPage(origin) ? null : origin;
  const usual = example?.outputs ?? null;
  return {
    engine: __ENGINE_VERSION__,
    ...(title === example?.title || title === "" ? {} : { title }),
    ...(JSON.stringify(outputs) === JSON.stringify(usual) ? {} : { outputs }),
    ...(isNothing(given) ? {} : { given: withoutNothing(given) }),
    ...(selected === null ? {} : { selected }),
    ...(await changes(example, files, shortest)),
  };
}

function isNothing(given: Given): boolean {
  return Object.values(given).every((values) => Object.keys(values).length === 0);
}

function withoutNothing({ overrides, ...given }: Given): NonNullable<Shared["given"]> {
  return Object.keys(overrides).length === 0 ? given : { ...given, overrides };
}
