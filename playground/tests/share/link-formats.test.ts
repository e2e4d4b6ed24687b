import { expect, it } from "vitest";
import { DEFAULT_FRAME } from "../../src/share/frame.ts";
import { linkFormatsOf } from "../../src/share/link-formats.ts";

const ASSETS = new URL("https://example.org/below/assets/headwater/");

it("each format contains the link, for a site at any path", () => {
  expect(linkFormatsOf("#v1.abc", "Weather", ASSETS, DEFAULT_FRAME)).toEqual({
    link: "https://example.org/below/play/#v1.abc",
    markdown: "[Weather · Headwater](https://example.org/below/play/#v1.abc)",
    badge: "[![Open in Headwater](https://example.org/below/assets/badge.svg)](https://example.org/below/play/#v1.abc)",
    embed:
      '<iframe src="https://example.org/below/embed/#v1.abc" title="Weather" width="100%" height="600" style="border: 0" loading="lazy" allow="clipboard-write"></iframe>',
  });
});

it("a title cannot break out of a format", () => {
  const { markdown, embed } = linkFormatsOf("#v1.abc", '"><img onerror=x> [a](b)', ASSETS, DEFAULT_FRAME);
  expect(embed).toContain('title="&quot;>&lt;img onerror=x> [a](b)"');
  expect(markdown).toContain('["\\>\\<img onerror=x\\> \\[a\\](b) · Headwater]');
});

it.each([
  ["a\n\n# b", "a # b"],
  ["a\r\nb\u2028c\u2029d\u0085e", "a b c d e"],
  ["dot\u202egnp.html", "dot gnp.html"],
  ["\u2066a\u2069\0b\ud800c\u200bd", "a b c d"],
  ["Größe 50 % 天気", "Größe 50 % 天気"],
])("a title is put on one line, without invisible characters: %j", (title, shown) => {
  const { markdown, embed } = linkFormatsOf("#v1.abc", title, ASSETS, DEFAULT_FRAME);
  expect(embed).toContain(`title="${shown}"`);
  expect(markdown).toBe(`[${shown} · Headwater](https://example.org/below/play/#v1.abc)`);
});

it("the options of a frame are in its URL, before the code", () => {
  const frame = { view: "graph", mode: "read", theme: "dark", height: 320 } as const;
  const { embed } = linkFormatsOf("#v1.abc", "Weather", ASSETS, frame);
  expect(embed).toContain('src="https://example.org/below/embed/?view=graph&amp;mode=read&amp;theme=dark#v1.abc"');
  expect(embed).toContain('height="320"');
});
