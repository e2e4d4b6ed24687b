"""Data quality: custom checks for `check_output_custom`, and rules that check many nodes at once.

The decorators `check_output` and `check_output_custom` are imported from `headwater`.
"""

from headwater.quality.rules import CheckRule, checks
from headwater.quality.validator import CHECK_TAG, CustomValidator, Importance, ValidationResult, Validator

__all__ = ["CHECK_TAG", "CheckRule", "CustomValidator", "Importance", "ValidationResult", "Validator", "checks"]
