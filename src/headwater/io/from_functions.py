"""Adapters made of a library's own functions: what `pandas.read_csv` takes, `load_from.csv` takes."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Collection, Sequence
from typing import Any, ClassVar, Final, NamedTuple, cast

from headwater.io.atomic import replacing
from headwater.io.metadata import file_metadata
from headwater.io.protocol import FilePath, Metadata


class _Unset:
    """The type of `UNSET`, which stands for "the library's own default"."""

    def __repr__(self) -> str:
        return "..."

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: Final = _Unset()

Describe = Callable[[Any], Metadata]


class FunctionAdapter:
    """What adapters made of a function have in common; a subclass for each is made by `reader` and `writer`."""

    path: FilePath
    format: ClassVar[str]
    types: ClassVar[tuple[Any, ...]]
    function: ClassVar[Callable[..., Any]]
    describe: ClassVar[Describe]

    @classmethod
    def name(cls) -> str:
        """The format."""
        return cls.format

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """The types that the function reads or writes."""
        return cls.types

    def options(self) -> dict[str, Any]:
        """The arguments that were given, besides the path."""
        given = {field.name: getattr(self, field.name) for field in dataclasses.fields(cast(Any, self)) if field.name != "path"}
        return {name: value for name, value in given.items() if value is not UNSET}


class Reads(FunctionAdapter):
    """Loads a file by a function."""

    def load_data(self, type_: Any) -> tuple[Any, Metadata]:
        """What the function reads."""
        del type_
        data = type(self).function(self.path, **self.options())
        return data, {**file_metadata(self.path), **type(self).describe(data)}


class Writes(FunctionAdapter):
    """Saves a file by a function of the data."""

    def save_data(self, data: Any) -> Metadata:
        """Writes the file."""
        with replacing(self.path) as temporary:
            type(self).function(data, temporary, **self.options())
        return {**file_metadata(self.path), **type(self).describe(data)}


def reader(
    name: str, format_: str, function: Callable[..., Any], *, module: str, types: Sequence[Any], describe: Describe
) -> type[Reads]:
    """The class `module.name`: loads by a function whose first parameter is the path; the further ones become arguments."""
    return cast(type[Reads], _made(Reads, name, _fields(function, 1), _Members(module, format_, types, function, describe)))


def writer(
    name: str, format_: str, function: Callable[..., Any], *, module: str, types: Sequence[Any], describe: Describe
) -> type[Writes]:
    """The class `module.name`: saves by a function whose first two parameters are the data and the path."""
    return cast(type[Writes], _made(Writes, name, _fields(function, 2), _Members(module, format_, types, function, describe)))


class _Members(NamedTuple):
    """What the classes differ in."""

    module: str
    format: str
    types: Sequence[Any]
    function: Callable[..., Any]
    describe: Describe


def _fields(function: Callable[..., Any], skipped: int) -> list[Any]:
    named = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    parameters = list(inspect.signature(function).parameters.values())[skipped:]
    return [("path", FilePath), *((one.name, Any, UNSET) for one in parameters if one.kind in named)]


def _made(base: type, name: str, fields: list[Any], members: _Members) -> type:
    namespace = {
        "__doc__": base.__doc__,
        "format": members.format,
        "types": tuple(members.types),
        "function": staticmethod(members.function),
        "describe": staticmethod(members.describe),
    }
    made = dataclasses.make_dataclass(name, fields, bases=(base,), frozen=True, repr=False, eq=False, namespace=namespace)
    # Where pickle looks for the class. Only from Python 3.12 on does `make_dataclass` take a module, and then it sets one.
    made.__module__ = members.module
    return made
