"""pandera schemas as checks for frames and columns from every library that pandera supports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pandera.errors import SchemaError, SchemaErrors

from headwater.errors import short_repr
from headwater.quality.validator import ValidationResult

_MAX_SHOWN: Final = 5
"""The maximum number of failures listed in a message. `diagnostics` has all of them."""


def validate(schema: Any, value: Any) -> ValidationResult:
    """Validate a value, running all checks in the schema. The value is not modified, even by `coerce`."""
    try:
        schema.validate(value, lazy=True)
    except SchemaErrors as error:
        return _failed(_records(error.failure_cases))
    except SchemaError as error:
        return ValidationResult(False, f"{error}", {"failures": [{"check": str(error.check), "failure_case": str(error)}]})
    except Exception as error:  # noqa: BLE001 - pandera's backends raise various errors for a value of the wrong class
        return ValidationResult(False, f"Cannot validate {short_repr(value)}. {type(error).__name__}: {error}")
    return ValidationResult(True, f"The value matches the schema {_name(schema)}.")


def _failed(failures: Sequence[Mapping[str, Any]]) -> ValidationResult:
    cases_by_check: dict[str, list[str]] = {}
    for failure in failures:
        column = failure.get("column")
        where = f"`{column}` " if column is not None and column == column else ""  # noqa: PLR0124 - `column` may be NaN
        cases_by_check.setdefault(f"{where}{failure.get('check')}", []).append(str(failure.get("failure_case")))
    listed = [f"{check} ({', '.join(cases[:3])}{', ...' if len(cases) > 3 else ''})" for check, cases in cases_by_check.items()]
    more = f"; and {len(listed) - _MAX_SHOWN} more" if len(listed) > _MAX_SHOWN else ""
    message = f"Failed checks ({len(listed)}): {'; '.join(listed[:_MAX_SHOWN])}{more}."
    return ValidationResult(False, message, {"failures": failures})


def _records(cases: Any) -> list[Mapping[str, Any]]:
    """Return failures as dictionaries. pandera collects them in a frame from the value's library."""
    records: list[Mapping[str, Any]] = cases.to_dicts() if hasattr(cases, "to_dicts") else cases.to_dict("records")
    return records


def _name(schema: Any) -> str:
    return f"`{getattr(schema, '__name__', None) or getattr(schema, 'name', None) or type(schema).__name__}`"
