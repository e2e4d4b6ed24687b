import { nothing } from "lit/html.js";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { GalleryController } from "../../src/gallery/gallery-controller.ts";

let gallery: GalleryController;
let messages: string[];

beforeEach(() => {
  messages = [];
  gallery = new GalleryController({
    root: { adoptedStyleSheets: [], querySelector: () => null } as unknown as ShadowRoot,
    assets: new URL("https://example.org/"),
    requestUpdate: () => undefined,
    current: () => null,
    show: () => undefined,
    notify: (message) => messages.push(message),
  });
});

afterEach(() => vi.unstubAllGlobals());

it("reports that the examples cannot be listed, and lists them on the next attempt", async () => {
  vi.stubGlobal("fetch", async () => new Response("", { status: 503 }));
  await gallery.open();
  expect(messages).toEqual(["The examples could not be listed. The list of examples could not be fetched (HTTP 503)."]);
  expect(gallery.template()).toBe(nothing);
  vi.stubGlobal("fetch", async () => Response.json([]));
  gallery.reopen();
  await vi.waitUntil(() => gallery.template() !== nothing, { timeout: 10_000 });
});
