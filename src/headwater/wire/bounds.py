"""Bounds of the wire format: the maximum sizes of strings and lists in replies to a page, and patterns for strings.

The types in `views.py` apply the bounds. The page rejects a reply that exceeds a bound, because hostile code may send replies.
`make wire` generates the page's validators from both modules.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class MaxLength:
    """The maximum number of characters in a string."""

    characters: int


@dataclass(frozen=True, slots=True)
class MaxItems:
    """The maximum number of items in a list or a dictionary."""

    items: int


@dataclass(frozen=True, slots=True)
class Matching:
    """The pattern of a string: a regular expression that has the same meaning in Python and JavaScript."""

    pattern: str


@dataclass(frozen=True, slots=True)
class DistinctKey:
    """The key that distinguishes two shapes. Only the second shape has it."""

    key: str


MAX_NAME_LENGTH: Final = 1_000
"""The name of a node, function, file or key; a tag; or a value in a field."""
MAX_PAGE_NAME_LENGTH: Final = 100
"""The name of a page in the docs."""
MAX_TYPE_LENGTH: Final = 300
"""A type with its default or value."""
MAX_SIGNATURE_LENGTH: Final = 1_000
"""The signature of a suggested function."""
MAX_SUMMARY_LENGTH: Final = 500
"""The first paragraph of a docstring."""
MAX_DOC_LENGTH: Final = 20_000
MAX_MESSAGE_LENGTH: Final = 4_000
MAX_LINE_LENGTH: Final = 200
"""A line of code in a traceback."""
MAX_PRINTS_LENGTH: Final = 20_100
"""The printed text of one function, including the notice about omitted characters."""
MAX_RUN_PRINTS_LENGTH: Final = 2_000_000
"""The maximum length of the text that all functions in a run print."""
MAX_SCALAR_LENGTH: Final = 200
MAX_VALUE_LENGTH: Final = 100_000
"""A text, or a tree as JSON."""
MAX_CELL_LENGTH: Final = 120
"""A cell, or the name or type of a column."""
MAX_IMAGE_LENGTH: Final = 5_333_336
"""An image of 4,000,000 bytes in base64."""
MAX_FILE_LENGTH: Final = 8_000_000
"""An exported file."""

MAX_NODES: Final = 20_000
MAX_EDGES: Final = 100_000
MAX_COMPARED_NODES: Final = 40_000
"""The total number of nodes in two compared dataflows."""
MAX_PROBLEMS: Final = 1_000
MAX_FRAMES: Final = 20
MAX_ITEMS: Final = 1_000
"""The tags of a node, the nodes in `each`, the choices of a field, the keys of a config, or the notes or files of an export."""
MAX_COMPLETIONS: Final = 200
"""The suggestions for one position in the code."""
MAX_ATTRIBUTES: Final = 1_000
"""The attributes that are suggested for one position. All are sent at once, because the editor filters them."""
MAX_COMPLETION_LENGTH: Final = 200
"""A suggestion. Longer names are not suggested, because a truncated name would be wrong."""
MAX_PACKS: Final = 100
"""The packs that a request imports."""
MAX_NEEDED_INPUTS: Final = 10
"""Missing inputs that are listed for a node."""
MAX_CAUSES: Final = 5
"""Reasons that are listed for a call."""
MAX_CRITERIA: Final = 50
"""Conditions that a lesson's check lists."""
MAX_CRITERION_LENGTH: Final = 300
MAX_ROWS: Final = 50
MAX_COLUMNS: Final = 60
"""Columns in a table, including its index."""
MAX_DIMENSIONS: Final = 2
MAX_POINTS: Final = 320
"""Points on the curve through a column's values."""

MAX_RUN_IMAGES_LENGTH: Final = 20_000_000
"""All images in a run."""
MAX_RUN_OUTPUTS_LENGTH: Final = 6_000_000
"""All other outputs in a run."""

MAX_REPLY_LENGTH: Final[dict[str, int]] = {
    "stage": 1_000,
    "boot-failed": 100_000,
    "packs": 100_000,
    "graph": 16_000_000,
    "state": 20_000,
    "result": 32_000_000,
    "preview": 8_000_000,
    "completions": 2_000_000,
    "attributes": 4_000_000,
    "description": 20_000,
    "comparison": 16_000_000,
    "export": 32_000_000,
    "checked": 200_000,
    "closed": 1_000,
    "crashed": 100_000,
}
"""A whole reply of each kind, as JSON."""
MAX_REPLY_TEXT_LENGTH: Final = 16_000_000
"""The maximum number of characters in a reply, apart from images and exported files."""
MAX_MARKS: Final = 1_500_000
"""The maximum number of quotes, brackets and braces in a reply, which determines how long parsing takes."""
