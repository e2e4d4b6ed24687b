/** A drawing as a PNG, drawn by the browser itself. */

import type { StandaloneSvg } from "./svg.ts";

/** Sharp on dense screens. */
const SCALE = 2;
/** What every browser's canvas can hold. */
const LONGEST_SIDE = 8192;

/** @throws Error with a sentence for the visitor */
export async function pngOf({ text, width, height }: StandaloneSvg): Promise<Blob> {
  const scale = Math.min(SCALE, LONGEST_SIDE / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  const image = new Image(canvas.width, canvas.height);
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    image.src = address;
    await image.decode();
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  } finally {
    URL.revokeObjectURL(address);
  }
  const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (png === null) throw new Error("The browser could not make a PNG of a drawing as large as this. Take the SVG.");
  return png;
}
