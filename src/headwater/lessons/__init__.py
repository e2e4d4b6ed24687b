"""Lesson checks: Python code that inspects a learner's dataflow and reports what is missing."""

from headwater.lessons.check import run_check
from headwater.lessons.exercise import Exercise, Mutant

__all__ = ["Exercise", "Mutant", "run_check"]
