"""Remedies for errors on a page, where users set values in fields instead of using a driver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.errors import (
    DuplicateNode,
    HeadwaterError,
    MisplacedInput,
    MissingInput,
    UnknownNode,
    WrongConfigType,
    WrongInputType,
    WrongOverrideType,
)
from headwater.errors.excluded_variants import keys_to_set
from headwater.wire.bounds import MAX_NAME_LENGTH

if TYPE_CHECKING:
    from headwater.wire.views import FieldReference


def page_message(error: HeadwaterError) -> str:
    """Return the message of an error. The page's remedy replaces the driver's remedy."""
    if not error.remedy:
        return error.message
    match error:
        case MissingInput(excluded_variants=[_, *_]) | UnknownNode():
            advice = " under Inputs"
        case MissingInput():
            advice = f"Enter a value for `{error.name}` under Inputs"
        case MisplacedInput():
            advice = f"select `{error.name}` in the graph and override it there"
        case DuplicateNode():
            advice = ""
        case _:
            advice = "Set it under Inputs"
    return error.message.replace(error.remedy, advice)


def fields_to_change(error: HeadwaterError) -> list[FieldReference]:
    """Return the fields whose values must be set or changed."""
    fields: list[FieldReference] = []
    match error:
        case (
            MissingInput(excluded_variants=[_, *_] as excluded_variants)
            | UnknownNode(excluded_variants=[_, *_] as excluded_variants)
        ):
            fields.extend({"role": "config", "name": key} for key in keys_to_set(excluded_variants))
        case MissingInput() | WrongInputType():
            fields.append({"role": "inputs", "name": error.name})
        case WrongOverrideType():
            fields.append({"role": "overrides", "name": error.name})
        case WrongConfigType():
            fields.append({"role": "config", "name": error.key})
        case HeadwaterError(config_key=str(key)):
            fields.append({"role": "config", "name": key})
        case _:
            pass
    return [field for field in fields if len(field["name"]) <= MAX_NAME_LENGTH]
