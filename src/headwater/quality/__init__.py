"""Data quality: the checks behind `check_output`."""

from headwater.quality.validator import ValidationResult, Validator

__all__ = ["ValidationResult", "Validator"]
