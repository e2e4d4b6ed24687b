"""`extract_columns`, `extract_fields` and `unpack_fields`: parts of a value as separate nodes."""

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
from headwater.errors.quantities import counted
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
    """Extract columns of a data frame as separate nodes: `@extract_columns("age", ("height", "In meters."))`.

    The frame remains a node under the name of the function. Each argument is a column name, or a
    `(name, documentation)` pair.

    Args:
        columns: the columns.
        fill_with: the value for every row of a missing column, both in the column's node and in the frame's node. If omitted, a
            missing column is an error.

    Raises:
        DecoratorError: there are no columns, or the function does not return a data frame.
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
            reason = "it needs at least one column: `@extract_columns('age', 'height')`."
            raise decorator_error("extract_columns", function, reason)
        docs = {}
        for column in columns:
            pair = (column, "") if isinstance(column, str) else column
            if not (isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(text, str) for text in pair)):
                reason = (
                    f"an argument must be a column name, such as `'age'`, or a pair `(name, documentation)`, not {column!r}."
                )
                raise decorator_error("extract_columns", function, reason)
            docs[pair[0]] = pair[1]
        return attach(ExtractColumns(docs, fill_with), function)

    return decorate


@takes_arguments("extract_fields")
def extract_fields(*fields: Mapping[str, Any] | Sequence[str] | str, fill_with: Any = MISSING) -> Decorator:
    """Extract entries of a dictionary as separate nodes: `@extract_fields({"mean": float, "count": int})`.

    The dictionary remains a node under the name of the function. Names without types, `@extract_fields("low", "high")`, take
    their type from the function's `dict[str, ...]` annotation. If the function returns a `TypedDict`, `@extract_fields()`
    extracts every entry.

    Args:
        fields: names and types, or only names.
        fill_with: the value of a missing entry, both in the entry's node and in the dictionary's node. If omitted, a missing
            entry is an error.

    If a type contradicts the function's annotation, the type is used and a `DecoratorWarning` is issued.

    Raises:
        DecoratorError: the function does not return a dictionary, or there are no fields and it does not return a `TypedDict`.
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
    """Extract the parts of a tuple as separate nodes: `@unpack_fields("low", "high")`.

    The tuple remains a node under the name of the function. If there are fewer names than parts, the first parts are extracted.

    Raises:
        DecoratorError: there are no names, there are more names than parts, or the function does not return a tuple.
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
            reason = f"it takes names for the parts of the tuple, as in `@unpack_fields('low', 'high')`, not {names!r}."
            raise decorator_error("unpack_fields", function, reason)
        return attach(UnpackFields(names), function)

    return decorate


@dataclass(frozen=True, slots=True)
class ExtractColumns:
    """The modifier behind `extract_columns`."""

    docs: Mapping[str, str]
    """The names of the columns, with their documentation."""
    fill_with: Any = MISSING
    by_position: bool = False
    """True if the names are assigned to the columns of the frame in order."""
    name = "extract_columns"
    phase = Phase.TRANSFORM

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Return the nodes, with the frame's node followed by a node for each column."""
        frame = sole_leaf(self.name, nodes)
        library = frame_library_for(frame.type)
        if library is None:
            raise _wrong_type_error(self.name, frame, "a data frame")
        parts = [
            _part(frame, self._pick(library, position, name, frame), library.column_type(), doc or frame.doc)
            for position, (name, doc) in enumerate(self.docs.items())
        ]
        extracted = replace_nodes(nodes, {frame.name: [frame, *parts]})
        if self.fill_with is MISSING:
            return extracted
        return fill_missing(
            extracted, frame, lambda call: Fill(call, tuple(self.docs), self.fill_with, "column", library_module(library))
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
    """Names and types, or None for all fields of a `TypedDict`. `MISSING` means the type in the function's annotation."""
    fill_with: Any = MISSING
    name = "extract_fields"
    phase = Phase.TRANSFORM

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Return the nodes, with the dictionary's node followed by a node for each field."""
        record = sole_leaf(self.name, nodes)
        if not typing_rules.fits(value_type(record.type), Mapping):
            raise _wrong_type_error(self.name, record, "a dictionary")
        parts = [
            _part(record, Pick("field", name, _origin(record), fill=self.fill_with), type_, record.doc)
            for name, type_ in self._types(record).items()
        ]
        extracted = replace_nodes(nodes, {record.name: [record, *parts]})
        if self.fill_with is MISSING:
            return extracted
        names = tuple(part.name for part in parts)
        return fill_missing(extracted, record, lambda call: Fill(call, names, self.fill_with, "field"))

    def _types(self, record: Node) -> Mapping[str, Any]:
        type_ = value_type(record.type)
        try:
            declared = typed_dict_fields(type_)
        except Exception as error:  # noqa: BLE001 - an annotation can be any expression
            type_text = typing_rules.format_type(record.type)
            raise decorator_error(
                self.name, record, f"a field of {type_text} has an annotation that cannot be resolved: {error}."
            ) from None
        if self.fields is None:
            if declared is None:
                reason = "without field names, the function must return a `TypedDict`. List the field names."
                raise decorator_error(self.name, record, reason)
            return declared
        arguments = typing_rules.arguments_as(type_, Mapping)
        value_annotation = arguments[1] if len(arguments) == 2 else Any
        types = {}
        for name, type_given in self.fields.items():
            if declared is not None and name not in declared:
                known = typing_rules.format_type(record.type)
                raise decorator_error(self.name, record, f"{known} has no field `{name}`.{did_you_mean(name, declared)}")
            annotated = value_annotation if declared is None else declared[name]
            types[name] = annotated if type_given is MISSING else type_given
            self._check_type(record, name, types[name], annotated)
        return types

    def _check_type(self, record: Node, name: str, declared: Any, annotated: Any) -> None:
        if not typing_rules.fits(declared, annotated) and not typing_rules.fits(annotated, declared):
            field_type, returned = typing_rules.format_types_apart(declared, record.type)
            reason = (
                f"the field `{name}` is declared as {field_type}, but the function is annotated to return {returned}. "
                "The field's type is used. Make the two types agree."
            )
            warn(self.name, record, reason)


@dataclass(frozen=True, slots=True)
class UnpackFields:
    """The modifier behind `unpack_fields`."""

    names: tuple[str, ...]
    name = "unpack_fields"
    phase = Phase.TRANSFORM

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Return the nodes, with the tuple's node followed by a node for each named part."""
        tuple_node = sole_leaf(self.name, nodes)
        if not typing_rules.fits(value_type(tuple_node.type), tuple):
            raise _wrong_type_error(self.name, tuple_node, "a tuple")
        types = self._types(tuple_node)
        parts = [
            _part(tuple_node, Pick("item", name, _origin(tuple_node), position), type_, tuple_node.doc)
            for position, (name, type_) in enumerate(zip(self.names, types, strict=True))
        ]
        return replace_nodes(nodes, {tuple_node.name: [tuple_node, *parts]})

    def _types(self, tuple_node: Node) -> Sequence[Any]:
        types = _tuple_types(value_type(tuple_node.type))
        if not types:
            return [Any] * len(self.names)
        if types[-1] is ...:
            return [types[0]] * len(self.names)
        if len(types) < len(self.names):
            type_text = typing_rules.format_type(tuple_node.type)
            named, present = counted(len(self.names), "part"), counted(len(types), "part")
            reason = f"it names {named}, but the function returns {type_text} with {present}."
            raise decorator_error(self.name, tuple_node, f"{reason} Remove the extra names.")
        return types[: len(self.names)]


def _fields(function: Callable[..., Any], arguments: Sequence[object]) -> Mapping[str, Any] | None:
    """Convert any accepted form of the arguments to names and types for `ExtractFields`."""
    if not arguments:
        return None
    first, *rest = arguments
    only = first if not rest else None
    names: Sequence[object] = list(only) if isinstance(only, Mapping | list | tuple) else arguments
    if not names or not all(isinstance(name, str) for name in names):
        received = repr(first) if not rest else repr(arguments)
        reason = f"it takes the names and types of fields, as in `@extract_fields({{'mean': float}})`, not {received}."
        raise decorator_error("extract_fields", function, reason)
    if not isinstance(only, Mapping):
        return dict.fromkeys(map(str, names), MISSING)
    for name, type_ in only.items():
        if not _is_type(type_):
            raise decorator_error(
                "extract_fields", function, f"the field `{name}` is declared as {type_!r}, which is not a type."
            )
    return dict(only)


def _is_type(value: object) -> bool:
    """Return True for classes and for type forms such as `list[int]`, `int | None` and `Annotated[int, "m"]`."""
    return value is None or isinstance(value, type) or type(value).__module__ in ("typing", "types", "typing_extensions")


def _wrong_type_error(decorator: str, node: Node, expected: str) -> DecoratorError:
    """Return the error for a node whose type has no parts to extract."""
    reason = f"the function must return {expected}, but is annotated to return {typing_rules.format_type(node.type)}."
    function = getattr(node.function, "__name__", node.name)
    if isinstance(node.operation, Pick):
        reason = f"another decorator already extracts `{node.name}` from `{function}`. Remove one of the two decorators."
        return decorator_error(decorator, node.renamed(function), reason)
    return decorator_error(decorator, node, reason)


def _tuple_types(type_: Any) -> Sequence[Any]:
    """Return the types of the parts of a tuple or named tuple. Empty if the types are unknown."""
    if hasattr(type_, "_fields"):
        try:
            return tuple(typing.get_type_hints(type_).values())
        except Exception:  # noqa: BLE001 - an annotation can be any expression
            return ()
    return typing_rules.arguments_as(type_, tuple)


def _origin(node: Node) -> Origin:
    return Origin(node.name, node.location)


def _part(container: Node, pick: Pick, type_: Any, doc: str) -> Node:
    """Return a node that extracts one part of another node's value."""
    argument = Dependency("whole", container.name, container.type)
    return container.replaced(name=pick.name, type=type_, operation=pick, arguments=(argument,), doc=doc)
