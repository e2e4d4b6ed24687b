"""The decorators, a family a file; `protocol.py` says how they work and how to write one's own."""

from headwater.modifiers import config
from headwater.modifiers.bindings import configuration, group, source, value
from headwater.modifiers.check import check_output
from headwater.modifiers.config import exclude
from headwater.modifiers.does import does
from headwater.modifiers.extract import extract_columns, extract_fields, unpack_fields
from headwater.modifiers.parameterize import (
    ParameterizedExtract,
    inject,
    parameterize,
    parameterize_extract_columns,
    parameterize_sources,
    parameterize_values,
)
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
from headwater.modifiers.resolve import ResolveAt, resolve, resolve_from_config
from headwater.modifiers.subdag import parameterized_subdag, subdag
from headwater.modifiers.tags import cache, schema, tag, tag_outputs
from headwater.modifiers.with_columns import with_columns

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
    "config",
    "configuration",
    "does",
    "ends",
    "exclude",
    "extract_columns",
    "extract_fields",
    "group",
    "inject",
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
