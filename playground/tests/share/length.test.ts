import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Example } from "../../src/example.ts";
import { encode } from "../../src/share/codec.ts";
import { changes } from "../../src/share/delta.ts";

const CODE = readFileSync(new URL("../../../docs/examples/seattle-weather/features.py", import.meta.url), "utf-8");
const EXAMPLE = { name: "seattle-weather", files: { "features.py": CODE } } as unknown as Example;
const PLAY = "https://headwater.example.org/play/";

const FIVE_CHANGES: [number, string, string][] = [
  [
    250,
    "five numbers",
    CODE.replace("SEASON_DAYS = 31", "SEASON_DAYS = 21")
      .replace("WARM = 2.0", "WARM = 3.5")
      .replace("window: int = 14", "window: int = 30")
      .replace("min_days: int = 5", "min_days: int = 3")
      .replace(">= 1).groupby", "> 0.2).groupby"),
  ],
  [
    330,
    "a function of five lines",
    CODE.replace(
      "def anomaly",
      `def temp_range(weather: pd.DataFrame) -> pd.Series:
    """Difference of the day's highest and lowest temperature, in °C."""
    return weather["temp_max"] - weather["temp_min"]


def anomaly`,
    ),
  ],
  [
    270,
    "another body of five lines",
    CODE.replace(
      / {4}around = .*?> 0\]/s,
      `    month = temp_mean.index.month
    smooth = temp_mean.rolling(SEASON_DAYS, min_periods=5).median()
    same_day = smooth.groupby(month)
    earlier = same_day.cumcount() + 1
    return same_day.cumsum() / earlier`,
    ),
  ],
];

it.each(FIVE_CHANGES)(
  "a link to an example with five changed lines has at most %i characters: %s",
  async (most, _, text) => {
    expect(text).not.toBe(CODE);
    const link = PLAY + (await encode({ engine: "0.1.0", ...(await changes(EXAMPLE, { "features.py": text })) }));
    expect(link.length).toBeLessThanOrEqual(most);
  },
);

it("a link to forty lines of code has at most 1,050 characters", async () => {
  const text = CODE.split("\n").slice(0, 40).join("\n");
  const link = PLAY + (await encode({ engine: "0.1.0", title: "Seattle weather", files: { "features.py": text } }));
  expect(link.length).toBeLessThanOrEqual(1050);
});
