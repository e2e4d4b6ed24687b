"""Tests of the DAG and of its task, without a scheduler."""

import orders_dag
from airflow.sdk import DAG


def test_the_task_summarizes_a_day() -> None:
    assert orders_dag.summarize("2026-01-05") == {"total_revenue": 528.7, "top_product": "desk"}


def test_the_dag_has_one_task_with_retries() -> None:
    dag = orders_dag.orders()
    assert isinstance(dag, DAG)
    (task,) = dag.tasks
    assert (task.task_id, task.retries) == ("summarize", 2)
