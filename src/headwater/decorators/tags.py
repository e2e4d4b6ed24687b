"""`tag` and what else describes nodes: `tag_outputs`, `schema.output`, `cache`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

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
"""Holds what `schema.output` says: a text `column=type` for each column."""
CACHE_TAG: Final = "headwater.cache."
"""Followed by the name of a setting of `cache`."""

_OWN: Final = "headwater"

Behavior = Literal["default", "recompute", "disable", "ignore"]


@takes_arguments("tag")
def tag(*, target_: Target = None, **tags: str | Sequence[str]) -> Decorator:
    """Adds tags to the node of a function: `@tag(owner="growth", stage=["raw", "daily"])`.

    A value is a text or a list of texts; a key may have dots: `@tag(**{"team.owner": "growth"})`. Keys that begin with
    `headwater` are taken. `Driver.list_available_variables(tag_filter=...)` finds nodes by their tags.

    Args:
        target_: which of the function's nodes: a name, several, all of them (`...`), or, when it is left out, those that no
            other node of the function reads.
        tags: the tags.

    Raises:
        DecoratorError: for a key or a value of another form, or a target that the function does not make.

    >>> from headwater import Builder
    >>> @tag(owner="growth")
    ... def signups() -> int:
    ...     return 3
    >>> driver = Builder().with_functions(signups).build()
    >>> [node.name for node in driver.list_available_variables(tag_filter={"owner": "growth"})]
    ['signups']
    """

    def decorate(function: F) -> F:
        return attach(AddTags("tag", _read(function, "tag", tags), target_), function)

    return decorate


@takes_arguments("tag_outputs")
def tag_outputs(**tags_of: Mapping[str, str | Sequence[str]]) -> Decorator:
    """Adds tags to single nodes of a function that makes several: `@tag_outputs(low={"unit": "m"}, high={"unit": "ft"})`.

    Raises:
        DecoratorError: without nodes, for tags of another form, or for a node that the function does not make.

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
            raise decorator_error("tag_outputs", function, 'it needs nodes and their tags: `@tag_outputs(low={"unit": "m"})`.')
        for name, tags in tags_of.items():
            if not isinstance(tags, Mapping):
                raise decorator_error("tag_outputs", function, f"`{name}` has to be a dictionary of tags, and is {tags!r}.")
        tagged = function
        for name, tags in tags_of.items():
            tagged = attach(AddTags("tag_outputs", _read(function, "tag_outputs", tags), name), tagged)
        return tagged

    return decorate


class schema:  # noqa: N801 - a namespace: it is written `@schema.output(...)`
    """What a data frame is made of, said beside the function that makes it."""

    @staticmethod
    @takes_arguments("schema.output")
    def output(*columns: tuple[str, str], target_: Target = None) -> Decorator:
        """Says which columns a data frame has, and of which types: `@schema.output(("day", "date"), ("rain", "float"))`.

        It is a description, kept as the tag `headwater.schema`; nothing is checked when the dataflow runs.

        Raises:
            DecoratorError: for columns of another form, or where the function does not return a data frame.

        >>> import pandas as pd
        >>> from headwater import Builder, schema
        >>> @schema.output(("day", "date"), ("rain", "float"))
        ... def weather() -> pd.DataFrame: ...
        >>> Builder().with_functions(weather).build().graph["weather"].tags["headwater.schema"]
        ('day=date', 'rain=float')
        """

        def decorate(function: F) -> F:
            if not columns or not all(_is_pair(column) for column in columns):
                reason = f'it takes pairs of a column and its type: `@schema.output(("day", "date"))`, and not {columns!r}.'
                raise decorator_error("schema.output", function, reason)
            return attach(AddSchema({SCHEMA_TAG: tuple(f"{name}={type_}" for name, type_ in columns)}, target_), function)

        return decorate


@takes_arguments("cache")
def cache(*, behavior: Behavior | None = None, format: str | None = None, target_: Target = None) -> Decorator:  # noqa: A002 - it is written `@cache(format="parquet")`
    """Says how the values of a function are to be cached: `@cache(behavior="recompute")`, `@cache(format="parquet")`.

    It is kept as the tags `headwater.cache.behavior` and `headwater.cache.format`, which a cache reads.

    Args:
        behavior: "default" (use a stored value, else run and store), "recompute" (run and store always), "disable" (run, and
            so does all that follows), "ignore" (run, and count as constant for what follows).
        format: in which format the value is stored.
        target_: which of the function's nodes, as in `tag`.

    Raises:
        DecoratorError: without a setting, or for an unknown behavior.

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
        if behavior is not None and behavior not in get_args(Behavior):
            known = ", ".join(f'"{one}"' for one in get_args(Behavior))
            raise decorator_error("cache", function, f"`behavior` is one of {known}, and not {behavior!r}.")
        settings = {"behavior": behavior, "format": format}
        said = {f"{CACHE_TAG}{key}": value for key, value in settings.items() if value is not None}
        return attach(AddTags("cache", said, target_), function)

    return decorate


@dataclass(frozen=True, slots=True)
class AddTags:
    """The modifier behind `tag`, `tag_outputs` and `cache`."""

    name: str
    tags: Mapping[str, TagValue]
    target: Target = None
    phase = Phase.ANNOTATE

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """The nodes, the target's tagged."""
        return replace_nodes(nodes, {node.name: [node.tagged(self.tags)] for node in targets(self.name, nodes, self.target)})


@dataclass(frozen=True, slots=True)
class AddSchema:
    """The modifier behind `schema.output`."""

    tags: Mapping[str, TagValue]
    target: Target = None
    name = "schema.output"
    phase = Phase.ANNOTATE

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """The nodes, the target's tagged."""
        for node in targets(self.name, nodes, self.target):
            if frame_library_for(node.type) is None:
                shown = typing_rules.format_type(node.type)
                raise decorator_error(self.name, node, f"`{node.name}` has to be a data frame, and is annotated as {shown}.")
        return AddTags(self.name, self.tags, self.target).apply(nodes)


def _is_pair(column: object) -> bool:
    return isinstance(column, tuple) and len(column) == 2 and all(isinstance(part, str) for part in column)


def _read(function: Callable[..., Any], decorator: str, tags: Mapping[str, object]) -> Mapping[str, TagValue]:
    """Tags as they were written, checked."""
    if not tags:
        raise decorator_error(decorator, function, f'it needs a tag: `@{decorator}(owner="growth")`.')
    read: dict[str, TagValue] = {}
    for key, value in tags.items():
        parts = str(key).split(".")
        if not all(part.isidentifier() for part in parts):
            raise decorator_error(decorator, function, f"a tag is called by words with dots between them, and not {key!r}.")
        if parts[0] == _OWN:
            raise decorator_error(
                decorator, function, f"the tag `{key}` begins with `{_OWN}`, which is taken: choose another word."
            )
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list | tuple) or not texts or not all(isinstance(text, str) for text in texts):
            raise decorator_error(decorator, function, f"`{key}` has to be a text or a list of texts, and is {value!r}.")
        if len(set(texts)) < len(texts):
            raise decorator_error(decorator, function, f"`{key}` has a text twice: {value!r}.")
        read[key] = value if isinstance(value, str) else tuple(texts)
    return read
