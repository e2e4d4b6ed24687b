"""Headwater turns plain Python functions into a dataflow.

A function's name is the name of what it computes; its parameters name what it needs.

>>> from headwater import Builder
>>> def mean(total: float, count: int) -> float:
...     return total / count
>>> Builder().with_functions(mean).build().execute(["mean"], inputs={"total": 9.0, "count": 3})
{'mean': 3.0}
"""

import typing

from headwater import errors, modifiers
from headwater.builder import Builder
from headwater.driver import Driver
from headwater.errors import HeadwaterError, HeadwaterWarning
from headwater.node import Node

if typing.TYPE_CHECKING:
    from headwater.modifiers import (
        ParameterizedExtract,
        ResolveAt,
        apply_to,
        cache,
        check_output,
        check_output_custom,
        config,
        configuration,
        dataloader,
        datasaver,
        does,
        exclude,
        extract_columns,
        extract_fields,
        group,
        inject,
        load_from,
        mutate,
        parameterize,
        parameterize_extract_columns,
        parameterize_sources,
        parameterize_values,
        parameterized_subdag,
        pipe_input,
        pipe_output,
        resolve,
        resolve_from_config,
        save_to,
        schema,
        source,
        step,
        subdag,
        tag,
        tag_outputs,
        unpack_fields,
        value,
        with_columns,
    )

__version__ = "0.1.0"

__all__ = [
    "Builder",
    "Driver",
    "HeadwaterError",
    "HeadwaterWarning",
    "Node",
    "ParameterizedExtract",
    "ResolveAt",
    "apply_to",
    "cache",
    "check_output",
    "check_output_custom",
    "config",
    "configuration",
    "dataloader",
    "datasaver",
    "does",
    "errors",
    "exclude",
    "extract_columns",
    "extract_fields",
    "group",
    "inject",
    "load_from",
    "mutate",
    "parameterize",
    "parameterize_extract_columns",
    "parameterize_sources",
    "parameterize_values",
    "parameterized_subdag",
    "pipe_input",
    "pipe_output",
    "resolve",
    "resolve_from_config",
    "save_to",
    "schema",
    "source",
    "step",
    "subdag",
    "tag",
    "tag_outputs",
    "unpack_fields",
    "value",
    "with_columns",
]

if not typing.TYPE_CHECKING:  # a type checker reads the imports above, and then knows of a misspelt name

    def __getattr__(name: str) -> typing.Any:
        """A decorator, or what belongs to one: imported when it is first asked for."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = getattr(modifiers, name)
        globals()[name] = found
        return found


def __dir__() -> list[str]:
    return [*globals(), *__all__]
