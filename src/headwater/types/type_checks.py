"""`TypeChecks`: replaceable checks of types and values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from headwater.types import typing_rules


class TypeChecks(NamedTuple):
    """The type checks of a dataflow. The defaults are Headwater's typing rules.

    If the driver must be pickled, use functions that can be pickled.

    Attributes:
        connects: returns whether a value of the first type may be passed to a parameter of the second type. Called for each
            dependency between functions when the dataflow is built.
        accepts: returns whether a value may be provided for an annotated type. Called for inputs, overrides and config values.

    >>> from headwater import Builder
    >>> from headwater.hooks import TypeChecks
    >>> def price() -> int:
    ...     return 5
    >>> def label(price: str) -> str:
    ...     return f"{price} euros"
    >>> checks = TypeChecks(connects=lambda produced, required: True)
    >>> Builder().with_functions(price, label).with_type_checks(checks).build().execute(["label"])
    {'label': '5 euros'}
    """

    connects: Callable[[Any, Any], bool] = typing_rules.fits
    accepts: Callable[[object, Any], bool] = typing_rules.is_instance


DEFAULT_CHECKS: Final = TypeChecks()
