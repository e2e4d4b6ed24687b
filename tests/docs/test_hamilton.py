"""The page for users of Hamilton has a row for each public name of Hamilton, and its replacements exist."""

from __future__ import annotations

import ast
import builtins
import concurrent.futures
import importlib
import inspect
import pkgutil
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import headwater
from headwater.caching.cache import Cache
from headwater.caching.log import CacheEvent, StoredVersion
from headwater.cli.main import main
from headwater.drawing import Drawing
from headwater.planning.explanation import Explanation
from headwater.quality import checks

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "guides" / "hamilton.md").read_text(encoding="utf-8")
TABLES = tomllib.loads(Path(__file__).with_name("hamilton-names.toml").read_text(encoding="utf-8"))
VERSION = TABLES.pop("version")

NOT_NAMES = {"async def", "behavior", "build(outputs)", "pickle", "headwater.schema", "logging", "concurrent.futures"}
"""Code in replacements that is neither an expression nor a name of Headwater or of Python."""
RESULTS = {
    "cache": Cache,
    "checks": type(checks(allow_none=False)),
    "explain": Explanation,
    "log": CacheEvent,
    "step": type(headwater.step(len)),
    "versions": StoredVersion,
    "visualize_execution": Drawing,
}
"""The classes of the values that functions and properties return. The test checks the attributes of these values."""


def rows() -> list[tuple[str, str, str]]:
    """Return the rows of all tables that have a status column."""
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in PAGE.splitlines()]
    found, in_table = [], False
    for row in cells:
        in_table = bool(row) and (in_table or row == ["Hamilton", "status", "Headwater"])
        if in_table:
            found.append((row[0], row[1], row[2]))
    return [row for row in found if row[1] not in ("status", "---")]


def code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def names_in(cell: str) -> set[str]:
    """Return the names in a cell: `step.named` for `step(...).named(...)`, and `tag` for `@tag`."""
    return {name for text in code(cell) for name in (text, re.sub(r"\([^()]*\)", "", text).lstrip("@"))}


def public_names() -> list[str]:
    return [f"{table['prefix']}.{name}" if "prefix" in table else name for table in TABLES.values() for name in table["names"]]


def namespace() -> dict[str, Any]:
    """Return the names that replacements use without a module prefix."""
    modules = map(importlib.import_module, ("headwater", "headwater.hooks"))
    public = {name: getattr(module, name) for module in modules for name in module.__all__}
    executors = {name: getattr(concurrent.futures, name) for name in ("Executor", "ThreadPoolExecutor", "ProcessPoolExecutor")}
    formats = dict.fromkeys(("csv", "excel", "feather", "file", "html", "json", "memory", "parquet", "png", "sql", "text"))
    return {**formats, **vars(builtins), **executors, **public, "driver": headwater.Driver, "headwater": headwater}


NAMESPACE = namespace()


def resolved(expression: ast.expr) -> Any:
    """Return the object that an expression refers to. For an instance, return its class.

    Raises:
        LookupError: there is no such name.
    """
    match expression:
        case ast.Name(name):
            return NAMESPACE[name]
        case ast.Call(ast.Name(name) | ast.Attribute(_, name) as function):
            return RESULTS.get(name, resolved(function))
        case ast.Subscript(value):
            return resolved(value)
        case ast.Attribute(owner, name):
            found = attribute(resolved(owner), name)
            return RESULTS[name] if isinstance(found, property) and name in RESULTS else found
    raise LookupError(f"`{ast.unparse(expression)}` is not a name")


def attribute(owner: Any, name: str) -> Any:
    if inspect.ismodule(owner) and not hasattr(owner, name):
        return importlib.import_module(f"{owner.__name__}.{name}")
    if name in (fields := getattr(owner, "__dataclass_fields__", {})):
        return fields[name]
    return inspect.getattr_static(owner, name) if inspect.isclass(owner) else getattr(owner, name)


def faults(text: str) -> Iterator[str]:
    """Yield an error for each nonexistent name, attribute and keyword argument in a piece of code."""
    tree = ast.parse(text, mode="eval")
    parameters = {argument.arg for node in ast.walk(tree) if isinstance(node, ast.Lambda) for argument in node.args.args}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) or (isinstance(node, ast.Name) and node.id not in parameters):
            try:
                resolved(node)
            except (LookupError, AttributeError) as error:
                yield f"{text}: {error}"
        elif isinstance(node, ast.Call) and (unknown := unknown_keywords(node)):
            yield f"{text}: no parameter {unknown}"


def unknown_keywords(call: ast.Call) -> set[str]:
    used = {keyword.arg for keyword in call.keywords if keyword.arg}
    parameters = inspect.signature(resolved(call.func)).parameters.values() if used else []
    takes_any = any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters)
    return set() if takes_any else used - {parameter.name for parameter in parameters}


def test_each_public_name_has_a_row():
    listed = {name for hamilton, _, _ in rows() for name in names_in(hamilton)}
    assert [name for name in public_names() if name not in listed] == []


def test_each_row_has_a_status_and_an_answer():
    assert [row for row in rows() if row[1] not in {"same", "renamed", "better", "absent"} or not row[2]] == []


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_a_replacement_exists(row):
    expressions = [text for text in code(row[2]) if text not in NOT_NAMES and not text.startswith("headwater ")]
    try:
        assert [fault for text in expressions for fault in faults(text)] == []
    except ModuleNotFoundError as error:
        pytest.skip(f"needs the library {error.name}")


def test_the_commands_exist():
    mentioned = {text for _, _, replacement in rows() for text in code(replacement) if text.startswith("headwater ")}
    assert mentioned
    for text in mentioned:
        with pytest.raises(SystemExit) as stop:
            main([*text.split()[1:], "--help"])
        assert stop.value.code == 0, text


def test_the_list_of_names_agrees_with_an_installed_package():
    pytest.importorskip("hamilton", reason="Apache Hamilton is not a dependency: install it to compare")
    version = importlib.import_module("hamilton.version").VERSION
    assert ".".join(map(str, version[:3])) == VERSION
    exporters = {owner: exporter for owner in TABLES if (exporter := exporter_of(owner)) is not None}
    assert len(exporters) > 40
    for owner, exporter in exporters.items():
        table = TABLES[owner]
        assert [name for name in table["names"] if not hasattr(exporter, name)] == [], owner
        assert "internal" not in table or exported(exporter) == {*table["names"], *table["internal"]}, owner


def exporter_of(owner: str) -> Any:
    """Return a module or class of Hamilton, or None if it needs a library that is not installed."""
    try:
        return pkgutil.resolve_name(owner) if owner.startswith("hamilton") else None
    except (ImportError, AttributeError, NotImplementedError):
        return None


def exported(owner: Any) -> set[str]:
    """Return the public names of a class or module, without those that a module imports from elsewhere."""
    if not inspect.ismodule(owner):
        return {name for name in dir(owner) if not name.startswith("_")}
    if hasattr(owner, "__all__"):
        return set(owner.__all__)
    values = {name: value for name, value in vars(owner).items() if not name.startswith("_") and not inspect.ismodule(value)}
    home = owner.__name__
    return {name for name, value in values.items() if str(getattr(value, "__module__", home)).startswith(home)}
