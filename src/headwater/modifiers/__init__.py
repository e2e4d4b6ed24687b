"""The decorators, a family a file; `protocol.py` says how they work and how to write one's own."""

from headwater.modifiers import config
from headwater.modifiers.check import check_output
from headwater.modifiers.extract import extract_columns, extract_fields
from headwater.modifiers.parameterize import parameterize, source, value
from headwater.modifiers.protocol import Condition, Modifier, Phase, attach, modifiers_of
from headwater.modifiers.tags import tag

__all__ = [
    "Condition",
    "Modifier",
    "Phase",
    "attach",
    "check_output",
    "config",
    "extract_columns",
    "extract_fields",
    "modifiers_of",
    "parameterize",
    "source",
    "tag",
    "value",
]
