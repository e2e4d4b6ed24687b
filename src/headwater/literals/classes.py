"""What a class of the user's is called with to make a value again."""

from __future__ import annotations

import dataclasses
from typing import Any


def constructor_arguments(cls: type, value: Any) -> dict[str, Any] | None:
    """What a class is called with to make this value again; None where that would not do."""
    if dataclasses.is_dataclass(cls):
        fields = dataclasses.fields(cls)
        named = {field.name: getattr(value, field.name) for field in fields if field.init}
        if len(named) < len(fields):
            return None
    elif cls.__bases__ == (tuple,) and hasattr(cls, "_fields"):
        named = dict(zip(value._fields, tuple(value), strict=True))
    else:
        return None
    try:
        again = cls(**named)
    except Exception:  # noqa: BLE001 - a user's class may raise anything
        return None
    return named if all(getattr(again, name, again) is part for name, part in named.items()) else None
