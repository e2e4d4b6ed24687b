"""`schema` and `model`: what pandera and pydantic have to say of a value. Neither is imported before a value is checked."""

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

_LONGEST_CHAIN: Final = 20
"""Aliases of aliases that are followed to a schema or model."""


@dataclass(frozen=True, slots=True)
class LibraryCheck:
    """A check that an integration makes."""

    library: str
    wanted: Any
    """The schema or the model."""

    def __call__(self, value: Any) -> ValidationResult:
        """What the library says."""
        result: ValidationResult = import_module(f"headwater.integrations.{self.library}.schemas").validate(self.wanted, value)
        return result


def schema_validate(argument: Any, type_: Any) -> Validate:
    """The check against a pandera schema.

    Raises:
        InvalidCheck: the type is neither a frame nor a column, or its annotation has no schema.
    """
    _require("schema", type_, _is_table, "a data frame or a column of pandas or polars")
    schema = _annotated(type_, "pandera", "schema", "`-> DataFrame[Prices]`") if is_annotation(argument) else argument
    return LibraryCheck("pandera", schema)


def model_validate(argument: Any, type_: Any) -> Validate:
    """The check against a pydantic model.

    Raises:
        InvalidCheck: the type is neither a model nor a dictionary, or its annotation has no model.
    """
    _require("model", type_, _is_record, "a pydantic model or a dictionary")
    model = _annotated(type_, "pydantic", "model", "`-> Person`") if is_annotation(argument) else argument
    return LibraryCheck("pydantic", model)


def _require(name: str, type_: Any, takes: Callable[[type], bool], wanted: str) -> None:
    classes = typing_rules.classes_of(type_)
    if classes is not None and not all(takes(class_) for class_ in classes):
        raise InvalidCheck(f"`{name}` cannot check a value of type {typing_rules.format_type(type_)}: it takes {wanted}.")


def _is_table(class_: type) -> bool:
    library = frame_library(class_)
    return library is not None and (library.is_frame(class_) or column_library(class_) is not None)


def _is_record(class_: type) -> bool:
    return issubclass(class_, Mapping) or _is_of(class_, "pydantic")


def _annotated(type_: Any, library: str, what: str, example: str) -> Any:
    """The schema or model that an annotation names.

    Raises:
        InvalidCheck: it names none.
    """
    for part in _parts(type_):
        if isinstance(part, ForwardRef):  # in an outline, what is known by its name only may be one
            return part
        if _is_of(part, library) and not typing.get_origin(part):
            return part
    shown = typing_rules.format_type(type_)
    raise InvalidCheck(f"its annotation {shown} names no {what} of {library}: write {example}, or give it as `{what}=...`.")


def _parts(type_: Any) -> Iterator[Any]:
    """What an annotation is made of, from the inside: `DataFrame[Prices]`, `Annotated[DataFrame, prices]`, `Person | None`."""
    for _ in range(_LONGEST_CHAIN):
        type_ = alias_target(type_)
    arguments = (*typing.get_args(type_), *getattr(type_, "__metadata__", ()))
    for argument in arguments:
        yield from _parts(argument)
    if not arguments:
        yield type_


def _is_of(part: Any, library: str) -> bool:
    class_ = part if isinstance(part, type) else type(part)
    return library in {package_of(base) for base in class_.__mro__}
