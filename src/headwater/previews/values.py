"""`preview`: a small representation of any value.

Library previewers are looked up by class name. For example, the module with the pandas previewers is imported when the first
pandas value is previewed.
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
        """A function that previews values of a class, or returns None so that another preview is tried."""

        def __call__(self, value: Any, page: Page, /) -> Preview | None:
            """Return the preview of a value. For a table, show the given page."""
            ...


MAX_SCALAR_LENGTH = 200
"""The maximum length of single-line text that is shown as a scalar."""
MAX_TEXT_LENGTH = 20_000
"""The length at which text is truncated, in characters."""
MAX_IMAGE_BYTES = 4_000_000
"""The maximum size in bytes of an image that is shown."""

_SCALARS: Final = frozenset(
    {"bool", "int", "float", "complex", "NoneType"}
    | {"datetime.datetime", "datetime.date", "datetime.time", "datetime.timedelta", "decimal.Decimal"}
    | {"fractions.Fraction", "uuid.UUID", "enum.Enum", "pathlib.PurePath", "range"}
)


def preview(value: Any, page: Page = FIRST) -> Preview:
    """Return a preview of a value. Never raises, even if the value's methods do.

    Args:
        value: any value.
        page: the part of a large table to show.

    >>> preview(1.5)
    {'kind': 'scalar', 'type': 'float', 'text': '1.5'}
    """
    try:
        return _library_preview(value, page) or _builtin_preview(value)
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001 - a user's object, or a library's, may raise anything
        return _text(value, text_of(value))


def _library_preview(value: Any, page: Page) -> Preview | None:
    for cls in type(value).__mro__:
        if (module := integration_module(package_of(cls), "previews")) is not None:
            previewers: Mapping[str, Previewer] = module.PREVIEWERS
            if cls.__name__ in previewers:
                return previewers[cls.__name__](value, page)
    return None


def _builtin_preview(value: Any) -> Preview:
    if isinstance(value, str):
        text = plain_characters(value)
        if len(text) <= MAX_SCALAR_LENGTH and "\n" not in text:
            return {"kind": "scalar", "type": type_name(value), "text": clip(text, MAX_SCALAR_LENGTH)[0]}
        return _text(value, text)
    if not _SCALARS.isdisjoint(_qualified_name(cls) for cls in type(value).__mro__):
        text = plain_text_of(value)
        return (
            {"kind": "scalar", "type": type_name(value), "text": text} if len(text) <= MAX_SCALAR_LENGTH else _text(value, text)
        )
    return _image_preview(value) or (tree_preview(value) if is_tree(value) else _text(value, text_of(value)))


def _qualified_name(cls: type) -> str:
    # Since Python 3.13, pathlib's classes are defined in a submodule.
    module = cls.__module__.partition("._")[0]
    return cls.__name__ if module == "builtins" else f"{module}.{cls.__name__}"


def _text(value: Any, text: str) -> TextPreview:
    head, cut = clip(text, MAX_TEXT_LENGTH)
    return {"kind": "text", "type": type_name(value), "text": head, "truncated": cut}


def _image_preview(value: Any) -> ImagePreview | None:
    """Return the image that a value provides for notebooks (`_repr_png_`), or None."""
    cls = class_of(value)
    result: Any = cls._repr_png_(value) if hasattr(cls, "_repr_png_") else None
    data = cast("Any", result[0] if isinstance(result, tuple) else result)
    png = base64.b64decode(data) if isinstance(data, str) else data
    return image(value, png) if isinstance(png, bytes) else None


def image(value: Any, png: bytes) -> ImagePreview | None:
    """Return a preview of a PNG image, or None if the image is too large to send."""
    if len(png) > MAX_IMAGE_BYTES:
        return None
    return {
        "kind": "image",
        "type": type_name(value),
        "mime": "image/png",
        "data": base64.b64encode(png).decode("ascii"),
    }
