"""Data quality: checks of one's own for `check_output_custom`, and checks for many nodes at once.

`check_output` and `check_output_custom` are with the other decorators, in `headwater`.
"""

from headwater.quality.rules import CheckRule, checks
from headwater.quality.validator import CHECK_TAG, CustomValidator, Importance, ValidationResult, Validator

__all__ = ["CHECK_TAG", "CheckRule", "CustomValidator", "Importance", "ValidationResult", "Validator", "checks"]
