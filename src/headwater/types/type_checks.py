"""`TypeChecks`: which types and values fit, where a dataflow checks them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from headwater.types import typing_rules


class TypeChecks(NamedTuple):
    """The checks of types that a dataflow is built and run with. By default, these are the rules of the page about types.

    Functions that are known by their names can be pickled, and with them the driver.

    Args:
        connects: returns whether a value of the first type may be passed to a parameter of the second type. Called for each
            dependency between functions when the dataflow is built.
        accepts: returns whether a value may be provided where a type is annotated. Called for inputs, overrides
            and config values.

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
