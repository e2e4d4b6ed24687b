"""The checks that somebody asks for, read once; each becomes a `Validate` where the type of the value is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from headwater.errors.suggestions import did_you_mean
from headwater.quality.arguments import CHECKS, fault_of
from headwater.quality.own import OwnCheck, own_check
from headwater.quality.resolve import validate_for
from headwater.quality.unusable import Unusable
from headwater.quality.validator import Importance, OwnValidator, Validate


@dataclass(frozen=True, slots=True)
class BuiltInCheck:
    """One of Headwater's own checks, with its argument."""

    name: str
    argument: Any
    importance: Importance

    def documented(self, node: str) -> str:
        """The documentation of the node that holds the result; it does not print schemas and models, which may be long."""
        check = self.name if self.name in {"schema", "model"} else f"{self.name}={self.argument!r}"
        return f"What the check `{check}` says of `{node}`."

    def validate_for(self, type_: Any) -> Validate:
        """What makes the check for values of a type.

        Raises:
            Unusable: such values cannot be checked so.
        """
        return validate_for(self.name, self.argument, type_)


Check = BuiltInCheck | OwnCheck


def built_in_checks(arguments: Mapping[str, Any], importance: Importance) -> tuple[Check, ...]:
    """The checks that keyword arguments ask for.

    Raises:
        Unusable: there is none of a name, or an argument makes no sense.
    """
    _require_importance(importance)
    for name, argument in arguments.items():
        if name not in CHECKS:
            raise Unusable(f"there is no check `{name}`.{did_you_mean(name, CHECKS)} There are: {', '.join(CHECKS)}.")
        fault = fault_of(name, argument)
        if fault:
            raise Unusable(f"{fault}.")
    return tuple(BuiltInCheck(name, argument, importance) for name, argument in arguments.items())


def own_checks(validators: Sequence[OwnValidator], importance: Importance) -> tuple[Check, ...]:
    """The checks of somebody's own validators.

    Raises:
        Unusable: one is neither a `Validator` nor a function of one value.
    """
    _require_importance(importance)
    checks = tuple(own_check(validator, importance) for validator in validators)
    for check in checks:
        _require_importance(check.importance)
    return checks


def _require_importance(importance: object) -> None:
    if importance not in get_args(Importance):
        raise Unusable(f'`importance` is "warn" or "fail", and not {importance!r}.')
