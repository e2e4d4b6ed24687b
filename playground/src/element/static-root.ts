/** The prerendered shadow root of an element, shown until the live element replaces it. */

import type { Layout } from "../graph/layout.ts";

/**
 * Return the element's shadow root.
 *
 * The parser attaches a prerendered shadow root. After instant navigation, this function attaches the `<template>` instead.
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

/** Return the layout of the prerendered graph, so that the live graph uses the same layout. */
export function prerenderedLayout(root: ShadowRoot): Layout | null {
  const text = root.querySelector<HTMLElement>("[data-layout]")?.dataset["layout"];
  return text === undefined ? null : (JSON.parse(text) as Layout);
}
