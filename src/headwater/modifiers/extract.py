"""`extract_columns` and `extract_fields`: the parts of a value as nodes of their own."""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from headwater import typing_rules
from headwater.errors import MissingPart
from headwater.integrations import FrameLibrary, frame_library
from headwater.modifiers.protocol import Decorator, F, Phase, attach, misuse, only_node
from headwater.node import Dependency, Node


def extract_columns(*columns: str | tuple[str, str]) -> Decorator:
    """Makes columns of a data frame nodes of their own: `@extract_columns("age", ("height", "In metres."))`.

    The frame stays a node under the function's name. A column is given by its name, or by its name and its documentation.

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
            raise misuse("extract_columns", function, "it needs the names of columns: `@extract_columns('age', 'height')`.")
        docs = {}
        for column in columns:
            pair = (column, "") if isinstance(column, str) else column
            if not (isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(text, str) for text in pair)):
                reason = f"a column is given by its name, or as `(name, documentation)`, and not as {column!r}."
                raise misuse("extract_columns", function, reason)
            docs[pair[0]] = pair[1]
        return attach(ExtractColumns(docs), function)

    return decorate


def extract_fields(fields: Mapping[str, Any]) -> Decorator:
    """Makes entries of a dictionary nodes of their own: `@extract_fields({"mean": float, "count": int})`.

    The dictionary stays a node under the function's name.

    Raises:
        DecoratorError: without fields, or where the function does not return a dictionary, or one of values of other types.
        MissingPart: while running, if the dictionary has no such entry.

    >>> from headwater import Builder
    >>> @extract_fields({"low": int, "high": int})
    ... def bounds() -> dict[str, int]:
    ...     return {"low": 1, "high": 9}
    >>> Builder().with_functions(bounds).build().execute(["high"])
    {'high': 9}
    """

    def decorate(function: F) -> F:
        if not isinstance(fields, Mapping) or not fields or not all(isinstance(name, str) for name in fields):
            reason = f"it needs the fields' names and types, as in `@extract_fields({{'mean': float}})`, and not {fields!r}."
            raise misuse("extract_fields", function, reason)
        return attach(ExtractFields(dict(fields)), function)

    return decorate


@dataclass(frozen=True, slots=True)
class ExtractColumns:
    """The modifier behind `extract_columns`."""

    docs: Mapping[str, str]
    name = "extract_columns"
    phase = Phase.TRANSFORM

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """The frame's node and one for each column."""
        frame = only_node(self.name, nodes)
        frame_type = typing.get_origin(frame.type) or frame.type
        library = frame_library(frame_type)
        if library is None or not library.is_frame(frame_type):
            shown = typing_rules.displayed(frame.type)
            raise misuse(self.name, frame, f"the function has to return a data frame, and is annotated to return {shown}.")
        column_type = library.column_type()
        columns = [
            _part(frame, name, column_type, ColumnOf(library, name, frame), doc or frame.doc) for name, doc in self.docs.items()
        ]
        return [frame, *columns]


@dataclass(frozen=True, slots=True)
class ExtractFields:
    """The modifier behind `extract_fields`."""

    fields: Mapping[str, Any]
    name = "extract_fields"
    phase = Phase.TRANSFORM

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """The dictionary's node and one for each field."""
        record = only_node(self.name, nodes)
        if not typing_rules.fits(record.type, Mapping):
            shown = typing_rules.displayed(record.type)
            raise misuse(self.name, record, f"the function has to return a dictionary, and is annotated to return {shown}.")
        self._check_types(record)
        parts = [_part(record, name, type_, FieldOf(name, record), record.doc) for name, type_ in self.fields.items()]
        return [record, *parts]

    def _check_types(self, record: Node) -> None:
        arguments = typing.get_args(record.type)
        if len(arguments) != 2:
            return
        for name, type_ in self.fields.items():
            if not typing_rules.fits(type_, arguments[1]) and not typing_rules.fits(arguments[1], type_):
                reason = (
                    f"the field `{name}` is said to be {typing_rules.displayed(type_)}, but the function returns "
                    f"{typing_rules.displayed(record.type)}. Make the two agree."
                )
                raise misuse(self.name, record, reason)


def _part(whole: Node, name: str, type_: Any, getter: Callable[[Any], Any], doc: str) -> Node:
    """A node that takes one part out of the value of another."""
    return whole.replaced(name=name, type=type_, call=getter, arguments=(Dependency("whole", whole.name, whole.type),), doc=doc)


class ColumnOf:
    """Takes a column out of a frame."""

    __slots__ = ("_frame", "_library", "name")

    def __init__(self, library: FrameLibrary, name: str, frame: Node) -> None:
        self._library = library
        self.name = name
        self._frame = frame

    def __call__(self, whole: Any) -> Any:
        """The column.

        Raises:
            MissingPart: the frame has none of that name.
        """
        present = self._library.column_names(whole)
        if self.name not in present:
            raise MissingPart("column", self.name, self._frame.name, present, self._frame.place)
        return self._library.column(whole, self.name)


class FieldOf:
    """Takes an entry out of a dictionary."""

    __slots__ = ("_record", "name")

    def __init__(self, name: str, record: Node) -> None:
        self.name = name
        self._record = record

    def __call__(self, whole: Any) -> Any:
        """The entry.

        Raises:
            MissingPart: the dictionary has none of that name.
        """
        present = cast("Mapping[str, Any]", whole)
        if self.name not in present:
            raise MissingPart("field", self.name, self._record.name, list(present), self._record.place)
        return present[self.name]
