"""Links that open a dataflow in the playground: `#v1.` followed by compressed JSON in base64url (RFC 4648).

The JSON is compressed in zlib format (RFC 1950), with `link_dictionary.json` as a preset dictionary. The page has the same
dictionary and decodes links in `playground/src/share/codec.ts`. The code is in the fragment of the URL, which browsers do not
send to a server.

>>> link({"flow.py": "def total(price: int) -> int: return price * 2"}, "https://example.org/play/")[:29]
'https://example.org/play/#v1.'
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files as resources
from typing import Any

from headwater import __version__
from headwater.errors import HeadwaterError

MAX_PAYLOAD_LENGTH = 200_000
"""The maximum number of characters after `#v1.` that the page accepts."""
MAX_CONTENT_BYTES = 2_000_000
"""The maximum number of bytes of JSON that the page accepts."""
MAX_FILES = 40
MAX_OUTPUTS = 200
MAX_NAME_LENGTH = 200
MAX_VALUE_LENGTH = 10_000
MAX_FILE_NAME_LENGTH = 100
MAX_FILE_NAME_BYTES = 240


class NotShareable(HeadwaterError):
    """The dataflow cannot be shared as a link."""


class LinkTooLarge(NotShareable, has_page=False):
    """The dataflow is too large for a link."""


def link(
    files: Mapping[str, str],
    base: str,
    *,
    title: str | None = None,
    outputs: Sequence[str] = (),
    config: Mapping[str, Any] | None = None,
) -> str:
    """Return the URL that opens the files in a playground.

    Args:
        files: the text of the modules and data files, keyed by file name.
        base: the URL of the playground.
        title: the title of the dataflow.
        outputs: the nodes to compute; by default, all nodes that no other node depends on.
        config: the config, which selects variants of functions.

    Raises:
        NotShareable: if the page would reject the link.
    """
    _check_limits_of_page(files, title, outputs, config or {})
    fields: dict[str, Any] = {"engine": __version__}
    if title:
        fields["title"] = title
    if outputs:
        fields["outputs"] = list(outputs)
    if config:
        fields["given"] = {"inputs": {}, "config": {name: _value_text(name, value) for name, value in config.items()}}
    content = json.dumps(fields | {"files": dict(files)}, ensure_ascii=False, separators=(",", ":")).encode()
    payload = _encoded(content)
    if len(content) > MAX_CONTENT_BYTES or len(payload) > MAX_PAYLOAD_LENGTH:
        raise LinkTooLarge(
            f"The dataflow is too large for a link: {len(content):,} bytes, compressed to {len(payload):,} characters. The "
            f"limits are {MAX_CONTENT_BYTES:,} bytes and {MAX_PAYLOAD_LENGTH:,} characters. Try smaller data files."
        )
    return f"{base.partition('#')[0]}#v1.{payload}"


def _check_limits_of_page(
    files: Mapping[str, str], title: str | None, outputs: Sequence[str], config: Mapping[str, Any]
) -> None:
    if not files:
        raise NotShareable("A link needs at least one file.")
    if len(files) > MAX_FILES:
        raise LinkTooLarge(f"A link can have at most {MAX_FILES} files, not {len(files)}.")
    if len(outputs) > MAX_OUTPUTS:
        raise LinkTooLarge(f"A link can have at most {MAX_OUTPUTS} outputs, not {len(outputs)}.")
    names_by_kind = {"title": [title] if title else [], "output": outputs, "config key": config}
    for kind, names in names_by_kind.items():
        for name in names:
            if not 0 < _utf16_length(name) <= MAX_NAME_LENGTH:
                raise NotShareable(
                    f"The {kind} `{name[:40]}` has {_utf16_length(name)} characters. "
                    f"In a link, it must have 1 to {MAX_NAME_LENGTH}."
                )
    for name in files:
        if _utf16_length(name) > MAX_FILE_NAME_LENGTH or len(name.encode()) > MAX_FILE_NAME_BYTES or not name.isprintable():
            raise NotShareable(
                f"The playground does not accept the file name `{name[:40]}`. A file name can have at most "
                f"{MAX_FILE_NAME_LENGTH} characters and {MAX_FILE_NAME_BYTES} bytes, and all characters must be printable."
            )


def _utf16_length(text: str) -> int:
    """Return the length of a string as JavaScript counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _value_text(name: str, value: Any) -> str:
    try:
        text = json.dumps(value, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise NotShareable(f"The config value `{name}` cannot be part of a link: {error}.") from None
    if len(text) > MAX_VALUE_LENGTH:
        raise LinkTooLarge(
            f"The config value `{name}` has {len(text):,} characters. The limit in a link is {MAX_VALUE_LENGTH:,}."
        )
    return text


@cache
def dictionary() -> bytes:
    """Return the preset dictionary. It must never change, because every link contains its checksum."""
    return resources("headwater.sharing").joinpath("link_dictionary.json").read_bytes()


def _encoded(content: bytes) -> str:
    deflate = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS, 9, zdict=dictionary())
    return base64.urlsafe_b64encode(deflate.compress(content) + deflate.flush()).rstrip(b"=").decode()
