"""A Prefect flow: Prefect retries and records the task, which runs the dataflow."""

from __future__ import annotations

from typing import Any

import features
from prefect import flow, task

from headwater import Builder

driver = Builder().with_modules(features).build()


@task(retries=2, retry_delay_seconds=10)
def summarize(day: str) -> dict[str, Any]:
    """Return the summary of one day's orders."""
    return driver.execute(["total_revenue", "top_product"], inputs={"day": day})


@flow(log_prints=True)
def summaries(days: list[str]) -> list[dict[str, Any]]:
    """Summarize several days at the same time."""
    futures = summarize.map(days)
    results: list[dict[str, Any]] = futures.result()
    for day, result in zip(days, results, strict=True):
        print(f"{day}: {result['total_revenue']} EUR, most of it for {result['top_product']}")
    return results


if __name__ == "__main__":
    summaries(["2026-01-05", "2026-01-06"])
