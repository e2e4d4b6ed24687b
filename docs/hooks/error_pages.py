"""The pages of the error catalog: `docs/errors/cycle-error.md` describes `CycleError`.

A page has a broken and a fixed example. If they can run in the browser, they are blocks titled `broken.py` and `fixed.py`,
followed by a block titled `Message` with the message of the broken example. Otherwise, they are interactive sessions, which the
tests of the pages run.
"""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mkdocs.utils.meta import get_data

from headwater.errors import (
    DefinitionError,
    GraphError,
    HeadwaterError,
    HeadwaterWarning,
    RequestError,
    RunError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER: Final = Path(__file__).parents[1] / "errors"
OVERVIEW: Final = "index"

Class = type[HeadwaterError] | type[HeadwaterWarning]

GROUPS: Final[dict[str, Class]] = {
    "Functions and decorators": DefinitionError,
    "Graph": GraphError,
    "Requests": RequestError,
    "Runs": RunError,
    "Warnings": HeadwaterWarning,
    "Data, caches and exports": HeadwaterError,
}
"""The catalog's groups, each with a base class. A class belongs to the first group whose base class it inherits from."""

MODULES: Final = (
    "headwater.errors",
    "headwater.integrations.pandas",
    "headwater.io.location",
    "headwater.io.sql",
    "headwater.outline.diagnostics",
    "headwater.sharing.links",
)
"""The modules that define the documented error and warning classes."""

BLOCK: Final = re.compile(r'^```(?P<language>\w+) title="(?P<title>[^"]+)"\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL)
BROKEN, FIXED, MESSAGE = "broken.py", "fixed.py", "Message"


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """The catalog page about an error or warning class."""

    path: Path
    class_: Class
    summary: str
    blocks: dict[str, str]
    """The text of each titled block, keyed by title."""

    @classmethod
    def read(cls, path: Path) -> ErrorPage:
        """Read a page.

        Raises:
            LookupError: Headwater has no class for the page.
        """
        classes = {class_.catalog_page: class_ for class_ in documented_classes()}
        if path.stem not in classes:
            raise LookupError(f"{path} is named after a class that does not exist. Name it like `cycle-error.md`.")
        text, meta = get_data(path.read_text(encoding="utf-8"))
        blocks = {block["title"]: block["text"] for block in BLOCK.finditer(text)}
        return cls(path, classes[path.stem], str(meta["description"]), blocks)

    @property
    def name(self) -> str:
        """The name of the class."""
        return self.class_.__name__

    @property
    def is_live(self) -> bool:
        """Whether the examples run in the browser."""
        return BROKEN in self.blocks

    @property
    def is_warning(self) -> bool:
        """Whether the class is a warning, which does not make a dataflow fail."""
        return issubclass(self.class_, HeadwaterWarning)

    @property
    def group(self) -> str:
        """The title of the group in the catalog."""
        return next(title for title, base in GROUPS.items() if issubclass(self.class_, base))


def documented_classes() -> Iterator[Class]:
    """Yield every error or warning class that has its own page."""
    for name in MODULES:
        module = importlib.import_module(name)
        for member in vars(module).values():
            is_error = isinstance(member, type) and issubclass(member, HeadwaterError | HeadwaterWarning)
            if is_error and member.__module__.startswith(name) and "catalog_page" in vars(member):
                yield member


def error_pages() -> list[ErrorPage]:
    """Read the pages of all error and warning classes, in alphabetical order."""
    return [ErrorPage.read(path) for path in sorted(FOLDER.glob("*.md")) if path.stem != OVERVIEW]
