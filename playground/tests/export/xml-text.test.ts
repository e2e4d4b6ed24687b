import { expect, it } from "vitest";
import { xmlText } from "../../src/export/xml-text.ts";

it("text that XML allows is unchanged", () => {
  const text = "a\t\n\rß天\u{1f4a7}\ud7ff\ue000\ufffd\u{10ffff}<&>\"'";
  expect(xmlText(text)).toBe(text);
});

it("all other code units are replaced, alone and between characters", () => {
  const forbidden = [...Array(0x20).keys(), ...Array.from({ length: 0x800 }, (_, at) => 0xd800 + at), 0xfffe, 0xffff];
  for (const unit of forbidden.filter((unit) => ![9, 10, 13].includes(unit))) {
    const character = String.fromCharCode(unit);
    expect(xmlText(character)).toBe("\ufffd");
    expect(xmlText(`a${character}b`)).toBe("a\ufffdb");
  }
});

it("surrogates in the wrong order are replaced one by one", () => {
  expect(xmlText("\udca7\ud83d")).toBe("\ufffd\ufffd");
});
