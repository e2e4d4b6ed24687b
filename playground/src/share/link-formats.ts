/** A link in each format that can be copied. */

import { type FrameOptions, frameHtml } from "./frame.ts";

export type Copyable = "link" | "markdown" | "badge" | "embed";

export type LinkFormats = Record<Copyable, string>;

/**
 * @param fragment the encoded dataflow
 * @param assets the base URL of the bundle's files, from which the URLs of the site's pages are derived
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

/** Remove line breaks, which would end the Markdown link, and invisible characters. */
function onOneLine(text: string): string {
  return text.replace(/[\p{C}\p{Z}]+/gu, " ").trim();
}

function inMarkdown(text: string): string {
  return text.replace(/[\\[\]<>`*_]/g, "\\$&");
}
