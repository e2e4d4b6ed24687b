"""Tests mirror the source: the path of a module determines the path of its tests. See `tests/README.md`."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.native  # Pyodide has only a part of the repository

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"
ENGINE = ROOT / "src" / "headwater"

MIRRORED = {
    "tests/docs": "docs",
    "tests/bridge": "playground/src/runtime",
    "tests": "src/headwater",
}
"""Folders of tests and the source folders that they mirror, innermost first."""

SMALL = 40
"""The maximum number of lines of a module that needs no test file."""


def names_in_table(heading: str) -> list[list[str]]:
    """Return the names in backticks in the first two cells of each row of a table in the README."""
    text = (TESTS / "README.md").read_text(encoding="utf-8")
    section = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("| `")]
    assert rows, f"The README has no table below `{heading}`."
    return [re.findall(r"`([^`]+)`", cell) for row in rows for cell in row[:2]]


WHOLE = [TESTS / path for (path,) in names_in_table("Suites for several modules")[::2]]

LISTED = names_in_table("Modules without their own test file")
COVERED_ELSEWHERE = {module: tests[0] for modules, tests in zip(LISTED[::2], LISTED[1::2], strict=True) for module in modules}


def source_of(test: Path) -> Path | None:
    """Return the file that a test module tests: the module or package whose name is the longest prefix of the test's name."""
    tests, sources = next(pair for pair in MIRRORED.items() if test.is_relative_to(ROOT / pair[0]))
    folder = ROOT / sources / test.parent.relative_to(ROOT / tests)
    words = test.stem.removeprefix("test_").split("_")
    for count in range(len(words), 0, -1):
        name = "_".join(words[:count])
        for source in (folder / f"{name}.py", folder.parent / name / "__init__.py"):
            if source.is_file() and (source.stem != "__init__" or source.parent == folder):
                return source
    return None


MODULES = [path for path in TESTS.rglob("test_*.py") if not any(path == folder or folder in path.parents for folder in WHOLE)]


def test_every_test_module_names_a_source_file_by_its_path():
    lost = sorted(path.relative_to(ROOT).as_posix() for path in MODULES if source_of(path) is None)
    assert lost == [], "Name each after the module that it tests, or list its folder in tests/README.md."


def test_every_module_has_its_tests_at_its_path_or_is_listed():
    tested = {source_of(path) for path in MODULES}
    large = [path for path in ENGINE.rglob("*.py") if len(path.read_text(encoding="utf-8").splitlines()) > SMALL]
    untested = sorted(path.relative_to(ENGINE).as_posix() for path in large if path not in tested)
    assert untested == sorted(COVERED_ELSEWHERE), (
        "Give each module a test file at its path, or list it in tests/README.md. Remove listed modules that have a test file."
    )


def test_the_lists_name_existing_files():
    assert [path for path in WHOLE if not path.exists()] == []
    assert [path for path in COVERED_ELSEWHERE.values() if not (TESTS / path).is_file()] == []


@pytest.mark.parametrize(
    ("test", "source"),
    [
        ("tests/test_driver.py", "src/headwater/driver.py"),
        ("tests/test_headwater.py", "src/headwater/__init__.py"),
        ("tests/types/test_typing_rules.py", "src/headwater/types/typing_rules.py"),
        ("tests/io/test_sql_of_views.py", "src/headwater/io/sql.py"),
        ("tests/integrations/pandas/test_sql_of_views.py", "src/headwater/integrations/pandas/sql.py"),
        ("tests/integrations/pandas/test_pandas_joins.py", "src/headwater/integrations/pandas/__init__.py"),
        ("tests/decorators/test_decorators_stacks.py", "src/headwater/decorators/__init__.py"),
        ("tests/docs/hooks/test_lessons.py", "docs/hooks/lessons.py"),
        ("tests/bridge/test_bridge.py", "playground/src/runtime/bridge.py"),
        ("tests/test_sql.py", None),
        ("tests/io/test_driver.py", None),
        ("tests/io/test_decorators.py", None),
        ("tests/engine/test_driver.py", None),
    ],
)
def test_a_path_leads_to_its_source(test, source):
    found = source_of(ROOT / test)
    assert (found and found.relative_to(ROOT).as_posix()) == source
