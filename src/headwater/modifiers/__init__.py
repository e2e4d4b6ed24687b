"""The decorators, a family a file; `protocol.py` says how they work and how to write one's own.

A family is imported when one of its names is first asked for: who uses two of them does not wait for all.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from headwater.modifiers import config
    from headwater.modifiers.adapters import dataloader, datasaver, load_from, save_to
    from headwater.modifiers.bindings import configuration, group, source, value
    from headwater.modifiers.bodies import does
    from headwater.modifiers.check import check_output, check_output_custom
    from headwater.modifiers.config import exclude
    from headwater.modifiers.expand import (
        ParameterizedExtract,
        inject,
        parameterize,
        parameterize_extract_columns,
        parameterize_sources,
        parameterize_values,
    )
    from headwater.modifiers.extract import extract_columns, extract_fields, unpack_fields
    from headwater.modifiers.frames import with_columns
    from headwater.modifiers.pipe import apply_to, mutate, pipe_input, pipe_output, step
    from headwater.modifiers.protocol import (
        Condition,
        Modifier,
        Pending,
        Phase,
        Scope,
        attach,
        ends,
        misuse,
        modifiers_of,
        only_end,
        targets,
    )
    from headwater.modifiers.resolving import ResolveAt, resolve, resolve_from_config
    from headwater.modifiers.subdags import parameterized_subdag, subdag
    from headwater.modifiers.tags import cache, schema, tag, tag_outputs

_HOMES: Final = {
    "adapters": "dataloader datasaver load_from save_to",
    "bindings": "configuration group source value",
    "bodies": "does",
    "check": "check_output check_output_custom",
    "config": "exclude",
    "expand": "ParameterizedExtract inject parameterize parameterize_extract_columns parameterize_sources parameterize_values",
    "extract": "extract_columns extract_fields unpack_fields",
    "frames": "with_columns",
    "pipe": "apply_to mutate pipe_input pipe_output step",
    "protocol": "Condition Modifier Pending Phase Scope attach ends misuse modifiers_of only_end targets",
    "resolving": "ResolveAt resolve resolve_from_config",
    "subdags": "parameterized_subdag subdag",
    "tags": "cache schema tag tag_outputs",
}
_HOME_OF: Final = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    "Condition",
    "Modifier",
    "ParameterizedExtract",
    "Pending",
    "Phase",
    "ResolveAt",
    "Scope",
    "apply_to",
    "attach",
    "cache",
    "check_output",
    "check_output_custom",
    "config",
    "configuration",
    "dataloader",
    "datasaver",
    "does",
    "ends",
    "exclude",
    "extract_columns",
    "extract_fields",
    "group",
    "inject",
    "load_from",
    "misuse",
    "modifiers_of",
    "mutate",
    "only_end",
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
    "targets",
    "unpack_fields",
    "value",
    "with_columns",
]


if not TYPE_CHECKING:  # a type checker reads the imports above, and then knows of a misspelt name

    def __getattr__(name: str) -> Any:
        """One of the names above, from where it is at home."""
        if name == "config":
            return importlib.import_module("headwater.modifiers.config")
        if name not in _HOME_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = getattr(importlib.import_module(f"headwater.modifiers.{_HOME_OF[name]}"), name)
        globals()[name] = found
        return found


def __dir__() -> list[str]:
    return [*globals(), *__all__]
