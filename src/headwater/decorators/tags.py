"""`tag`, `tag_outputs`, `schema.output` and `cache`: metadata about nodes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from headwater.caching.settings import BEHAVIORS, CACHE_TAG, FORMAT_NAMES, Behavior
from headwater.decorators.protocol import (
    Decorator,
    F,
    Phase,
    Target,
    attach,
    decorator_error,
    replace_nodes,
    takes_arguments,
    targets,
)
from headwater.graph.node import Node, TagValue
from headwater.libraries.table import frame_library_for
from headwater.types import typing_rules

__all__ = ["cache", "schema", "tag", "tag_outputs"]

SCHEMA_TAG: Final = "headwater.schema"
"""The tag of `schema.output`: a string `column=type` for each column."""
_RESERVED: Final = "headwater"


@takes_arguments("tag")
def tag(*, target_: Target = None, **tags: str | Sequence[str]) -> Decorator:
    """Add tags to the node of a function: `@tag(owner="growth", stage=["raw", "daily"])`.

    A value is a string or a list of strings. A key may contain dots: `@tag(**{"team.owner": "growth"})`. Keys that begin with
    `headwater` are reserved. `Driver.list_available_variables(tag_filter=...)` finds nodes by their tags.

    Args:
        target_: the function's nodes to tag: a name, a list of names, or all of them (`...`). By default, the nodes that
            no other node of the function depends on.
        tags: the tags.

    Raises:
        DecoratorError: for an invalid key or value, or for a target that is not a node of the function.

    >>> from headwater import Builder
    >>> @tag(owner="growth")
    ... def signups() -> int:
    ...     return 3
    >>> driver = Builder().with_functions(signups).build()
    >>> [node.name for node in driver.list_available_variables(tag_filter={"owner": "growth"})]
    ['signups']
    """

    def decorate(function: F) -> F:
        return attach(AddTags("tag", _check_tags(function, "tag", tags), target_), function)

    return decorate


@takes_arguments("tag_outputs")
def tag_outputs(**tags_of: Mapping[str, str | Sequence[str]]) -> Decorator:
    """Add tags to individual nodes of a function: `@tag_outputs(low={"unit": "m"}, high={"unit": "ft"})`.

    Raises:
        DecoratorError: no nodes are given, a tag is invalid, or a name is not a node of the function.

    >>> from headwater import Builder, extract_fields
    >>> @tag_outputs(low={"unit": "m"})
    ... @extract_fields({"low": int, "high": int})
    ... def bounds() -> dict[str, int]:
    ...     return {"low": 1, "high": 9}
    >>> dict(Builder().with_functions(bounds).build().graph["low"].tags)
    {'unit': 'm'}
    """

    def decorate(function: F) -> F:
        if not tags_of:
            raise decorator_error("tag_outputs", function, 'it needs nodes and tags: `@tag_outputs(low={"unit": "m"})`.')
        for name, tags in tags_of.items():
            if not isinstance(tags, Mapping):
                reason = f"`{name}` must be a dictionary of tags, such as `{{'unit': 'm'}}`, not {tags!r}."
                raise decorator_error("tag_outputs", function, reason)
        tagged = function
        for name, tags in tags_of.items():
            tagged = attach(AddTags("tag_outputs", _check_tags(function, "tag_outputs", tags), name), tagged)
        return tagged

    return decorate


class schema:  # noqa: N801 - lowercase, because it is used as a namespace: `@schema.output(...)`
    """The schema of a data frame, declared next to the function that returns it."""

    @staticmethod
    @takes_arguments("schema.output")
    def output(*columns: tuple[str, str], target_: Target = None) -> Decorator:
        """Declare the columns of a data frame and their types: `@schema.output(("day", "date"), ("rain", "float"))`.

        The schema is stored as the `headwater.schema` tag. It is only documentation and is not checked when the dataflow runs.

        Raises:
            DecoratorError: for invalid columns, or if the function does not return a data frame.

        >>> import pandas as pd
        >>> from headwater import Builder, schema
        >>> @schema.output(("day", "date"), ("rain", "float"))
        ... def weather() -> pd.DataFrame: ...
        >>> Builder().with_functions(weather).build().graph["weather"].tags["headwater.schema"]
        ('day=date', 'rain=float')
        """

        def decorate(function: F) -> F:
            if not columns or not all(_is_pair(column) for column in columns):
                reason = f'it takes `(column, type)` pairs, as in `@schema.output(("day", "date"))`, not {columns!r}.'
                raise decorator_error("schema.output", function, reason)
            return attach(AddSchema({SCHEMA_TAG: tuple(f"{name}={type_}" for name, type_ in columns)}, target_), function)

        return decorate


@takes_arguments("cache")
def cache(*, behavior: Behavior | None = None, format: str | None = None, target_: Target = None) -> Decorator:  # noqa: A002 - part of the public signature
    """Set how a function's values are cached: `@cache(behavior="recompute")`, `@cache(format="parquet")`.

    The settings apply only if the dataflow has a cache (`Builder.with_cache`). They are stored as the tags
    `headwater.cache.behavior` and `headwater.cache.format`.

    Args:
        behavior: "default" (use the stored value if there is one, otherwise run and store), "recompute" (always run and store),
            "disable" (always run, together with everything downstream), or "ignore" (always run, but treat the value as
            constant downstream).
        format: the format of the file: "parquet", "npy", "json" or "pickle". By default, it depends on the type of the value.
        target_: the function's nodes to which the settings apply, in the same form as in `tag`.

    Raises:
        DecoratorError: no setting is given, or the behavior or format is unknown.

    >>> from headwater import Builder, cache
    >>> @cache(behavior="recompute")
    ... def now() -> float: ...
    >>> dict(Builder().with_functions(now).build().graph["now"].tags)
    {'headwater.cache.behavior': 'recompute'}
    """

    def decorate(function: F) -> F:
        if behavior is None and format is None:
            raise decorator_error(
                "cache", function, 'it needs a setting: `@cache(behavior="recompute")` or `@cache(format="json")`.'
            )
        if behavior is not None and behavior not in BEHAVIORS:
            known = ", ".join(f'"{name}"' for name in BEHAVIORS)
            raise decorator_error("cache", function, f"`behavior` must be one of {known}, not {behavior!r}.")
        if format is not None and format not in FORMAT_NAMES:
            known = ", ".join(f'"{name}"' for name in FORMAT_NAMES)
            raise decorator_error("cache", function, f"`format` must be one of {known}, not {format!r}.")
        settings = {"behavior": behavior, "format": format}
        tags = {f"{CACHE_TAG}{key}": value for key, value in settings.items() if value is not None}
        return attach(AddTags("cache", tags, target_), function)

    return decorate


@dataclass(frozen=True, slots=True)
class AddTags:
    """The modifier behind `tag`, `tag_outputs`, `cache` and `on`."""

    name: str
    tags: Mapping[str, TagValue]
    target: Target = None
    phase = Phase.ANNOTATE

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Return the nodes, with the targets tagged."""
        return replace_nodes(nodes, {node.name: [node.tagged(self.tags)] for node in targets(self.name, nodes, self.target)})


@dataclass(frozen=True, slots=True)
class AddSchema:
    """The modifier behind `schema.output`."""

    tags: Mapping[str, TagValue]
    target: Target = None
    name = "schema.output"
    phase = Phase.ANNOTATE

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Return the nodes, with the targets tagged."""
        for node in targets(self.name, nodes, self.target):
            if frame_library_for(node.type) is None:
                annotation = typing_rules.format_type(node.type)
                raise decorator_error(self.name, node, f"`{node.name}` must be a data frame, but is annotated as {annotation}.")
        return AddTags(self.name, self.tags, self.target).apply(nodes)


def _is_pair(column: object) -> bool:
    return isinstance(column, tuple) and len(column) == 2 and all(isinstance(part, str) for part in column)


def _check_tags(function: Callable[..., Any], decorator: str, tags: Mapping[str, object]) -> Mapping[str, TagValue]:
    """Check the keys and values of tags, and return the tags."""
    if not tags:
        raise decorator_error(decorator, function, f'it needs at least one tag: `@{decorator}(owner="growth")`.')
    checked: dict[str, TagValue] = {}
    for key, value in tags.items():
        parts = str(key).split(".")
        if not all(part.isidentifier() for part in parts):
            raise decorator_error(decorator, function, f"a tag key must consist of identifiers separated by dots, not {key!r}.")
        if parts[0] == _RESERVED:
            raise decorator_error(
                decorator, function, f"the tag `{key}` begins with `{_RESERVED}`, which is reserved. Choose another key."
            )
        strings = [value] if isinstance(value, str) else value
        if not isinstance(strings, list | tuple) or not strings or not all(isinstance(string, str) for string in strings):
            reason = f"`{key}` must be a string, such as `'growth'`, or a list of strings, not {value!r}."
            raise decorator_error(decorator, function, reason)
        if len(set(strings)) < len(strings):
            raise decorator_error(decorator, function, f"`{key}` has a duplicate string: {value!r}.")
        checked[key] = value if isinstance(value, str) else tuple(strings)
    return checked
