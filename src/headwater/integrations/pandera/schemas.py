"""pandera schemas, for frames and columns of every library that pandera knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pandera.errors import SchemaError, SchemaErrors

from headwater.errors import short_repr
from headwater.quality.validator import ValidationResult

_SHOWN: Final = 5
"""The failures that a message lists; `diagnostics` holds all."""


def validate(schema: Any, value: Any) -> ValidationResult:
    """What a schema says of a value: all of its checks at once. The value itself is left as it is, also by `coerce`."""
    try:
        schema.validate(value, lazy=True)
    except SchemaErrors as error:
        return _failed(_records(error.failure_cases))
    except SchemaError as error:
        return ValidationResult(False, f"{error}", {"failures": [{"check": str(error.check), "failure_case": str(error)}]})
    except Exception as error:  # noqa: BLE001 - for a value of a wrong class, each of pandera's backends raises what it likes
        return ValidationResult(False, f"{short_repr(value)} cannot be checked so: {type(error).__name__}: {error}")
    return ValidationResult(True, f"It is as the schema {_name(schema)} says.")


def _failed(failures: Sequence[Mapping[str, Any]]) -> ValidationResult:
    said: dict[str, list[str]] = {}
    for failure in failures:
        column = failure.get("column")
        where = f"`{column}` " if column is not None and column == column else ""  # noqa: PLR0124 - NaN stands for none
        said.setdefault(f"{where}{failure.get('check')}", []).append(str(failure.get("failure_case")))
    listed = [f"{what} ({', '.join(cases[:3])}{', ...' if len(cases) > 3 else ''})" for what, cases in said.items()]
    more = f"; and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else ""
    message = f"{len(listed)} of the schema's checks do not pass: {'; '.join(listed[:_SHOWN])}{more}."
    return ValidationResult(False, message, {"failures": failures})


def _records(cases: Any) -> list[Mapping[str, Any]]:
    """The failures as dictionaries: pandera collects them in a frame of the library of the value."""
    records: list[Mapping[str, Any]] = cases.to_dicts() if hasattr(cases, "to_dicts") else cases.to_dict("records")
    return records


def _name(schema: Any) -> str:
    return f"`{getattr(schema, '__name__', None) or getattr(schema, 'name', None) or type(schema).__name__}`"
