"""pydantic models as checks for their instances and for dictionaries."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel, ValidationError

from headwater.errors import short_repr
from headwater.quality.validator import ValidationResult

_MAX_SHOWN: Final = 5
"""The maximum number of failures listed in a message. `diagnostics` has all of them."""


def validate(model: Any, value: Any) -> ValidationResult:
    """Validate a value in strict mode, without conversions.

    All fields of an instance are validated again, because the instance may have been changed or created without validation.
    Nested models are not validated again.
    """
    if isinstance(value, BaseModel) and not isinstance(value, model):
        return ValidationResult(False, f"{short_repr(value)} is not a {model.__name__}.")
    try:
        if isinstance(value, BaseModel):
            model.model_validate(dict(value), strict=True, by_alias=False, by_name=True)
        else:
            model.model_validate(value, strict=True)
    except ValidationError as error:
        failures = error.errors(include_url=False)
        listed = [
            f"`{'.'.join(str(part) for part in failure['loc']) or model.__name__}`: {failure['msg']}" for failure in failures
        ]
        more = f"; and {len(listed) - _MAX_SHOWN} more" if len(listed) > _MAX_SHOWN else ""
        message = f"Invalid fields ({len(listed)}): {'; '.join(listed[:_MAX_SHOWN])}{more}."
        return ValidationResult(False, message, {"failures": failures})
    return ValidationResult(True, f"The value matches the model `{model.__name__}`.")
