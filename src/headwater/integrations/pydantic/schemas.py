"""pydantic models, for their instances and for dictionaries."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel, ValidationError

from headwater.errors import short_repr
from headwater.quality.validator import ValidationResult

_SHOWN: Final = 5
"""The faults that a message lists; `diagnostics` holds all."""


def validate(model: Any, value: Any) -> ValidationResult:
    """What a model says of a value, strictly: nothing is converted.

    An instance is checked anew, field by field: it may have been changed, or made without a check. The models in its fields
    are taken as they are.
    """
    if isinstance(value, BaseModel) and not isinstance(value, model):
        return ValidationResult(False, f"{short_repr(value)} is no {model.__name__}.")
    try:
        if isinstance(value, BaseModel):
            model.model_validate(dict(value), strict=True, by_alias=False, by_name=True)
        else:
            model.model_validate(value, strict=True)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        listed = [f"`{'.'.join(str(part) for part in fault['loc']) or model.__name__}`: {fault['msg']}" for fault in faults]
        more = f"; and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else ""
        message = f"{len(listed)} of the model's fields do not pass: {'; '.join(listed[:_SHOWN])}{more}."
        return ValidationResult(False, message, {"failures": faults})
    return ValidationResult(True, f"It is as the model `{model.__name__}` says.")
