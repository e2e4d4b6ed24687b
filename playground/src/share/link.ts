/** The link to a workspace. */

import { isInlineExample } from "../example.ts";
import type { FieldTexts } from "../protocol.ts";
import type { Workspace } from "../state/workspace.ts";
import { diffFiles } from "./changes.ts";
import { encode, type LinkContent } from "./codec.ts";
import { editionOf } from "./editions.ts";

type SharedWorkspace = Pick<Workspace, "title" | "example" | "files" | "outputs" | "fieldTexts" | "selected">;

/**
 * Return the link's fragment, including its `#`. Everything that the example already defines is omitted.
 *
 * @throws Unshareable if the workspace does not fit into a link
 */
export async function linkTo({
  title,
  example: source,
  files,
  outputs,
  fieldTexts,
  selected,
}: SharedWorkspace): Promise<string> {
  const example = source === null || isInlineExample(source) ? null : source;
  const base = example?.files ?? {};
  const defaults = example?.outputs ?? null;
  const content: LinkContent = {
    engine: __ENGINE_VERSION__,
    ...(title === example?.title || title === "" ? {} : { title }),
    ...(JSON.stringify(outputs) === JSON.stringify(defaults) ? {} : { outputs }),
    ...(isEmpty(fieldTexts) ? {} : { given: withoutEmptyOverrides(fieldTexts) }),
    ...(selected === null ? {} : { selected }),
    ...diffFiles(base, files),
  };
  return encode(content, example === null ? null : { example: example.name, edition: editionOf(base) }, base);
}

function isEmpty(fieldTexts: FieldTexts): boolean {
  return Object.values(fieldTexts).every((values) => Object.keys(values).length === 0);
}

function withoutEmptyOverrides({ overrides, ...values }: FieldTexts): NonNullable<LinkContent["given"]> {
  return Object.keys(overrides).length === 0 ? values : { ...values, overrides };
}
