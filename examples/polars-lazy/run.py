"""Print the report: `python run.py`."""

import trips

from headwater import Builder

if __name__ == "__main__":
    driver = Builder().with_modules(trips).build()
    results = driver.execute(["report", "query_plan"])
    print(results["report"])
    print(results["query_plan"])
