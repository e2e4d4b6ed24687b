/** A link in the forms in which it goes elsewhere. */

export type Copyable = "link" | "markdown" | "badge" | "embed";

export type Shares = Record<Copyable, string>;

/**
 * @param fragment the code, as the codec packs it
 * @param assets the folder of the bundle's own files, from which the site's other pages are found
 */
export function sharesOf(fragment: string, title: string, assets: URL): Shares {
  const link = new URL(`../../play/${fragment}`, assets).href;
  const frame = new URL(`../../embed/${fragment}`, assets).href;
  const badge = new URL("../badge.svg", assets).href;
  return {
    link,
    markdown: `[${inMarkdown(title)} · Headwater](${link})`,
    badge: `[![Open in Headwater](${badge})](${link})`,
    embed: `<iframe src="${frame}" title="${inAttribute(title)}" width="100%" height="600" style="border: 0" loading="lazy" allow="clipboard-write"></iframe>`,
  };
}

function inMarkdown(text: string): string {
  return text.replace(/[\\[\]<>`*_]/g, "\\$&");
}

function inAttribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
