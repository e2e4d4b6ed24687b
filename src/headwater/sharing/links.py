"""A dataflow as a link to the playground: `#v1.` and JSON, in the zlib format (RFC 1950) and base64url (RFC 4648).

The JSON is deflated with `link_dictionary.json` as its preset dictionary, which the page has, too; it reads such links with
`playground/src/share/codec.ts`. The code is in the fragment, which browsers do not send to a server.

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

LONGEST = 200_000
"""Characters behind `#v1.` that the page opens."""
LARGEST = 2_000_000
"""Bytes of JSON that the page opens."""
MOST_FILES = 40
MOST_OUTPUTS = 200
LONGEST_NAME = 200
LONGEST_VALUE = 10_000
LONGEST_FILE_NAME = 100
MOST_FILE_NAME_BYTES = 240


class NotShareable(HeadwaterError):
    """A link cannot carry what is to be shared."""


class LinkTooLarge(NotShareable):
    """The files are more than a link can carry."""


def link(
    files: Mapping[str, str],
    base: str,
    *,
    title: str | None = None,
    outputs: Sequence[str] = (),
    config: Mapping[str, Any] | None = None,
) -> str:
    """The address under which a playground shows the files.

    Args:
        files: texts by file name: modules, and data beside them.
        base: the address of the playground's page.
        title: what the page calls the dataflow.
        outputs: nodes to compute; without, all that no other reads.
        config: what decides between variants of functions.

    Raises:
        NotShareable: the page would refuse the link.
    """
    _refuse_what_the_page_refuses(files, title, outputs, config or {})
    said: dict[str, Any] = {"engine": __version__}
    if title:
        said["title"] = title
    if outputs:
        said["outputs"] = list(outputs)
    if config:
        said["given"] = {"inputs": {}, "config": {name: _value_text(name, value) for name, value in config.items()}}
    content = json.dumps(said | {"files": dict(files)}, ensure_ascii=False, separators=(",", ":")).encode()
    payload = _packed(content)
    if len(content) > LARGEST or len(payload) > LONGEST:
        raise LinkTooLarge(
            f"This is too much for a link: {len(content):,} bytes make {len(payload):,} characters, where {LARGEST:,} and "
            f"{LONGEST:,} are the most. Smaller data files would help."
        )
    return f"{base.partition('#')[0]}#v1.{payload}"


def _refuse_what_the_page_refuses(
    files: Mapping[str, str], title: str | None, outputs: Sequence[str], config: Mapping[str, Any]
) -> None:
    if not files:
        raise NotShareable("A link carries at least one file.")
    if len(files) > MOST_FILES:
        raise LinkTooLarge(f"A link carries {MOST_FILES} files at most, and these are {len(files)}.")
    if len(outputs) > MOST_OUTPUTS:
        raise LinkTooLarge(f"A link names {MOST_OUTPUTS} outputs at most, and these are {len(outputs)}.")
    named = {"title": [title] if title else [], "output": outputs, "config key": config}
    for what, names in named.items():
        for name in names:
            if not 0 < _units(name) <= LONGEST_NAME:
                raise NotShareable(
                    f"The {what} `{name[:40]}` has {_units(name)} characters; a link carries 1 to {LONGEST_NAME}."
                )
    for name in files:
        if _units(name) > LONGEST_FILE_NAME or len(name.encode()) > MOST_FILE_NAME_BYTES or not name.isprintable():
            raise NotShareable(
                f"The file name `{name[:40]}` is not one that a playground takes: at most {LONGEST_FILE_NAME} characters and "
                f"{MOST_FILE_NAME_BYTES} bytes, all of them visible."
            )


def _units(text: str) -> int:
    """The length of a text as JavaScript counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _value_text(name: str, value: Any) -> str:
    try:
        text = json.dumps(value, allow_nan=False)
    except (TypeError, ValueError) as problem:
        raise NotShareable(f"The config value `{name}` cannot be carried by a link: {problem}.") from None
    if len(text) > LONGEST_VALUE:
        raise LinkTooLarge(f"The config value `{name}` has {len(text):,} characters; a link carries {LONGEST_VALUE:,}.")
    return text


@cache
def dictionary() -> bytes:
    """The preset dictionary. It must not change: each link names the dictionary it needs by checksum."""
    return resources("headwater.sharing").joinpath("link_dictionary.json").read_bytes()


def _packed(content: bytes) -> str:
    deflate = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS, 9, zdict=dictionary())
    return base64.urlsafe_b64encode(deflate.compress(content) + deflate.flush()).rstrip(b"=").decode()
