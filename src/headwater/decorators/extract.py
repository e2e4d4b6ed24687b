"""`extract_columns`, `extract_fields` and `unpack_fields`: the parts of a value as nodes of their own."""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from headwater.decorators.fill import fill_missing
from headwater.decorators.protocol import (
    Decorator,
    F,
    Phase,
    attach,
    decorator_error,
    replace_nodes,
    sole_leaf,
    takes_arguments,
    warn,
)
from headwater.errors import DecoratorError
from headwater.errors.suggestions import did_you_mean
from headwater.graph.node import Dependency, Node
from headwater.graph.operation import REQUIRED as MISSING
from headwater.graph.operation import Fill, Origin, Pick
from headwater.libraries.table import FrameLibrary, frame_library_for, library_module
from headwater.types import typing_rules
from headwater.types.type_forms import typed_dict_fields, value_type

__all__ = ["extract_columns", "extract_fields", "unpack_fields"]


@takes_arguments("extract_columns")
def extract_columns(*columns: str | tuple[str, str], fill_with: Any = MISSING) -> Decorator:
    """Makes columns of a data frame nodes of their own: `@extract_columns("age", ("height", "In metres."))`.

    The frame stays a node under the function's name. A column is given by its name, or by its name and its documentation.

    Args:
        columns: the columns.
        fill_with: what every row of a column holds that the frame does not have, in the column's node and in the frame's;
            without it, a missing column is an error.

    Raises:
        DecoratorError: without columns, or where the function does not return a data frame.
        MissingPart: while running, if the frame has no such column.

    >>> import pandas as pd
    >>> from headwater import Builder
    >>> @extract_columns("age")
    ... def people() -> pd.DataFrame:
    ...     return pd.DataFrame({"age": [39, 41]})
    >>> Builder().with_functions(people).build().execute(["age"])["age"].tolist()
    [39, 41]
    """

    def decorate(function: F) -> F:
        if not columns:
            raise decorator_error(
                "extract_columns", function, "it needs the names of columns: `@extract_columns('age', 'height')`."
            )
        docs = {}
        for column in columns:
            pair = (column, "") if isinstance(column, str) else column
            if not (isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(text, str) for text in pair)):
                reason = f"a column is given by its name, or as `(name, documentation)`, and not as {column!r}."
                raise decorator_error("extract_columns", function, reason)
            docs[pair[0]] = pair[1]
        return attach(ExtractColumns(docs, fill_with), function)

    return decorate


@takes_arguments("extract_fields")
def extract_fields(*fields: Mapping[str, Any] | Sequence[str] | str, fill_with: Any = MISSING) -> Decorator:
    """Makes entries of a dictionary nodes of their own: `@extract_fields({"mean": float, "count": int})`.

    The dictionary stays a node under the function's name. Names without types, `@extract_fields("low", "high")`, are of the
    type that the function's annotation `dict[str, ...]` says; of a function that returns a `TypedDict`, `@extract_fields()`
    makes every entry a node.

    Args:
        fields: names and types, or names alone.
        fill_with: the value of an entry that the dictionary does not have, in the entry's node and in the dictionary's;
            without it, a missing entry is an error.

    A type that contradicts the function's annotation counts, with a `DecoratorWarning`.

    Raises:
        DecoratorError: without fields, or where the function does not return a dictionary.
        MissingPart: while running, if the dictionary has no such entry.

    >>> from headwater import Builder
    >>> @extract_fields({"low": int, "high": int})
    ... def bounds() -> dict[str, int]:
    ...     return {"low": 1, "high": 9}
    >>> Builder().with_functions(bounds).build().execute(["high"])
    {'high': 9}
    """

    def decorate(function: F) -> F:
        return attach(ExtractFields(_fields(function, fields), fill_with), function)

    return decorate


@takes_arguments("unpack_fields")
def unpack_fields(*names: str) -> Decorator:
    """Makes the parts of a tuple nodes of their own: `@unpack_fields("low", "high")`.

    The tuple stays a node under the function's name. There may be fewer names than parts: they stand for the first ones.

    Raises:
        DecoratorError: without names, with more names than the tuple has parts, or where the function does not return a tuple.
        MissingPart: while running, if the tuple has too few parts.

    >>> from headwater import Builder
    >>> @unpack_fields("low", "high")
    ... def bounds() -> tuple[int, float]:
    ...     return 1, 9.5
    >>> Builder().with_functions(bounds).build().execute(["high"])
    {'high': 9.5}
    """

    def decorate(function: F) -> F:
        if not names or not all(isinstance(name, str) for name in names):
            reason = f"it needs names for the parts of the tuple, as in `@unpack_fields('low', 'high')`, and not {names!r}."
            raise decorator_error("unpack_fields", function, reason)
        return attach(UnpackFields(names), function)

    return decorate


@dataclass(frozen=True, slots=True)
class ExtractColumns:
    """The modifier behind `extract_columns`."""

    docs: Mapping[str, str]
    """The columns' names, with their documentation."""
    fill_with: Any = MISSING
    by_position: bool = False
    """True if the names are given to the frame's columns in their order."""
    name = "extract_columns"
    phase = Phase.TRANSFORM

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """The frame's node, followed by one for each column."""
        frame = sole_leaf(self.name, nodes)
        library = frame_library_for(frame.type)
        if library is None:
            raise _unfit(self.name, frame, "a data frame")
        parts = [
            _part(frame, self._pick(library, position, name, frame), library.column_type(), doc or frame.doc)
            for position, (name, doc) in enumerate(self.docs.items())
        ]
        made = replace_nodes(nodes, {frame.name: [frame, *parts]})
        if self.fill_with is MISSING:
            return made
        return fill_missing(
            made, frame, lambda call: Fill(call, tuple(self.docs), self.fill_with, "column", library_module(library))
        )

    def _pick(self, library: FrameLibrary, position: int, name: str, frame: Node) -> Pick:
        module = library_module(library)
        if self.by_position:
            return Pick("column", name, _origin(frame), position, module)
        return Pick("column", name, _origin(frame), library=module, fill=self.fill_with)


@dataclass(frozen=True, slots=True)
class ExtractFields:
    """The modifier behind `extract_fields`."""

    fields: Mapping[str, Any] | None
    """Names and types; None for all that a `TypedDict` has. A type is `MISSING` where the function's annotation says it."""
    fill_with: Any = MISSING
    name = "extract_fields"
    phase = Phase.TRANSFORM

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """The dictionary's node, followed by one for each field."""
        record = sole_leaf(self.name, nodes)
        if not typing_rules.fits(value_type(record.type), Mapping):
            raise _unfit(self.name, record, "a dictionary")
        parts = [
            _part(record, Pick("field", name, _origin(record), fill=self.fill_with), type_, record.doc)
            for name, type_ in self._types(record).items()
        ]
        made = replace_nodes(nodes, {record.name: [record, *parts]})
        if self.fill_with is MISSING:
            return made
        names = tuple(part.name for part in parts)
        return fill_missing(made, record, lambda call: Fill(call, names, self.fill_with, "field"))

    def _types(self, record: Node) -> Mapping[str, Any]:
        type_ = value_type(record.type)
        try:
            declared = typed_dict_fields(type_)
        except Exception as error:  # noqa: BLE001 - an annotation is any expression
            shown = typing_rules.format_type(record.type)
            raise decorator_error(
                self.name, record, f"a field of {shown} has an annotation that cannot be resolved: {error}."
            ) from None
        if self.fields is None:
            if declared is None:
                raise decorator_error(
                    self.name, record, "without names the function has to return a `TypedDict`: name the fields."
                )
            return declared
        arguments = typing_rules.arguments_as(type_, Mapping)
        inside = arguments[1] if len(arguments) == 2 else Any
        types = {}
        for name, said in self.fields.items():
            if declared is not None and name not in declared:
                known = typing_rules.format_type(record.type)
                raise decorator_error(self.name, record, f"{known} has no field `{name}`.{did_you_mean(name, declared)}")
            made = inside if declared is None else declared[name]
            types[name] = made if said is MISSING else said
            self._check_type(record, name, types[name], made)
        return types

    def _check_type(self, record: Node, name: str, said: Any, made: Any) -> None:
        if not typing_rules.fits(said, made) and not typing_rules.fits(made, said):
            shown, returned = typing_rules.format_types_apart(said, record.type)
            reason = (
                f"the field `{name}` is declared as {shown}, but the function is annotated to return {returned}. "
                "The field's type is used. Make the two agree."
            )
            warn(self.name, record, reason)


@dataclass(frozen=True, slots=True)
class UnpackFields:
    """The modifier behind `unpack_fields`."""

    names: tuple[str, ...]
    name = "unpack_fields"
    phase = Phase.TRANSFORM

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """The tuple's node, followed by one for each named part."""
        whole = sole_leaf(self.name, nodes)
        if not typing_rules.fits(value_type(whole.type), tuple):
            raise _unfit(self.name, whole, "a tuple")
        types = self._types(whole)
        parts = [
            _part(whole, Pick("item", name, _origin(whole), position), type_, whole.doc)
            for position, (name, type_) in enumerate(zip(self.names, types, strict=True))
        ]
        return replace_nodes(nodes, {whole.name: [whole, *parts]})

    def _types(self, whole: Node) -> Sequence[Any]:
        types = _tuple_types(value_type(whole.type))
        if not types:
            return [Any] * len(self.names)
        if types[-1] is ...:
            return [types[0]] * len(self.names)
        if len(types) < len(self.names):
            shown = typing_rules.format_type(whole.type)
            reason = f"it names {len(self.names)} parts, and the function returns {shown}, of {len(types)}. Take names away."
            raise decorator_error(self.name, whole, reason)
        return types[: len(self.names)]


def _fields(function: Callable[..., Any], given: Sequence[object]) -> Mapping[str, Any] | None:
    """Names and types, as `ExtractFields` takes them, of the forms in which they may be written."""
    if not given:
        return None
    first, *others = given
    alone = first if not others else None
    names: Sequence[object] = list(alone) if isinstance(alone, Mapping | list | tuple) else given
    if not names or not all(isinstance(name, str) for name in names):
        shown = repr(first) if not others else repr(given)
        reason = f"it needs the fields' names and types, as in `@extract_fields({{'mean': float}})`, and not {shown}."
        raise decorator_error("extract_fields", function, reason)
    if not isinstance(alone, Mapping):
        return dict.fromkeys(map(str, names), MISSING)
    for name, said in alone.items():
        if not _is_type(said):
            raise decorator_error(
                "extract_fields", function, f"the field `{name}` is declared as {said!r}, which is not a type."
            )
    return dict(alone)


def _is_type(said: object) -> bool:
    """True for classes and for what `typing` and `types` build of them: `list[int]`, `int | None`, `Annotated[int, "m"]`."""
    return said is None or isinstance(said, type) or type(said).__module__ in ("typing", "types", "typing_extensions")


def _unfit(decorator: str, node: Node, wanted: str) -> DecoratorError:
    """The error for a node that cannot be taken apart."""
    reason = f"the function has to return {wanted}, and is annotated to return {typing_rules.format_type(node.type)}."
    function = getattr(node.function, "__name__", node.name)
    if isinstance(node.operation, Pick):
        reason = f"`{node.name}` is a part that another decorator takes out of `{function}`: remove one of the two decorators."
        return decorator_error(decorator, node.renamed(function), reason)
    return decorator_error(decorator, node, reason)


def _tuple_types(type_: Any) -> Sequence[Any]:
    """The types of a tuple's parts, of a named tuple's too; empty where they are not known."""
    if hasattr(type_, "_fields"):
        try:
            return tuple(typing.get_type_hints(type_).values())
        except Exception:  # noqa: BLE001 - an annotation is any expression; then nothing is known of the parts
            return ()
    return typing_rules.arguments_as(type_, tuple)


def _origin(node: Node) -> Origin:
    return Origin(node.name, node.location)


def _part(whole: Node, pick: Pick, type_: Any, doc: str) -> Node:
    """A node that takes one part out of the value of another."""
    argument = Dependency("whole", whole.name, whole.type)
    return whole.replaced(name=pick.name, type=type_, operation=pick, arguments=(argument,), doc=doc)
