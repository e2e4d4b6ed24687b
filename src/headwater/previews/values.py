"""`preview`: what is shown of a value.

Libraries are known by the names of their classes: the module that knows how to show pandas is imported when a value of
pandas is there, and then pandas itself has been imported long before.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, Final, cast

from headwater.libraries.support import integration_module, package_of
from headwater.previews.pages import FIRST, Page
from headwater.previews.texts import class_of, clip, plain_characters, plain_text_of, text_of, type_name
from headwater.previews.trees import is_tree, tree_preview

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Protocol

    from headwater.wire.views import ImagePreview, Preview, TextPreview

    class Previewer(Protocol):
        """Shows values of one class; None where it cannot, and the next way is tried."""

        def __call__(self, value: Any, page: Page, /) -> Preview | None:
            """The preview of a value; of a table, of the page that is asked for."""
            ...


SHORT = 200
"""A text up to this length, and of one line, is shown as a scalar."""
LONG = 20_000
"""Characters that are shown of a longer text."""
LARGEST_IMAGE = 4_000_000
"""Bytes of an image; a larger one is not shown."""

_SCALARS: Final = frozenset(
    {"bool", "int", "float", "complex", "NoneType"}
    | {"datetime.datetime", "datetime.date", "datetime.time", "datetime.timedelta", "decimal.Decimal"}
    | {"fractions.Fraction", "uuid.UUID", "enum.Enum", "pathlib.PurePath", "range"}
)


def preview(value: Any, page: Page = FIRST) -> Preview:
    """What to show of a value. It never raises, whatever the value does.

    Args:
        value: anything.
        page: of a large table, the rows and columns to show.

    >>> preview(1.5)
    {'kind': 'scalar', 'type': 'float', 'text': '1.5'}
    """
    try:
        return _of_library(value, page) or _of_own(value)
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001 - a user's object, or a library's, may raise anything
        return _text(value, text_of(value))


def _of_library(value: Any, page: Page) -> Preview | None:
    for cls in type(value).__mro__:
        if (module := integration_module(package_of(cls), "previews")) is not None:
            previewers: Mapping[str, Previewer] = module.PREVIEWERS
            if cls.__name__ in previewers:
                return previewers[cls.__name__](value, page)
    return None


def _of_own(value: Any) -> Preview:
    if isinstance(value, str):
        text = plain_characters(value)
        if len(text) <= SHORT and "\n" not in text:
            return {"kind": "scalar", "type": type_name(value), "text": clip(text, SHORT)[0]}
        return _text(value, text)
    if not _SCALARS.isdisjoint(_known_as(cls) for cls in type(value).__mro__):
        text = plain_text_of(value)
        return {"kind": "scalar", "type": type_name(value), "text": text} if len(text) <= SHORT else _text(value, text)
    return _picture(value) or (tree_preview(value) if is_tree(value) else _text(value, text_of(value)))


def _known_as(cls: type) -> str:
    # Since Python 3.13 the classes of pathlib say that they live in a submodule.
    module = cls.__module__.partition("._")[0]
    return cls.__name__ if module == "builtins" else f"{module}.{cls.__name__}"


def _text(value: Any, text: str) -> TextPreview:
    head, cut = clip(text, LONG)
    return {"kind": "text", "type": type_name(value), "text": head, "truncated": cut}


def _picture(value: Any) -> ImagePreview | None:
    """The picture that a value draws of itself for notebooks (`_repr_png_`), where it does."""
    cls = class_of(value)
    drawn: Any = cls._repr_png_(value) if hasattr(cls, "_repr_png_") else None
    data = cast("Any", drawn[0] if isinstance(drawn, tuple) else drawn)
    png = base64.b64decode(data) if isinstance(data, str) else data
    return image(value, png) if isinstance(png, bytes) else None


def image(value: Any, png: bytes) -> ImagePreview | None:
    """A preview of a PNG; None if it is too large to send."""
    if len(png) > LARGEST_IMAGE:
        return None
    return {
        "kind": "image",
        "type": type_name(value),
        "mime": "image/png",
        "data": base64.b64encode(png).decode("ascii"),
    }
