/** The URL that opens the code of an element in the full-page playground. */

import { allow } from "../share/consent-store.ts";
import { linkTo } from "../share/link.ts";
import type { Workspace } from "../state/workspace.ts";

/**
 * Return the URL, and allow trusted code to run there without asking again.
 *
 * @throws Unshareable if the code does not fit into a link
 */
export async function ownLink(assets: URL, workspace: Workspace): Promise<string> {
  const fragment = await linkTo(workspace);
  if (workspace.trusted) await allow(workspace);
  return new URL(`../../play/${fragment}`, assets).href;
}
