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
class Entry:
    """A public name, `tag` or `config.when`, and what reading a source needs to know of it."""

    name: str
    usage: Usage = Usage.CALLED
    asks: str = ""
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
    entries: tuple[Entry, ...]


CATALOG: Final = (
    Family(
        "config",
        "Which functions take part",
        (
            Entry("config", Usage.NAMESPACE),
            Entry("config.when"),
            Entry("config.when_not"),
            Entry("config.when_in"),
            Entry("config.when_not_in"),
            Entry("config.where", asks="whether the function takes part"),
            Entry("config.otherwise", Usage.BARE),
            Entry("config.exclude", Usage.BARE),
            Entry("exclude", Usage.BARE),
        ),
    ),
    Family(
        "expand",
        "One function, several nodes",
        (
            Entry("parameterize"),
            Entry("parameterize_values"),
            Entry("parameterize_sources"),
            Entry("parameterize_extract_columns"),
            Entry("ParameterizedExtract", Usage.PART),
            Entry("inject"),
        ),
    ),
    Family(
        "bindings",
        "What parameters are bound to",
        (
            Entry("value", Usage.PART),
            Entry("source", Usage.PART),
            Entry("group", Usage.PART),
            Entry("configuration", Usage.PART),
        ),
    ),
    Family(
        "extract",
        "The parts of a value",
        (Entry("extract_columns"), Entry("extract_fields", types=None), Entry("unpack_fields")),
    ),
    Family(
        "pipe",
        "Functions before and after",
        (
            Entry("pipe_input"),
            Entry("pipe_output"),
            Entry("mutate"),
            Entry("step", Usage.PART),
            Entry("apply_to", Usage.PART),
        ),
    ),
    Family("subdags", "Dataflows inside of a dataflow", (Entry("subdag"), Entry("parameterized_subdag"))),
    Family("frames", "Columns onto a frame", (Entry("with_columns"),)),
    Family("bodies", "Functions whose body is somewhere else", (Entry("does"),)),
    Family(
        "resolving",
        "Decorators that are computed from the config",
        (
            Entry("resolve", asks="what it does"),
            Entry("resolve_from_config", asks="what it does"),
            Entry("ResolveAt", Usage.PART),
        ),
    ),
    Family(
        "adapters",
        "Data from outside",
        (
            Entry("load_from", Usage.BY_FORMAT),
            Entry("save_to", Usage.BY_FORMAT),
            Entry("dataloader", Usage.EITHER),
            Entry("datasaver", Usage.EITHER),
        ),
    ),
    Family(
        "tags",
        "Notes on nodes",
        (Entry("tag"), Entry("tag_outputs"), Entry("schema", Usage.NAMESPACE), Entry("schema.output"), Entry("cache")),
    ),
    Family(
        "check",
        "Checks",
        (Entry("check_output", types=frozenset({"data_type", "values_in"})), Entry("check_output_custom")),
    ),
    Family(
        "protocol",
        "Custom decorators",
        (
            Entry("Condition", Usage.TOOL),
            Entry("Modifier", Usage.TOOL),
            Entry("Pending", Usage.TOOL),
            Entry("Phase", Usage.TOOL),
            Entry("Scope", Usage.TOOL),
            Entry("attach", Usage.TOOL),
            Entry("leaf_nodes", Usage.TOOL),
            Entry("decorator_error", Usage.TOOL),
            Entry("attachments_of", Usage.TOOL),
            Entry("sole_leaf", Usage.TOOL),
            Entry("targets", Usage.TOOL),
        ),
    ),
)

ENTRIES: Final = {entry.name: entry for family in CATALOG for entry in family.entries}

MODULES: Final = {entry.export: family.module for family in CATALOG for entry in family.entries}
"""The module of each name that can be imported."""


def exports(*, tools: bool) -> list[str]:
    """The names that can be imported, in order, with or without those for custom decorators."""
    return sorted({one.export for one in ENTRIES.values() if tools or one.usage is not Usage.TOOL})
