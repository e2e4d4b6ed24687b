"""Print the report: `python run.py`."""

import queries

from headwater import Builder

if __name__ == "__main__":
    driver = Builder().with_modules(queries).build()
    for sensor, week, celsius in driver.execute(["report"])["report"]:
        print(f"sensor {sensor}, week {week}: {celsius} °C")
