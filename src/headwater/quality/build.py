"""The checks that a decorator requests.

Their arguments are validated once. A check becomes a `Validate` operation when the value's type is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from headwater.errors.suggestions import did_you_mean
from headwater.quality.arguments import CHECKS, argument_error
from headwater.quality.custom import CustomCheck, custom_check
from headwater.quality.dispatch import validate_for
from headwater.quality.errors import InvalidCheck
from headwater.quality.validator import CustomValidator, Importance, Validate


@dataclass(frozen=True, slots=True)
class BuiltInCheck:
    """A built-in check with its argument."""

    name: str
    argument: Any
    importance: Importance

    def doc_for(self, node: str) -> str:
        """Return the documentation of the node that computes the check's result.

        Schemas and models are omitted, because they may be long.
        """
        check = self.name if self.name in {"schema", "model"} else f"{self.name}={self.argument!r}"
        return f"The result of the check `{check}` for `{node}`."

    def validate_for(self, type_: Any) -> Validate:
        """Return the check for values of a type.

        Raises:
            InvalidCheck: if the check does not support the type.
        """
        return validate_for(self.name, self.argument, type_)


Check = BuiltInCheck | CustomCheck


def built_in_checks(arguments: Mapping[str, Any], importance: Importance) -> tuple[Check, ...]:
    """Return the checks that the keyword arguments of `check_output` request.

    Raises:
        InvalidCheck: for an unknown check or an invalid argument.
    """
    _require_importance(importance)
    for name, argument in arguments.items():
        if name not in CHECKS:
            raise InvalidCheck(f"unknown check `{name}`.{did_you_mean(name, CHECKS)} Checks: {', '.join(CHECKS)}.")
        error = argument_error(name, argument)
        if error:
            raise InvalidCheck(f"{error}.")
    return tuple(BuiltInCheck(name, argument, importance) for name, argument in arguments.items())


def custom_checks(validators: Sequence[CustomValidator], importance: Importance) -> tuple[Check, ...]:
    """Return the checks for custom validators.

    Raises:
        InvalidCheck: if a validator is neither a `Validator` nor a function of one argument.
    """
    _require_importance(importance)
    checks = tuple(custom_check(validator, importance) for validator in validators)
    for check in checks:
        _require_importance(check.importance)
    return checks


def _require_importance(importance: object) -> None:
    if importance not in get_args(Importance):
        raise InvalidCheck(f'`importance` must be "warn" or "fail", not {importance!r}.')
