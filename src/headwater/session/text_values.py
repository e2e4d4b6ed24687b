"""Values entered as text on a page: JSON, Python literals, dates and tables.

They are converted once the type of the node is known.
"""

from __future__ import annotations

import datetime as dt
import json
import typing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from headwater.libraries.support import integration_module, package_of
from headwater.previews.texts import plain_text_of, type_name
from headwater.session.literal_values import InvalidLiteral, parse_literal
from headwater.types.type_forms import members, unwrap, value_type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_FORMS: Final = ("literal", "date", "datetime", "file", "table")
"""Prefixes, followed by a colon, for text that is not JSON. No JSON text starts with one of them."""


class InvalidValue(ValueError):
    """Entered text cannot be converted to a value of the expected type. The message gives the reason."""


@dataclass(frozen=True, slots=True)
class TextValue:
    """A value as text, which has not been converted yet."""

    form: str
    text: str

    def __repr__(self) -> str:
        if self.form == "table":
            return f"<table of {len(self.text.strip().splitlines()):,} lines>"
        return self.text

    def read(self, type_: Any, files: Mapping[str, str]) -> Any:
        """Convert the text to a value.

        Args:
            type_: the type of the node.
            files: the text of the data files, keyed by file name.

        Raises:
            InvalidValue: the text is not valid. The message gives the reason.
        """
        match self.form:
            case "literal":
                try:
                    return parse_literal(self.text)
                except InvalidLiteral as error:
                    raise InvalidValue(str(error)) from None
            case "date" | "datetime":
                return _date(self.form, self.text)
            case "file":
                if self.text not in files:
                    raise InvalidValue(f"The file `{self.text}` no longer exists. Choose another file.")
                return _table(files[self.text], type_, is_json=self.text.lower().endswith(".json"))
            case "table":
                return _table(self.text, type_, is_json=self.text.lstrip().startswith(("[", "{")))
            case _:
                raise InvalidValue("This is not valid JSON.")


def parse_text_value(text: str) -> Any:
    """Return the value of JSON text, or a `TextValue` for text in another form."""
    form, colon, rest = text.partition(":")
    if colon and form in _FORMS:
        return TextValue(form, rest)
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return TextValue("json", text)


def _date(form: str, text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text) if form == "date" else dt.datetime.fromisoformat(text)
    except ValueError:
        example = "2024-01-31" if form == "date" else "2024-01-31 12:00"
        raise InvalidValue(f"`{text}` is not a {form}. Use the format `{example}`.") from None


def _table(text: str, type_: Any, *, is_json: bool) -> Any:
    for cls in _classes(type_):
        if (module := integration_module(package_of(cls), "tables")) is None:
            continue
        readers: Mapping[type, Callable[..., Any]] = module.READERS
        for known, read in readers.items():
            if issubclass(known, cls):
                return _read(read, text, cls, is_json=is_json)
    raise InvalidValue("A table can be used only for a pandas or polars frame or series.")


def _read(read: Callable[..., Any], text: str, cls: type, *, is_json: bool) -> Any:
    try:
        return read(text, None if is_json else _separator(text))
    except KeyboardInterrupt:
        raise
    except Exception as error:  # noqa: BLE001 - the library may raise anything
        kind = "JSON" if is_json else "CSV"
        reason = plain_text_of(error).strip().split("\n", 1)[0].rstrip(".")
        raise InvalidValue(f"The {kind} cannot be read as a {cls.__name__}: {reason or type_name(error)}.") from None


def _separator(text: str) -> str:
    """Return the column separator, judging by the first line."""
    head = text.lstrip().split("\n", 1)[0]
    return max(",\t;", key=head.count)


def _classes(type_: Any) -> Iterator[type]:
    for member in members(unwrap(value_type(type_))):
        cls = typing.get_origin(unwrap(member)) or unwrap(member)
        if isinstance(cls, type):
            yield cls
