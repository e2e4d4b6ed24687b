"""Headwater turns plain Python functions into a dataflow.

A function's name becomes the name of its value. Its parameters name its dependencies.

>>> from headwater import Builder
>>> def mean(total: float, count: int) -> float:
...     return total / count
>>> Builder().with_functions(mean).build().execute(["mean"], inputs={"total": 9.0, "count": 3})
{'mean': 3.0}
"""

import typing

from headwater import errors as errors
from headwater.builder import Builder as Builder
from headwater.driver import Driver as Driver
from headwater.errors import HeadwaterError as HeadwaterError
from headwater.errors import HeadwaterWarning as HeadwaterWarning
from headwater.graph.node import Node as Node
from headwater.types.element_types import Collect as Collect
from headwater.types.element_types import Parallelizable as Parallelizable

__version__ = "0.1.0"

_OTHER_NAMES: typing.Final = (
    "AsyncDriver",
    "Builder",
    "Collect",
    "Driver",
    "HeadwaterError",
    "HeadwaterWarning",
    "Node",
    "Parallelizable",
    "errors",
)
"""The public names that are not defined in `headwater.decorators`."""

if typing.TYPE_CHECKING:
    from headwater.async_driver import AsyncDriver as AsyncDriver
    from headwater.decorators import *
else:  # hidden from type checkers: because of `__getattr__`, they would accept misspelled names

    def __getattr__(name: str) -> typing.Any:
        """Import a public name on first access. For `__all__`, return the list of public names."""
        if name == "AsyncDriver":
            from headwater.async_driver import AsyncDriver

            return globals().setdefault(name, AsyncDriver)
        from headwater import decorators
        from headwater.decorators.catalog import exports

        public = exports(tools=False)
        if name == "__all__":
            return sorted([*public, *_OTHER_NAMES])
        if name not in public:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        decorator = getattr(decorators, name)
        globals()[name] = decorator
        return decorator

    def __dir__() -> list[str]:
        return [*globals(), *__getattr__("__all__")]
