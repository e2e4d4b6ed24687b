"""Third-party components of the site, and their licenses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Section(Enum):
    """A part of the site. Its value is the prefix of the components' keys in `supplements.toml`."""

    PLAYGROUND = "playground"
    PYTHON = "python"
    PAGES = "pages"
    DATA = "data"


class LicenseError(Exception):
    """A component whose license is unknown or unsuitable. The message says what to do."""


@dataclass(frozen=True, slots=True)
class LicenseText:
    """The text of a license or a notice."""

    title: str
    """The name of the file."""
    content: str


@dataclass(frozen=True, slots=True)
class Component:
    """A component as its own metadata describes it, or as completed by `supplements.toml`."""

    section: Section
    name: str
    version: str
    """Empty if the component has no version."""
    purpose: str
    url: str | None
    license: str | None
    """An SPDX expression. None if the metadata does not state exactly one license."""
    evidence: str
    """A description of the metadata, for error messages."""
    texts: tuple[LicenseText, ...] = ()

    @property
    def key(self) -> str:
        """Return the name of the component in `supplements.toml`."""
        return f"{self.section.value}/{self.name}"

    def __str__(self) -> str:
        return f"{self.name} {self.version}".strip()
