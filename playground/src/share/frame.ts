/** An HTML frame that embeds a dataflow on another site. */

import type { EmbedOptions } from "../embed/options.ts";

export type FrameOptions = Pick<EmbedOptions, "view" | "mode" | "theme"> & { height: number };

export const DEFAULT_FRAME: FrameOptions = { view: "split", mode: "edit", theme: "auto", height: 600 };

/**
 * @param page the URL of the site's page for frames
 * @param fragment the encoded dataflow
 */
export function frameHtml(page: URL, fragment: string, title: string, options: FrameOptions): string {
  const url = new URL(page);
  for (const name of ["view", "mode", "theme"] as const) {
    if (options[name] !== DEFAULT_FRAME[name]) url.searchParams.set(name, options[name]);
  }
  url.hash = fragment;
  return `<iframe src="${inAttribute(url.href)}" title="${inAttribute(title)}" width="100%" height="${options.height}" style="border: 0" loading="lazy" allow="clipboard-write"></iframe>`;
}

function inAttribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
