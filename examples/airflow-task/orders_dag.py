"""An Airflow DAG with one task, which runs the whole dataflow. Copy this file and `features.py` into the `dags` folder.

Airflow schedules, retries and records the task. Headwater connects the functions inside it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from airflow.sdk import dag, task


def summarize(day: str) -> dict[str, Any]:
    """Return the summary of one day's orders."""
    import features  # imported only when the task runs, because Airflow parses this file often

    from headwater import Builder

    driver = Builder().with_modules(features).build()
    return driver.execute(["total_revenue", "top_product"], inputs={"day": day})


@dag(schedule="@daily", start_date=datetime(2026, 1, 1, tzinfo=UTC), catchup=False)
def orders() -> None:
    """Summarize the orders of each day."""
    task(retries=2)(summarize)(day="{{ ds }}")


orders()
