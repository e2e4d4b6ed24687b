/** The shadow root that an element comes with: drawn when the site was built, and shown until the live one takes over. */

import type { Layout } from "../graph/layout.ts";

/**
 * The element's shadow root. The parser has attached the drawn one already, unless the page was exchanged by instant
 * navigation: its parser leaves the `<template>` lying, and it is attached here.
 */
export function shadowRootOf(element: HTMLElement): ShadowRoot {
  if (element.shadowRoot !== null) return element.shadowRoot;
  const root = element.attachShadow({ mode: "open" });
  const template = element.querySelector<HTMLTemplateElement>(":scope > template[shadowrootmode]");
  if (template !== null) {
    root.append(template.content.cloneNode(true));
    template.remove();
  }
  return root;
}

/** The places of the drawn graph's parts, so that the live graph stands where the drawn one stood. */
export function prerenderedLayout(root: ShadowRoot): Layout | null {
  const text = root.querySelector<HTMLElement>("[data-layout]")?.dataset["layout"];
  return text === undefined ? null : (JSON.parse(text) as Layout);
}
