"""Support for MLflow: a hook that records runs."""

from headwater.integrations.mlflow.runs import MLflowRuns

__all__ = ["MLflowRuns"]
