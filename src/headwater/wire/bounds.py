"""Bounds of the wire format: the sizes of texts and lists in replies to a page, and the forms of texts.

The types in `views.py` apply them. The page rejects a reply that exceeds a bound, because hostile code may send replies.
`make wire` generates the page's validators from both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class MaxLength:
    """The maximum number of characters of a text."""

    characters: int


@dataclass(frozen=True, slots=True)
class MaxItems:
    """The maximum number of items of a list or a dictionary."""

    items: int


@dataclass(frozen=True, slots=True)
class Matching:
    """The form of a text: a regular expression with the same meaning in Python and JavaScript."""

    pattern: str


@dataclass(frozen=True, slots=True)
class DistinctKey:
    """The key that distinguishes two shapes: only the second has it."""

    key: str


LONGEST_NAME: Final = 1_000
"""The name of a node, a function, a file or a key. Also a tag, or a value in a field."""
LONGEST_TYPE: Final = 300
"""A type with its default or value."""
LONGEST_DOC: Final = 20_000
LONGEST_MESSAGE: Final = 4_000
LONGEST_LINE: Final = 200
"""A line of code in a traceback."""
LONGEST_PRINTS: Final = 20_100
"""The output of one function, with a note on how much was cut."""
LONGEST_PRINTS_OF_RUN: Final = 2_000_000
"""The output of all functions of a run."""
LONGEST_SCALAR: Final = 200
LONGEST_VALUE: Final = 100_000
"""A text or a tree."""
LONGEST_CELL: Final = 120
"""A cell, or the name or type of a column."""
LONGEST_IMAGE: Final = 5_333_336
"""A picture of 4,000,000 bytes in base64."""
LONGEST_FILE: Final = 8_000_000
"""An exported file."""

MOST_NODES: Final = 20_000
MOST_EDGES: Final = 100_000
MOST_COMPARED: Final = 40_000
"""Nodes of two compared dataflows."""
MOST_PROBLEMS: Final = 1_000
MOST_FRAMES: Final = 20
MOST_ITEMS: Final = 1_000
"""Tags of a node, choices of a field, keys of a config, notes or files of an export."""
MOST_NEEDED: Final = 10
"""Missing inputs that are listed at a node."""
MOST_ROWS: Final = 50
MOST_COLUMNS: Final = 60
"""Columns of a table, including its index."""
MOST_DIMENSIONS: Final = 2
MOST_POINTS: Final = 320
"""Points of the line through the values of a column."""

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
"""A whole reply without images and exported files."""
MOST_MARKS: Final = 1_500_000
"""Quotes, brackets and braces of a reply. Their number determines the time to parse it."""
