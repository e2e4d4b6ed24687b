"""Run the example: `python docs/examples/seattle-weather/run.py`."""

import features
import report

from headwater import Builder


def main() -> None:
    """Print the yearly report and the skill of the forecast."""
    driver = Builder().with_modules(features, report).build()
    results = driver.execute(["report", "mae", "skill"])
    print(results["report"].to_string())
    mae, skill = results["mae"], results["skill"]
    print(f"\nmean absolute error {mae:.2f} °C, skill {skill:.2f}")


if __name__ == "__main__":
    main()
