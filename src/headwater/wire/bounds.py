"""Bounds of the wire format: how long texts and lists may be in what a session sends to a page, and what form they have.

The types in `views.py` state which bound holds where. The page refuses a reply that exceeds one, because a reply may come
from hostile code. `make wire` writes the page's validators from both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class MaxLength:
    """The largest number of characters of a text."""

    characters: int


@dataclass(frozen=True, slots=True)
class MaxItems:
    """The largest number of items of a list or a dictionary."""

    items: int


@dataclass(frozen=True, slots=True)
class Matching:
    """The form of a text: a regular expression that Python and JavaScript read alike."""

    pattern: str


@dataclass(frozen=True, slots=True)
class DistinctKey:
    """The key by which two shapes are told apart: only the second has it."""

    key: str


LONGEST_NAME: Final = 1_000
"""A name of a node, a function, a file or a key; a tag; a value in a field."""
LONGEST_TYPE: Final = 300
"""A type, with the default or the value that is displayed beside it."""
LONGEST_DOC: Final = 20_000
LONGEST_MESSAGE: Final = 4_000
LONGEST_LINE: Final = 200
"""A line of code in a traceback."""
LONGEST_PRINTS: Final = 20_100
"""What one function prints, and a word on how much was cut."""
LONGEST_PRINTS_OF_RUN: Final = 2_000_000
"""What all functions of a run print."""
LONGEST_SCALAR: Final = 200
LONGEST_VALUE: Final = 100_000
"""A text or a tree."""
LONGEST_CELL: Final = 120
"""A cell, or the name or the type of a column."""
LONGEST_IMAGE: Final = 5_333_336
"""A picture of 4,000,000 bytes in base64."""
LONGEST_FILE: Final = 8_000_000
"""An exported file."""

MOST_NODES: Final = 20_000
MOST_EDGES: Final = 100_000
MOST_COMPARED: Final = 40_000
"""Nodes of two dataflows that are compared."""
MOST_PROBLEMS: Final = 1_000
MOST_FRAMES: Final = 20
MOST_ITEMS: Final = 1_000
"""Tags of a node, choices of a field, keys of a config, notes or files of an export."""
MOST_NEEDED: Final = 10
"""Missing inputs that are named at a node."""
MOST_ROWS: Final = 50
MOST_COLUMNS: Final = 60
"""Columns of a table, with those of its index."""
MOST_DIMENSIONS: Final = 2
MOST_POINTS: Final = 320
"""Parts of a column that the line through its values has a point for."""

LONGEST_IMAGES: Final = 20_000_000
"""All images of a run."""
LONGEST_OUTPUTS: Final = 6_000_000
"""All other outputs of a run."""

LONGEST_REPLY: Final[dict[str, int]] = {
    "stage": 1_000,
    "boot-failed": 100_000,
    "graph": 16_000_000,
    "state": 20_000,
    "result": 32_000_000,
    "preview": 8_000_000,
    "comparison": 16_000_000,
    "export": 32_000_000,
    "checked": 100_000,
    "closed": 1_000,
    "crashed": 100_000,
}
"""A whole reply of each kind, as JSON."""
LONGEST_TEXTS: Final = 16_000_000
"""A whole reply without its images and exported files."""
MOST_MARKS: Final = 1_500_000
"""Quotes, brackets and braces of a reply: the number of its parts decides how long it takes to parse."""
