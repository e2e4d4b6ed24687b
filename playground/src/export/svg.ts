/** A self-contained SVG of the drawing, with the page's styles as attributes. */

import { render } from "lit/html.js";
import { type GraphProps, graphTemplate } from "../graph/graph-template.ts";
import { xmlText } from "./xml-text.ts";

export interface StandaloneSvg {
  text: string;
  width: number;
  height: number;
}

/** Style properties that are also attributes of SVG elements. */
const STYLED = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
] as const;

/** Attributes that only the page needs. */
const LIVE = [
  "class",
  "style",
  "role",
  "tabindex",
  "aria-pressed",
  "aria-label",
  "aria-hidden",
  "data-node",
  "data-state",
];

/** @param root the root in which the page's style sheets apply */
export function standaloneSvg(
  root: ShadowRoot,
  picture: Pick<GraphProps, "layout" | "graph" | "runs">,
  title: string,
): StandaloneSvg {
  const stage = document.createElement("div");
  stage.className = "graph-pane";
  stage.style.cssText = "position: absolute; width: 0; height: 0; visibility: hidden";
  root.append(stage);
  try {
    render(graphTemplate({ ...picture, selected: null, tooltips: true }), stage);
    const drawn = stage.querySelector("svg");
    if (drawn === null) throw new Error("The graph is empty.");
    return serialize(drawn, title, getComputedStyle(stage).backgroundColor);
  } finally {
    stage.remove();
  }
}

function serialize(drawn: SVGSVGElement, title: string, fill: string): StandaloneSvg {
  const { x, y, width, height } = drawn.viewBox.baseVal;
  for (const part of drawn.querySelectorAll("*")) if (part.localName !== "title") fix(part);
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  for (const part of [copy, ...copy.querySelectorAll("*")]) for (const name of LIVE) part.removeAttribute(name);
  dropComments(copy);
  cleanTexts(copy);
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  copy.setAttribute("role", "img");
  copy.prepend(titleOf(title), background({ x, y, width, height }, fill));
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

/** Write the computed style of an element to its attributes. Groups need only their opacity. */
function fix(part: Element): void {
  const style = getComputedStyle(part);
  const names = part.localName === "g" ? (["opacity"] as const) : STYLED;
  for (const name of names) {
    if (name.startsWith("font") && part.localName !== "text") continue;
    const value = style.getPropertyValue(name);
    if (!isInitial(name, value)) part.setAttribute(name, value);
  }
}

function isInitial(name: (typeof STYLED)[number], value: string): boolean {
  if (name === "opacity") return value === "1";
  return (name === "stroke" || name === "stroke-dasharray") && value === "none";
}

function dropComments(svg: SVGSVGElement): void {
  const walker = document.createTreeWalker(svg, NodeFilter.SHOW_COMMENT);
  const comments: Node[] = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  for (const comment of comments) comment.parentNode?.removeChild(comment);
}

/** Replace characters that XML does not allow. The text comes from the code, so it may contain any character. */
function cleanTexts(svg: SVGSVGElement): void {
  const walker = document.createTreeWalker(svg, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) walker.currentNode.nodeValue = xmlText(walker.currentNode.nodeValue ?? "");
  for (const part of [svg, ...svg.querySelectorAll("*")]) {
    for (const attribute of part.attributes) attribute.value = xmlText(attribute.value);
  }
}

function titleOf(text: string): SVGTitleElement {
  const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
  title.textContent = xmlText(text);
  return title;
}

function background(area: Record<"x" | "y" | "width" | "height", number>, fill: string): SVGRectElement {
  const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of Object.entries(area)) rect.setAttribute(name, String(value));
  rect.setAttribute("fill", fill);
  return rect;
}
