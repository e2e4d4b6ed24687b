"""`with_columns` on Spark, compared with hand-written queries that compute the same columns."""

import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.figures import Figure, ratio

ROUNDS = 9
ROOT = Path(__file__).parents[1]


def spark() -> list[Figure]:
    """Measure in one process, which starts Spark once. Headwater and the hand-written code alternate."""
    command = [sys.executable, "-m", "benchmarks.spark_rounds", str(ROUNDS)]
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable}
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment)
    seconds: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])

    def milliseconds(key: str) -> list[float]:
        return [sample * 1e3 for sample in seconds[key]]

    return [
        Figure("20 pandas UDF columns over 500,000 rows", seconds["flat headwater"], "s"),
        ratio("the same, relative to one hand-written select", seconds["flat headwater"], seconds["flat select"], goal=1.2),
        ratio("the same, relative to a chain of `withColumn`", seconds["flat headwater"], seconds["flat chain"]),
        Figure("5 levels of two pandas UDFs over 500,000 rows", seconds["deep headwater"], "s"),
        ratio(
            "the same, relative to one hand-written select per level",
            seconds["deep headwater"],
            seconds["deep select"],
            goal=1.2,
        ),
        Figure("query of 200 native columns, until Spark has analyzed it", milliseconds("native headwater"), "ms"),
        ratio("the same, relative to one hand-written select", seconds["native headwater"], seconds["native select"]),
        ratio("the same, relative to a chain of `withColumn`", seconds["native headwater"], seconds["native chain"]),
    ]
