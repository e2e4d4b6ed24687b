"""A dataflow as a link to the playground: `#v1.` and JSON, deflated (RFC 1951), in base64url (RFC 4648).

Files are told by the lexicon where that is shorter. `playground/src/share/codec.ts` reads it. The code stands behind the
`#`, so that no server sees it.

>>> link({"flow.py": "def total(price: int) -> int: return price * 2"}, "https://example.org/play/")[:29]
'https://example.org/play/#v1.'
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from headwater import __version__
from headwater.errors import HeadwaterError
from headwater.telling import told

LONGEST = 200_000
"""Characters behind `#v1.` that the page opens."""
LARGEST = 2_000_000
"""Bytes of JSON that the page opens."""
MOST_FILES = 40
LONGEST_TOLD = 50_000
"""A text that is longer than this is data, of which the lexicon knows nothing."""
NAMED_FROM = (None, 5, 6, 7, 8, 10, 13, 18)
"""From how many characters on a piece is named rather than written. What is best depends on the code: all are tried."""


class TooMuchForALink(HeadwaterError):
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
        TooMuchForALink: the page would refuse the link.
    """
    said: dict[str, Any] = {"engine": __version__}
    if title:
        said["title"] = title
    if outputs:
        said["outputs"] = list(outputs)
    if config:
        said["given"] = {"inputs": {}, "config": {name: json.dumps(value) for name, value in config.items()}}
    if len(files) > MOST_FILES:
        raise TooMuchForALink(f"A link carries {MOST_FILES} files at most, and these are {len(files)}.")
    contents = [_json(said | _carried(files, shortest)) for shortest in NAMED_FROM]
    content, payload = min(((content, _packed(content)) for content in contents), key=lambda pair: len(pair[1]))
    if len(content) > LARGEST or len(payload) > LONGEST:
        raise TooMuchForALink(
            f"This is too much for a link: {len(content):,} bytes make {len(payload):,} characters, where {LARGEST:,} and "
            f"{LONGEST:,} are the most. Smaller data files would help."
        )
    return f"{base.partition('#')[0]}#v1.{payload}"


def _carried(files: Mapping[str, str], shortest: int | None) -> dict[str, dict[str, str]]:
    """The files: told where that can be, else written."""
    tellings = {} if shortest is None else {name: _telling(text, shortest) for name, text in files.items()}
    written = {name: text for name, text in files.items() if tellings.get(name) is None}
    by_lexicon = {name: telling for name, telling in tellings.items() if telling is not None}
    return ({"files": written} if written else {}) | ({"told": by_lexicon} if by_lexicon else {})


def _telling(text: str, shortest: int) -> str | None:
    return told(text, shortest) if len(text) <= LONGEST_TOLD else None


def _json(said: Mapping[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _packed(content: bytes) -> str:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
    return base64.urlsafe_b64encode(deflate.compress(content) + deflate.flush()).rstrip(b"=").decode()
