"""Editions of an example: earlier versions of its files, stored so that links to edited examples always open.

`playground/src/share/editions.ts` reads these files. The JSON file of an example contains the digests of the example's files,
keyed by edition and file name. The `texts` folder contains each version of a file once, named after its digest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from examples import Example

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def keep(examples: Iterable[Example], folder: Path) -> list[str]:
    """Add the current edition of each example to a folder; return the names of examples with a new edition."""
    texts = folder / "texts"
    texts.mkdir(parents=True, exist_ok=True)
    added: list[str] = []
    for example in examples:
        path = folder / f"{example.name}.json"
        editions = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        edition = edition_of(example.files)
        if edition in editions:
            continue
        added.append(example.name)
        editions[edition] = {name: digest_of(text) for name, text in example.files.items()}
        for text in example.files.values():
            (texts / f"{digest_of(text)}.txt").write_text(text, encoding="utf-8", newline="")
        path.write_text(json.dumps(editions, indent=2) + "\n", encoding="utf-8")
    return added


def edition_of(files: Mapping[str, str]) -> str:
    """Return the id of an edition as `editionOf` on the page computes it: 32-bit FNV-1a, in base 36."""
    number = 0x811C9DC5
    for byte in "".join(f"{name}\0{files[name]}\0" for name in sorted(files)).encode():
        number = (number ^ byte) * 0x01000193 & 0xFFFFFFFF
    digits = ""
    while number or not digits:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits


def digest_of(text: str) -> str:
    """Return the name under which a file's text is stored."""
    return hashlib.sha256(text.encode()).hexdigest()[:20]
