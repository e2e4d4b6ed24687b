"""Runners. Every runner takes the same `Plan`."""

from headwater.execution.runner import Runner

__all__ = ["Runner"]
