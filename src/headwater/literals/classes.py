"""Constructor arguments that recreate an instance of a user's class."""

from __future__ import annotations

import dataclasses
from typing import Any


def constructor_arguments(cls: type, value: Any) -> dict[str, Any] | None:
    """Return the arguments with which a class recreates a value, or None if there are no such arguments."""
    if dataclasses.is_dataclass(cls):
        fields = dataclasses.fields(cls)
        arguments = {field.name: getattr(value, field.name) for field in fields if field.init}
        if len(arguments) < len(fields):
            return None
    elif cls.__bases__ == (tuple,) and hasattr(cls, "_fields"):
        arguments = dict(zip(value._fields, tuple(value), strict=True))
    else:
        return None
    try:
        restored = cls(**arguments)
    except Exception:  # noqa: BLE001 - a user's class may raise anything
        return None
    return arguments if all(getattr(restored, name, restored) is part for name, part in arguments.items()) else None
