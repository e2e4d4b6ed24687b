/** The link to a workspace: what it carries, packed. */

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
  return encode(await carried(shown));
}

/** What the link carries; what its example says already is left out. */
export async function carried({ title, example, files, outputs, given, selected }: Shown): Promise<Shared> {
  const same = example !== null && JSON.stringify(outputs) === JSON.stringify(example.outputs);
  return {
    engine: __ENGINE_VERSION__,
    ...(title === example?.title ? {} : { title }),
    ...(outputs === null || same ? {} : { outputs }),
    ...(isNothing(given) ? {} : { given: withoutNothing(given) }),
    ...(selected === null ? {} : { selected }),
    ...(await changes(example, files)),
  };
}

function isNothing(given: Given): boolean {
  return Object.values(given).every((values) => Object.keys(values).length === 0);
}

function withoutNothing({ overrides, ...given }: Given): NonNullable<Shared["given"]> {
  return Object.keys(overrides).length === 0 ? given : { ...given, overrides };
}
