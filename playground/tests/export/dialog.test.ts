import { render } from "@lit-labs/ssr";
import { collectResult } from "@lit-labs/ssr/lib/render-result.js";
import { html } from "lit";
import { describe, expect, it } from "vitest";
import { type ExportDialogState, exportDialogTemplate } from "../../src/export/dialog.ts";

const HOSTILE = `"><img src=x onerror="alert(1)"><script>`;

const unheard = (): void => undefined;
const on = { onProject: unheard, onDrawing: unheard, onCopy: unheard, onSave: unheard, onClose: unheard };

async function textOf(shown: ExportDialogState): Promise<string> {
  const markup = await collectResult(render(html`${exportDialogTemplate(shown, on)}`));
  return markup
    .replaceAll(/<!--.*?-->/g, "")
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll(/\s+/g, " ");
}

const TEXT = { name: "test_total.py", text: HOSTILE, notes: [HOSTILE], archive: null };

describe("the Export dialog", () => {
  it("shows Python's answer as text", async () => {
    for (const shown of [
      { kind: "test", node: HOSTILE, busy: false, refusal: HOSTILE, text: TEXT, copied: null },
      {
        kind: "drawing",
        busy: null,
        refusal: null,
        text: { ...TEXT, name: "dataflow.dot" },
        copied: null,
      },
      {
        kind: "project",
        trusted: true,
        busy: false,
        refusal: null,
        done: { name: HOSTILE, notes: [HOSTILE], packages: [HOSTILE], linked: true },
      },
    ] satisfies ExportDialogState[]) {
      const markup = await collectResult(render(html`${exportDialogTemplate(shown, on)}`));
      expect(markup).not.toMatch(/<script|<img/);
    }
  });

  it("shows why an export was refused", async () => {
    const refusal = "`rate` is an input, so it has no function to test.";
    expect(await textOf({ kind: "test", node: "rate", busy: false, refusal, text: null, copied: null })).toContain(
      refusal.replaceAll("`", ""), // shown as code
    );
  });

  it("reports that a README has no link if the code is too large for one", async () => {
    const done = { name: "shop.zip", notes: [], packages: ["numpy"], linked: false };
    expect(await textOf({ kind: "project", trusted: true, busy: false, refusal: null, done })).toContain(
      "shop.zip has been saved. Its README contains no link, because the code is too large for one. " +
        "Its README explains how to run it. pip installs Headwater from this site, " +
        "and the other packages from a package index: pytest and numpy.",
    );
  });
});

describe("the button that saves a test", () => {
  const test = {
    kind: "test",
    node: "total",
    busy: false,
    refusal: null,
    copied: null,
  } satisfies Partial<ExportDialogState>;

  it("saves the test alone if it needs no files", async () => {
    expect(await textOf({ ...test, text: TEXT })).toContain("Download test_total.py");
  });

  it("saves a zip if the test reads data files", async () => {
    const text = { ...TEXT, archive: { name: "test_total", files: {} } };
    expect(await textOf({ ...test, text })).toContain("Download test_total.zip");
  });
});
