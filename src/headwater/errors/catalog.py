"""Addresses of the pages in the error catalog."""

from __future__ import annotations

from typing import ClassVar, Final

CATALOG_URL: Final = "https://headwater-dataflow.github.io/headwater/latest/errors/"
"""The address of the error catalog. A test compares it with `[project.urls]` in pyproject.toml."""


class Cataloged:
    """A class of errors or warnings with a page in the error catalog.

    A class with `has_page=False`, or outside Headwater, shares the page of its base class.
    """

    catalog_page: ClassVar[str] = ""
    """The name of the page, such as `cycle-error`. Empty for a class that links to the whole catalog."""

    def __init_subclass__(cls, *, has_page: bool = True) -> None:
        super().__init_subclass__()
        if has_page and cls.__module__.partition(".")[0] == __name__.partition(".")[0]:
            cls.catalog_page = _page_name(cls.__name__)

    @property
    def docs_url(self) -> str:
        """The address of the page about this class, with examples and fixes."""
        return f"{CATALOG_URL}{self.catalog_page}/" if self.catalog_page else CATALOG_URL

    @property
    def docs_note(self) -> str:
        """The note that shows the address below the message of an uncaught error."""
        return f"More: {self.docs_url}"


def page_of(problem: BaseException) -> str:
    """Return the name of the page about an exception or a warning. Empty if it has no page of its own."""
    return problem.catalog_page if isinstance(problem, Cataloged) else ""


def _page_name(name: str) -> str:
    """Return the name of a class in kebab case.

    >>> _page_name("NotAList")
    'not-a-list'
    """
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("-")
