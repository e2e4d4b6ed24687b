"""Addresses of pages in the error catalog."""

from __future__ import annotations

import copy
import pickle
import tomllib
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from headwater.errors import CacheWarning, CycleError, DefinitionError, HeadwaterError, NotAList, NotWritable, RunError
from headwater.errors.catalog import CATALOG_URL, page_of
from headwater.errors.graph import PathStep
from headwater.introspection.source_location import SourceLocation
from headwater.literals.errors import TooLong

ROOT = Path(__file__).parents[2]
HERE = SourceLocation("flows.py", 3)


class OwnError(RunError):
    """A class in a user's project."""


@pytest.mark.parametrize(
    ("error", "page"),
    [
        (CycleError([PathStep("a", HERE)]), "cycle-error/"),
        (NotAList("a", HERE, "b", 1), "not-a-list/"),
        (CacheWarning("The cache is full."), "cache-warning/"),
        (RunError("Wrong."), "run-error/"),
        (NotWritable("No."), "not-writable/"),
        (TooLong(), "not-writable/"),
        (OwnError("Wrong."), "run-error/"),
        (DefinitionError("Wrong."), ""),
        (HeadwaterError("Wrong."), ""),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_an_error_knows_the_address_of_its_page(error: HeadwaterError, page: str):
    assert error.docs_url == CATALOG_URL + page


def test_copies_know_the_address_too():
    error = CycleError([PathStep("a", HERE)])
    for other in (pickle.loads(pickle.dumps(error)), copy.copy(error)):  # noqa: S301 - pickled by the test
        assert str(other) == str(error)
        assert other.docs_url == error.docs_url


def test_an_uncaught_error_shows_the_address_below_its_message():
    error = CycleError([PathStep("a", HERE)])
    lines = traceback.format_exception_only(error)
    assert "".join(lines).endswith(f"from the function.\nMore: {CATALOG_URL}cycle-error/\n")
    assert "More" not in str(error)


@pytest.mark.parametrize("copied", [lambda error: pickle.loads(pickle.dumps(error)), copy.copy])  # noqa: S301 - pickled by the test
def test_a_copy_has_the_address_once(copied: Callable[[HeadwaterError], HeadwaterError]):
    assert copied(CycleError([PathStep("a", HERE)])).__notes__ == [f"More: {CATALOG_URL}cycle-error/"]


def test_only_errors_and_warnings_of_headwater_have_a_page():
    class CycleError(ValueError):
        """A class with the same name as a class in the catalog."""

    assert page_of(CycleError("x")) == page_of(HeadwaterError("x")) == ""
    assert page_of(OwnError("x")) == "run-error"


def test_the_address_is_below_the_address_of_the_project():
    urls = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["urls"]
    assert urls["Documentation"] + "latest/errors/" == CATALOG_URL
