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
"""The maximum length of a name (of a node, function, file or key), a tag, or a value in a field."""
MAX_PAGE_NAME_LENGTH: Final = 100
"""The maximum length of the name of a page in the docs."""
MAX_TYPE_LENGTH: Final = 300
"""The maximum length of a type with its default or value."""
MAX_SIGNATURE_LENGTH: Final = 1_000
"""The maximum length of the signature of a suggested function."""
MAX_SUMMARY_LENGTH: Final = 500
"""The maximum length of the first paragraph of a docstring."""
MAX_DOC_LENGTH: Final = 20_000
MAX_MESSAGE_LENGTH: Final = 4_000
MAX_LINE_LENGTH: Final = 200
"""The maximum length of a line of code in a traceback."""
MAX_PRINTS_LENGTH: Final = 20_100
"""The maximum length of the text that one function prints, including the notice about omitted characters."""
MAX_RUN_PRINTS_LENGTH: Final = 2_000_000
"""The maximum length of the text that all functions in a run print."""
MAX_SCALAR_LENGTH: Final = 200
MAX_VALUE_LENGTH: Final = 100_000
"""The maximum length of text, or of a tree as JSON."""
MAX_CELL_LENGTH: Final = 120
"""The maximum length of a cell, or of the name or type of a column."""
MAX_IMAGE_LENGTH: Final = 5_333_336
"""The maximum length of an image in base64. This is enough for 4,000,000 bytes."""
MAX_FILE_LENGTH: Final = 8_000_000
"""The maximum length of an exported file."""

MAX_NODES: Final = 20_000
MAX_EDGES: Final = 100_000
MAX_COMPARED_NODES: Final = 40_000
"""The maximum total number of nodes in two compared dataflows."""
MAX_PROBLEMS: Final = 1_000
MAX_FRAMES: Final = 20
MAX_ITEMS: Final = 1_000
"""The maximum number of tags, nodes in `each`, choices of a field, config keys, and notes or files of an export."""
MAX_COMPLETIONS: Final = 200
"""The maximum number of suggestions for one position in the code."""
MAX_ATTRIBUTES: Final = 1_000
"""The maximum number of attributes suggested for one position. All are sent at once, because the editor filters them."""
MAX_COMPLETION_LENGTH: Final = 200
"""The maximum length of a suggestion. Longer names are not suggested, because a truncated name would be wrong."""
MAX_PACKS: Final = 100
"""The maximum number of packs that a request imports."""
MAX_NEEDED_INPUTS: Final = 10
"""The maximum number of missing inputs that are listed for a node."""
MAX_CAUSES: Final = 5
"""The maximum number of reasons that are listed for a call."""
MAX_CRITERIA: Final = 50
"""The maximum number of conditions that a lesson's check lists."""
MAX_CRITERION_LENGTH: Final = 300
MAX_ROWS: Final = 50
MAX_COLUMNS: Final = 60
"""The maximum number of columns in a table, including its index."""
MAX_DIMENSIONS: Final = 2
MAX_POINTS: Final = 320
"""The maximum number of points on the curve through a column's values."""

MAX_RUN_IMAGES_LENGTH: Final = 20_000_000
"""The maximum total length of the images in a run."""
MAX_RUN_OUTPUTS_LENGTH: Final = 6_000_000
"""The maximum total length of all other outputs in a run."""

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
"""The maximum length of a reply of each kind, as JSON."""
MAX_REPLY_TEXT_LENGTH: Final = 16_000_000
"""The maximum number of characters in a reply, apart from images and exported files."""
MAX_MARKS: Final = 1_500_000
"""The maximum number of quotes, brackets and braces in a reply, which determines how long parsing takes."""
