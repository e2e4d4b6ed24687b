/** A drawing as a PNG, rendered by the browser. */

import type { StandaloneSvg } from "./svg.ts";

/** Pixels per unit of the drawing, for high-resolution screens. */
const SCALE = 2;
/** The longest canvas side that every browser supports, in pixels. */
const MAX_SIDE = 8192;

/** @throws Error with a message for the visitor */
export async function pngOf({ text, width, height }: StandaloneSvg): Promise<Blob> {
  const scale = Math.min(SCALE, MAX_SIDE / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  const image = new Image(canvas.width, canvas.height);
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    image.src = url;
    await image.decode();
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  } finally {
    URL.revokeObjectURL(url);
  }
  const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (png === null) throw new Error("This graph is too large for a PNG. Save it as SVG instead.");
  return png;
}
