"""The decorators, a family a file; `protocol.py` says how they work and how to write one's own."""

from headwater.modifiers import config
from headwater.modifiers.bindings import configuration, group, source, value
from headwater.modifiers.check import check_output
from headwater.modifiers.extract import extract_columns, extract_fields, unpack_fields
from headwater.modifiers.parameterize import (
    ParameterizedExtract,
    inject,
    parameterize,
    parameterize_extract_columns,
    parameterize_sources,
    parameterize_values,
)
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
from headwater.modifiers.tags import tag

__all__ = [
    "Condition",
    "Modifier",
    "ParameterizedExtract",
    "Pending",
    "Phase",
    "Scope",
    "attach",
    "check_output",
    "config",
    "configuration",
    "ends",
    "extract_columns",
    "extract_fields",
    "group",
    "inject",
    "misuse",
    "modifiers_of",
    "only_end",
    "parameterize",
    "parameterize_extract_columns",
    "parameterize_sources",
    "parameterize_values",
    "source",
    "tag",
    "targets",
    "unpack_fields",
    "value",
]
