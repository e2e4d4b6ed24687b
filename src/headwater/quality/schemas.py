"""`schema` and `model`: checks with pandera and pydantic. These libraries are imported only when a value is checked."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final, ForwardRef

from headwater.libraries.support import package_of
from headwater.libraries.table import column_library, frame_library
from headwater.quality.arguments import is_annotation
from headwater.quality.errors import InvalidCheck
from headwater.quality.validator import Validate, ValidationResult
from headwater.types import typing_rules
from headwater.types.type_forms import alias_target

_MAX_CHAIN_LENGTH: Final = 20
"""The maximum number of aliases to follow until a schema or model is found."""


@dataclass(frozen=True, slots=True)
class LibraryCheck:
    """A check performed by a library."""

    library: str
    schema: Any
    """The pandera schema or the pydantic model."""

    def __call__(self, value: Any) -> ValidationResult:
        """Return the result for a value."""
        result: ValidationResult = import_module(f"headwater.integrations.{self.library}.schemas").validate(self.schema, value)
        return result


def schema_validate(argument: Any, type_: Any) -> Validate:
    """Return the check against a pandera schema.

    Raises:
        InvalidCheck: if the type is neither a frame nor a column, or its annotation contains no schema.
    """
    _require("schema", type_, _is_table, "a data frame or a column from pandas or polars")
    schema = _annotated(type_, "pandera", "schema", "`-> DataFrame[Prices]`") if is_annotation(argument) else argument
    return LibraryCheck("pandera", schema)


def model_validate(argument: Any, type_: Any) -> Validate:
    """Return the check against a pydantic model.

    Raises:
        InvalidCheck: if the type is neither a model nor a dictionary, or its annotation contains no model.
    """
    _require("model", type_, _is_record, "a pydantic model or a dictionary")
    model = _annotated(type_, "pydantic", "model", "`-> Person`") if is_annotation(argument) else argument
    return LibraryCheck("pydantic", model)


def _require(name: str, type_: Any, accepts: Callable[[type], bool], expected: str) -> None:
    classes = typing_rules.classes_of(type_)
    if classes is not None and not all(accepts(class_) for class_ in classes):
        raise InvalidCheck(f"`{name}` cannot check a value of type {typing_rules.format_type(type_)}. It takes {expected}.")


def _is_table(class_: type) -> bool:
    library = frame_library(class_)
    return library is not None and (library.is_frame(class_) or column_library(class_) is not None)


def _is_record(class_: type) -> bool:
    return issubclass(class_, Mapping) or _is_of(class_, "pydantic")


def _annotated(type_: Any, library: str, argument: str, example: str) -> Any:
    """Return the schema or model in an annotation.

    Raises:
        InvalidCheck: if the annotation has no schema or model.
    """
    for part in _parts(type_):
        if isinstance(part, ForwardRef):  # in an outline, a name with an unknown value may be a schema or model
            return part
        if _is_of(part, library) and not typing.get_origin(part):
            return part
    annotation = typing_rules.format_type(type_)
    raise InvalidCheck(
        f"its annotation {annotation} contains no {library} {argument}. Write {example}, or pass `{argument}=...`."
    )


def _parts(type_: Any) -> Iterator[Any]:
    """Yield the innermost parts of an annotation such as `DataFrame[Prices]` or `Annotated[DataFrame, prices]`."""
    for _ in range(_MAX_CHAIN_LENGTH):
        type_ = alias_target(type_)
    arguments = (*typing.get_args(type_), *getattr(type_, "__metadata__", ()))
    for argument in arguments:
        yield from _parts(argument)
    if not arguments:
        yield type_


def _is_of(part: Any, library: str) -> bool:
    class_ = part if isinstance(part, type) else type(part)
    return library in {package_of(base) for base in class_.__mro__}
