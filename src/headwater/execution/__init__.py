"""Who runs a plan. One planner, thin runners: every runner here takes the same `Plan`."""

from headwater.execution.runner import Runner

__all__ = ["Runner"]
