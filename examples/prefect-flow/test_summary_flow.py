"""Tests of the task, and of the flow with a temporary server."""

from prefect.testing.utilities import prefect_test_harness
from summary_flow import summaries, summarize

SUMMARY = {"total_revenue": 528.7, "top_product": "desk"}


def test_the_task_summarizes_a_day() -> None:
    assert summarize.fn("2026-01-05") == SUMMARY


def test_the_flow_summarizes_several_days() -> None:
    with prefect_test_harness(server_startup_timeout=120):
        assert summaries(["2026-01-05", "2026-01-06"]) == [SUMMARY, SUMMARY]
