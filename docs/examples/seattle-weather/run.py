"""Run the example: `python docs/examples/seattle-weather/run.py`."""

from pathlib import Path

import features
import pandas as pd
import report

from headwater import Builder

DATA = Path(__file__).parents[2] / "data" / "seattle-weather.csv"


def main() -> None:
    """Print the yearly report and the skill of the forecast."""
    driver = Builder().with_modules(features, report).build()
    weather = pd.read_csv(DATA, parse_dates=["date"], index_col="date")
    results = driver.execute(
        ["report", "mae", "skill"], overrides={"weather": weather}
    )
    print(results["report"].to_string())
    mae, skill = results["mae"], results["skill"]
    print(f"\nmean absolute error {mae:.2f} °C, skill {skill:.2f}")


if __name__ == "__main__":
    main()
