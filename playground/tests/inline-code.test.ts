import { render } from "@lit-labs/ssr";
import { collectResult } from "@lit-labs/ssr/lib/render-result.js";
import { html } from "lit";
import { describe, expect, it } from "vitest";
import { renderCode, withoutBackticks } from "../src/inline-code.ts";

async function htmlOf(message: string): Promise<string> {
  return (await collectResult(render(html`${renderCode(message)}`))).replaceAll(/<!--.*?-->|<\?>/gs, "");
}

describe("a message", () => {
  it.each([
    ["`total` needs `price`.", "<code>total</code> needs <code>price</code>.", "total needs price."],
    ["No code at all.", "No code at all.", "No code at all."],
    ["", "", ""],
    ["It`s one alone.", "It`s one alone.", "It`s one alone."],
    ["``", "``", "``"],
    ["`a\nb`", "`a\nb`", "`a\nb`"],
    ["`<b>`", "<code>&lt;b&gt;</code>", "<b>"],
    ["<i>x</i>", "&lt;i&gt;x&lt;/i&gt;", "<i>x</i>"],
  ])("%j shows text between backticks as code", async (message, shown, plain) => {
    expect(await htmlOf(message)).toBe(shown);
    expect(withoutBackticks(message)).toBe(plain);
  });

  it("shows invisible characters", async () => {
    expect(await htmlOf("`a\u200bb`")).toContain("<code>a[");
  });
});
