/** A link in the forms in which it goes elsewhere. */

import { type FrameOptions, frameHtml } from "./frame.ts";

export type Copyable = "link" | "markdown" | "badge" | "embed";

export type LinkFormats = Record<Copyable, string>;

/**
 * @param fragment the code, as the codec packs it
 * @param assets the folder of the bundle's own files, from which the site's other pages are found
 */
export function linkFormatsOf(fragment: string, title: string, assets: URL, frame: FrameOptions): LinkFormats {
  title = onOneLine(title);
  const link = new URL(`../../play/${fragment}`, assets).href;
  const badge = new URL("../badge.svg", assets).href;
  return {
    link,
    markdown: `[${inMarkdown(title)} · Headwater](${link})`,
    badge: `[![Open in Headwater](${badge})](${link})`,
    embed: frameHtml(new URL("../../embed/", assets), fragment, title, frame),
  };
}

/** Without line breaks, which would end what the title stands in, and without characters that nobody sees. */
function onOneLine(text: string): string {
  return text.replace(/[\p{C}\p{Z}]+/gu, " ").trim();
}

function inMarkdown(text: string): string {
  return text.replace(/[\\[\]<>`*_]/g, "\\$&");
}
