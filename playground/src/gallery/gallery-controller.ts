/** The controller of the Examples dialog, which is loaded on first use. */

import { nothing, type TemplateResult } from "lit/html.js";
import type { DialogBox } from "../dialogs/dialogs.ts";
import { Lazy } from "../lazy.ts";
import type { GalleryPicker, GalleryPickerHost } from "./gallery-picker.ts";

export interface GalleryControllerHost extends GalleryPickerHost {
  notify(message: string): void;
}

export class GalleryController implements DialogBox {
  readonly kinds = ["gallery"];
  readonly #host: GalleryControllerHost;
  readonly #picker: Lazy<GalleryPicker>;

  constructor(host: GalleryControllerHost) {
    this.#host = host;
    this.#picker = new Lazy(async () => {
      const { GalleryPicker } = await import("./gallery-picker.ts");
      return new GalleryPicker(host);
    });
  }

  async open(): Promise<void> {
    try {
      await (await this.#picker.get()).open();
    } catch (error) {
      this.#host.notify(`The examples could not be listed. ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  reopen(): void {
    void this.open();
  }

  template(): TemplateResult | typeof nothing {
    return this.#picker.loaded?.template() ?? nothing;
  }

  rendered(): void {
    this.#picker.loaded?.rendered();
  }
}
