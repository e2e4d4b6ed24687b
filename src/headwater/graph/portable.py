"""Functions in a form that can be sent to another process.

`pickle` sends a function as a reference: the module and the name under which the other process finds it. Lambdas and functions
that are defined inside another function have no such name. Such functions are sent by value if cloudpickle is installed.
"""

from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass
from functools import partial
from types import FunctionType
from typing import TYPE_CHECKING, Any

from headwater.introspection.source_location import source_location
from headwater.libraries.installation import install_command
from headwater.libraries.support import integration_module_name

if TYPE_CHECKING:
    from collections.abc import Callable


def portable(function: Any) -> Any:
    """Return the object to pickle instead of a function.

    If that object is copied within the process, `original` still returns the function.

    >>> portable(portable) is portable
    True
    >>> original(portable(lambda: 1))()
    1
    """
    written = _without_partial(function)
    if type(written) is not FunctionType or _is_found_by_name(written):
        return function
    return _ByValue(function)


def original(function: Any) -> Any:
    """Return the function from which `portable` created an object."""
    return function.function if type(function) is _ByValue else function


@dataclass(frozen=True, slots=True)
class _ByValue:
    function: Callable[..., Any]

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the function by value. Unpickling returns the function itself.

        Raises:
            pickle.PicklingError: cloudpickle is not installed.
        """
        import pickle  # imported lazily: most dataflows do not need it

        try:
            functions = importlib.import_module(integration_module_name("cloudpickle", "functions"))
        except ImportError:
            raise pickle.PicklingError(self._explanation) from None
        return pickle.loads, (functions.by_value(self.function),)

    def __deepcopy__(self, _: object) -> _ByValue:
        """Return this object: functions are not copied."""
        return self

    @property
    def _explanation(self) -> str:
        function = _without_partial(self.function)
        name = function.__qualname__
        where = source_location(function)
        if name.endswith("<lambda>"):
            remedy = f"Define it with `def` in a module, or run {install_command('cloudpickle')}."
            return f"A lambda ({where}) cannot be sent to another process. {remedy}"
        return (
            f"`{function.__name__}` ({where}) cannot be sent to another process, because `{name}` cannot be imported from "
            f"`{function.__module__}`. Define it at the top level of a module, or run {install_command('cloudpickle')}."
        )


def _without_partial(function: Any) -> Any:
    """Return the function whose arguments `functools.partial` binds."""
    while type(function) is partial:
        function = function.func
    return function


def _is_found_by_name(function: FunctionType) -> bool:
    value: Any = sys.modules.get(function.__module__)
    for name in function.__qualname__.split("."):
        value = getattr(value, name, None)
    return value is function
