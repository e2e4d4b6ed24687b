"""SPDX license expressions: whether they are valid, and whether the site accepts them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

from license_expression import AND, ExpressionError, ExpressionParseError, Licensing, get_spdx_licensing

from licenses.components import LicenseError

NAMES: Final = {
    "LicenseRef-scancode-public-domain": "public domain",
    "LicenseRef-scancode-us-govt-public-domain": "public domain (US government)",
}
"""Readable names of licenses that are not on the SPDX list."""

ADDRESSES: Final = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
"""The URLs of licenses that allow a link to the license text instead of a copy of the text."""


@cache
def _licensing() -> Licensing:
    return get_spdx_licensing()


def parse(expression: str) -> Any:
    """Return a license expression as a tree.

    Raises:
        LicenseError: if the expression is not valid, or contains an unknown license.
    """
    try:
        parsed = _licensing().parse(expression, validate=True)
    except (ExpressionError, ExpressionParseError) as error:
        raise LicenseError(f"`{expression}` is not an SPDX license expression: {error}") from None
    if parsed is None:
        raise LicenseError("The license is empty.")
    return parsed


def normalized(expression: str) -> str | None:
    """Return an expression in its canonical form, or None if it is not valid."""
    try:
        return str(parse(expression).render())
    except LicenseError:
        return None


@dataclass(frozen=True, slots=True)
class Kind:
    """Licenses that the site accepts for the same reason."""

    title: str
    reason: str
    licenses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """The licenses that the site accepts."""

    kinds: tuple[Kind, ...]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the kinds of licenses from a file."""
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(tuple(Kind(kind["title"], kind["reason"], tuple(kind["licenses"])) for kind in settings["kinds"]))

    def accepts(self, expression: str) -> bool:
        """Return whether the site can meet the terms of a license.

        For a choice (`OR`), one acceptable license is enough. For a combination (`AND`), every license must be acceptable.

        Raises:
            LicenseError: if the expression is not valid.
        """
        return self._accepts(parse(expression))

    def used(self, expressions: Iterator[str]) -> Policy:
        """Return the policy without licenses that no expression contains."""
        used = {symbol for expression in expressions for symbol in symbols(expression)}
        kinds = (Kind(kind.title, kind.reason, tuple(name for name in kind.licenses if name in used)) for kind in self.kinds)
        return Policy(tuple(kind for kind in kinds if kind.licenses))

    def _accepts(self, parsed: Any) -> bool:
        if not hasattr(parsed, "operator"):
            return any(parsed.render() in kind.licenses for kind in self.kinds)
        return (all if isinstance(parsed, AND) else any)(map(self._accepts, parsed.args))


def symbols(expression: str) -> list[str]:
    """Return the licenses in an expression."""
    return [symbol.render() for symbol in _licensing().license_symbols(parse(expression), decompose=False)]


def readable(expression: str) -> str:
    """Return a license expression with readable names.

    >>> readable("LicenseRef-scancode-public-domain OR CC0-1.0")
    'public domain OR CC0-1.0'
    """
    return re.sub(r"LicenseRef-[\w.-]+", lambda name: NAMES.get(name[0], name[0]), expression)
