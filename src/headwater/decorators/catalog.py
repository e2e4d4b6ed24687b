"""The catalog of decorators: one row for each public name.

The exports of `headwater` and `headwater.decorators`, the outline, and the pages of the reference are made from it. A family
is imported when one of its names is first asked for: who uses two of them does not wait for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Usage(Enum):
    """How a name is used on a function."""

    CALLED = "@tag(...)"
    BARE = "@exclude"
    EITHER = "@dataloader, @dataloader()"
    BY_FORMAT = "@load_from.csv(...)"
    PART = "value(1), in the arguments of a decorator"
    NAMESPACE = "config, of config.when"
    TOOL = "attach, for custom decorators"


@dataclass(frozen=True, slots=True)
class DecoratorEntry:
    """A public name, `tag` or `config.when`, and what reading a source needs to know of it."""

    name: str
    usage: Usage = Usage.CALLED
    decides: str = ""
    """What a function decides of the decorated one, if one does: no source tells what a function returns."""
    types: frozenset[str] | None = frozenset()
    """The keywords whose values may be types; None for all arguments."""

    @property
    def is_condition(self) -> bool:
        """Whether it decides from the config if the function takes part."""
        return self.name.startswith("config.")

    @property
    def export(self) -> str:
        """What is imported to use it: `config` for `config.when`."""
        return self.name.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Family:
    """Decorators that share a module, and what the reference calls them."""

    module: str
    title: str
    entries: tuple[DecoratorEntry, ...]


CATALOG: Final = (
    Family(
        "config",
        "Which functions take part",
        (
            DecoratorEntry("config", Usage.NAMESPACE),
            DecoratorEntry("config.when"),
            DecoratorEntry("config.when_not"),
            DecoratorEntry("config.when_in"),
            DecoratorEntry("config.when_not_in"),
            DecoratorEntry("config.where", decides="whether the function takes part"),
            DecoratorEntry("config.otherwise", Usage.BARE),
            DecoratorEntry("config.exclude", Usage.BARE),
            DecoratorEntry("exclude", Usage.BARE),
        ),
    ),
    Family(
        "expand",
        "One function, several nodes",
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
        "What parameters are bound to",
        (
            DecoratorEntry("value", Usage.PART),
            DecoratorEntry("source", Usage.PART),
            DecoratorEntry("group", Usage.PART),
            DecoratorEntry("configuration", Usage.PART),
        ),
    ),
    Family(
        "extract",
        "The parts of a value",
        (DecoratorEntry("extract_columns"), DecoratorEntry("extract_fields", types=None), DecoratorEntry("unpack_fields")),
    ),
    Family(
        "pipe",
        "Functions before and after",
        (
            DecoratorEntry("pipe_input"),
            DecoratorEntry("pipe_output"),
            DecoratorEntry("mutate"),
            DecoratorEntry("step", Usage.PART),
            DecoratorEntry("apply_to", Usage.PART),
        ),
    ),
    Family("subdags", "Dataflows inside of a dataflow", (DecoratorEntry("subdag"), DecoratorEntry("parameterized_subdag"))),
    Family("frame_columns", "Columns onto a frame", (DecoratorEntry("with_columns"),)),
    Family("delegation", "Functions whose body is somewhere else", (DecoratorEntry("does"),)),
    Family(
        "dynamic",
        "Decorators that are computed from the config",
        (
            DecoratorEntry("resolve", decides="what it does"),
            DecoratorEntry("resolve_from_config", decides="what it does"),
            DecoratorEntry("ResolveAt", Usage.PART),
        ),
    ),
    Family(
        "load_save",
        "Data from outside",
        (
            DecoratorEntry("load_from", Usage.BY_FORMAT),
            DecoratorEntry("save_to", Usage.BY_FORMAT),
            DecoratorEntry("dataloader", Usage.EITHER),
            DecoratorEntry("datasaver", Usage.EITHER),
        ),
    ),
    Family(
        "tags",
        "Notes on nodes",
        (
            DecoratorEntry("tag"),
            DecoratorEntry("tag_outputs"),
            DecoratorEntry("schema", Usage.NAMESPACE),
            DecoratorEntry("schema.output"),
            DecoratorEntry("cache"),
        ),
    ),
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
"""The module of each name that can be imported."""


def exports(*, tools: bool) -> list[str]:
    """The names that can be imported, in order, with or without those for custom decorators."""
    return sorted({one.export for one in ENTRIES.values() if tools or one.usage is not Usage.TOOL})
