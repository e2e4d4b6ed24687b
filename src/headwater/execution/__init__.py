"""Runners execute plans. A `Plan` does not depend on the runner."""

from headwater.execution.runner import Runner

__all__ = ["Runner"]
