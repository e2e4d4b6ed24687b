"""The checks that somebody asks for, read once; each becomes a `Validate` where the type of the value is known."""

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
    """One of Headwater's own checks, with its argument."""

    name: str
    argument: Any
    importance: Importance

    def doc_for(self, node: str) -> str:
        """The documentation of the node that holds the result; it does not print schemas and models, which may be long."""
        check = self.name if self.name in {"schema", "model"} else f"{self.name}={self.argument!r}"
        return f"What the check `{check}` says of `{node}`."

    def validate_for(self, type_: Any) -> Validate:
        """What makes the check for values of a type.

        Raises:
            InvalidCheck: such values cannot be checked so.
        """
        return validate_for(self.name, self.argument, type_)


Check = BuiltInCheck | CustomCheck


def built_in_checks(arguments: Mapping[str, Any], importance: Importance) -> tuple[Check, ...]:
    """The checks that keyword arguments ask for.

    Raises:
        InvalidCheck: there is none of a name, or an argument makes no sense.
    """
    _require_importance(importance)
    for name, argument in arguments.items():
        if name not in CHECKS:
            raise InvalidCheck(f"there is no check `{name}`.{did_you_mean(name, CHECKS)} There are: {', '.join(CHECKS)}.")
        fault = argument_error(name, argument)
        if fault:
            raise InvalidCheck(f"{fault}.")
    return tuple(BuiltInCheck(name, argument, importance) for name, argument in arguments.items())


def custom_checks(validators: Sequence[CustomValidator], importance: Importance) -> tuple[Check, ...]:
    """The checks of somebody's own validators.

    Raises:
        InvalidCheck: one is neither a `Validator` nor a function of one value.
    """
    _require_importance(importance)
    checks = tuple(custom_check(validator, importance) for validator in validators)
    for check in checks:
        _require_importance(check.importance)
    return checks


def _require_importance(importance: object) -> None:
    if importance not in get_args(Importance):
        raise InvalidCheck(f'`importance` is "warn" or "fail", and not {importance!r}.')
