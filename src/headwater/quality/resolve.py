"""Finds the validator for a check, by the type of the value to be checked."""

from __future__ import annotations

import typing
from typing import Any

from headwater import typing_rules
from headwater.integrations import frame_library
from headwater.quality.scalars import SCALAR_CHECKS
from headwater.quality.validator import Validator


def validator_for(name: str, argument: Any, type_: Any) -> Validator | None:
    """The validator of a check with its argument, or None where values of the type cannot be checked so."""
    plain = typing.get_origin(type_) or type_
    library = frame_library(plain)
    if library is not None:
        makes_columns = issubclass(plain, library.column_type())
        return library.column_validator(name, argument) if makes_columns else None
    make, types = SCALAR_CHECKS[name]
    return make(argument) if any(typing_rules.fits(type_, one) for one in types) else None
