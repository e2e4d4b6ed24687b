"""The catalog of decorators: one entry for each public name.

The exports of `headwater` and `headwater.decorators`, the outline, and the reference pages are generated from it. A family is
imported when one of its names is first used, because importing all families is slow.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Usage(Enum):
    """How code uses a public name to decorate a function."""

    CALLED = "@tag(...)"
    BARE = "@exclude"
    EITHER = "@dataloader, @dataloader()"
    BY_FORMAT = "@load_from.csv(...)"
    PART = "value(1), in the arguments of a decorator"
    NAMESPACE = "config, as in config.when"
    TOOL = "attach, for custom decorators"


@dataclass(frozen=True, slots=True)
class DecoratorEntry:
    """A public name, such as `tag` or `config.when`, and how the outline reads it."""

    name: str
    usage: Usage = Usage.CALLED
    decides: str = ""
    """For a decorator that takes a function: the decision that the function makes, which the outline cannot know."""
    types: frozenset[str] | None = frozenset()
    """The keywords whose values may be types, or None for all arguments."""

    @property
    def is_condition(self) -> bool:
        """Return True if the decorator uses the config to decide whether a function is included."""
        return self.name.startswith("config.")

    @property
    def export(self) -> str:
        """Return the name to import: `config` for `config.when`."""
        return self.name.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Family:
    """Decorators that share a module, and their title in the reference."""

    module: str
    title: str
    entries: tuple[DecoratorEntry, ...]


CATALOG: Final = (
    Family(
        "config",
        "Include functions by config",
        (
            DecoratorEntry("config", Usage.NAMESPACE),
            DecoratorEntry("config.when"),
            DecoratorEntry("config.when_not"),
            DecoratorEntry("config.when_in"),
            DecoratorEntry("config.when_not_in"),
            DecoratorEntry("config.where", decides="whether the decorated function is included"),
            DecoratorEntry("config.otherwise", Usage.BARE),
            DecoratorEntry("config.exclude", Usage.BARE),
            DecoratorEntry("exclude", Usage.BARE),
        ),
    ),
    Family(
        "expand",
        "Several nodes from one function",
        (
            DecoratorEntry("parameterize"),
            DecoratorEntry("parameterize_values"),
            DecoratorEntry("parameterize_sources"),
            DecoratorEntry("parameterize_extract_columns"),
            DecoratorEntry("ParameterizedExtract", Usage.PART),
            DecoratorEntry("inject"),
        ),
    ),
    Family(
        "bindings",
        "Parameter bindings",
        (
            DecoratorEntry("value", Usage.PART),
            DecoratorEntry("source", Usage.PART),
            DecoratorEntry("group", Usage.PART),
            DecoratorEntry("configuration", Usage.PART),
        ),
    ),
    Family(
        "extract",
        "Extract parts of a value",
        (DecoratorEntry("extract_columns"), DecoratorEntry("extract_fields", types=None), DecoratorEntry("unpack_fields")),
    ),
    Family(
        "pipe",
        "Pipe inputs and outputs",
        (
            DecoratorEntry("pipe_input"),
            DecoratorEntry("pipe_output"),
            DecoratorEntry("mutate"),
            DecoratorEntry("step", Usage.PART),
            DecoratorEntry("apply_to", Usage.PART),
        ),
    ),
    Family("subdags", "Nested dataflows", (DecoratorEntry("subdag"), DecoratorEntry("parameterized_subdag"))),
    Family("frame_columns", "Append columns to a data frame", (DecoratorEntry("with_columns"),)),
    Family("delegation", "Delegate to another function", (DecoratorEntry("does"),)),
    Family(
        "dynamic",
        "Decorators computed from the config",
        (
            DecoratorEntry("resolve", decides="what it does"),
            DecoratorEntry("resolve_from_config", decides="what it does"),
            DecoratorEntry("ResolveAt", Usage.PART),
        ),
    ),
    Family(
        "load_save",
        "Load and save data",
        (
            DecoratorEntry("load_from", Usage.BY_FORMAT),
            DecoratorEntry("save_to", Usage.BY_FORMAT),
            DecoratorEntry("dataloader", Usage.EITHER),
            DecoratorEntry("datasaver", Usage.EITHER),
        ),
    ),
    Family(
        "tags",
        "Tags and other metadata",
        (
            DecoratorEntry("tag"),
            DecoratorEntry("tag_outputs"),
            DecoratorEntry("schema", Usage.NAMESPACE),
            DecoratorEntry("schema.output"),
            DecoratorEntry("cache"),
        ),
    ),
    Family("executors", "Executors", (DecoratorEntry("on"),)),
    Family(
        "check",
        "Checks",
        (DecoratorEntry("check_output", types=frozenset({"data_type", "values_in"})), DecoratorEntry("check_output_custom")),
    ),
    Family(
        "protocol",
        "Custom decorators",
        (
            DecoratorEntry("Condition", Usage.TOOL),
            DecoratorEntry("Modifier", Usage.TOOL),
            DecoratorEntry("Pending", Usage.TOOL),
            DecoratorEntry("Phase", Usage.TOOL),
            DecoratorEntry("Scope", Usage.TOOL),
            DecoratorEntry("attach", Usage.TOOL),
            DecoratorEntry("leaf_nodes", Usage.TOOL),
            DecoratorEntry("decorator_error", Usage.TOOL),
            DecoratorEntry("attachments_of", Usage.TOOL),
            DecoratorEntry("sole_leaf", Usage.TOOL),
            DecoratorEntry("targets", Usage.TOOL),
        ),
    ),
)

ENTRIES: Final = {entry.name: entry for family in CATALOG for entry in family.entries}

MODULES: Final = {entry.export: family.module for family in CATALOG for entry in family.entries}
"""The module of each importable name."""


def exports(*, tools: bool) -> list[str]:
    """Return the sorted names that can be imported, with or without the tools for custom decorators."""
    return sorted({entry.export for entry in ENTRIES.values() if tools or entry.usage is not Usage.TOOL})
