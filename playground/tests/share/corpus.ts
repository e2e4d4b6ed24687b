/**
 * Dataflows whose link lengths are measured here and in `benchmarks/`: forty lines of code, and examples with five changed
 * lines.
 */

import { readFileSync } from "node:fs";
import type { Example } from "../../src/example.ts";
import type { Files } from "../../src/protocol.ts";
import { linkTo } from "../../src/share/link.ts";

const PLAY = "https://headwater.example.org/play/";
const CODE = read("docs/examples/seattle-weather/features.py");
const EXAMPLE = {
  name: "seattle-weather",
  title: "Seattle weather",
  files: { "features.py": CODE },
  outputs: null,
} as unknown as Example;

function read(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), "utf-8");
}

function fortyLines(path: string): string {
  return read(path).split("\n").slice(0, 40).join("\n");
}

/** Forty lines each. Some are not from an example, because the dictionary was created from the examples. */
export const FORTY: Record<string, Files> = {
  "Seattle weather": { "features.py": fortyLines("docs/examples/seattle-weather/features.py") },
  "Seattle weather report": { "report.py": fortyLines("docs/examples/seattle-weather/report.py") },
  "a budget": { "flow.py": fortyLines("tests/corpus/plain.py") },
  "variants and decorators": { "flow.py": fortyLines("tests/corpus/variants.py") },
};

export const FIVE_CHANGED: Record<string, Files> = {
  "five numbers": changed(
    CODE.replace("SEASON_DAYS = 31", "SEASON_DAYS = 21")
      .replace("WARM = 2.0", "WARM = 3.5")
      .replace("window: int = 14", "window: int = 30")
      .replace("min_days: int = 5", "min_days: int = 3")
      .replace(">= 1).groupby", "> 0.2).groupby"),
  ),
  "a function of five lines": changed(
    CODE.replace(
      "def anomaly",
      `def temp_range(weather: pd.DataFrame) -> pd.Series:
    """Difference of the day's highest and lowest temperature, in °C."""
    return weather["temp_max"] - weather["temp_min"]


def anomaly`,
    ),
  ),
  "another body of five lines": changed(
    CODE.replace(
      / {4}around = .*?> 0\]/s,
      `    month = temp_mean.index.month
    smooth = temp_mean.rolling(SEASON_DAYS, min_periods=5).median()
    same_day = smooth.groupby(month)
    earlier = same_day.cumcount() + 1
    return same_day.cumsum() / earlier`,
    ),
  ),
};

function changed(text: string): Files {
  if (text === CODE) throw new Error("The example no longer contains the code to change.");
  return { "features.py": text };
}

const NOTHING = { fieldTexts: { inputs: {}, config: {}, overrides: {} }, outputs: null, selected: null };

export async function lengthOfForty(files: Files): Promise<number> {
  return PLAY.length + (await linkTo({ ...NOTHING, title: "Seattle weather", example: null, files })).length;
}

export async function lengthOfChanged(files: Files): Promise<number> {
  return PLAY.length + (await linkTo({ ...NOTHING, title: EXAMPLE.title, example: EXAMPLE, files })).length;
}
