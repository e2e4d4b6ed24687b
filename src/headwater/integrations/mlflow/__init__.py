"""Support for MLflow: a hook that records runs."""

from headwater.libraries.installation import require

require("mlflow")

from headwater.integrations.mlflow.runs import MLflowRuns

__all__ = ["MLflowRuns"]
