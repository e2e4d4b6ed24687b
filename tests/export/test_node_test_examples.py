"""The tests for all nodes in the site's examples pass for their code and fail for other code."""

from __future__ import annotations

import ast
import importlib
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from headwater.export.view import export
from headwater.session import Session
from headwater.wire.views import GraphView, NodeView

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
FLAGSHIP = "seattle-weather"
NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/example.toml"))
ABOUT = {name: tomllib.loads((EXAMPLES / name / "example.toml").read_text(encoding="utf-8")) for name in NAMES}
RUNNING = [name for name in NAMES if "fails" not in ABOUT[name]]
LIBRARIES = {"from sklearn": "sklearn", "import sqlite3": "sqlite3"}
"""Libraries that may be missing, keyed by the statement that imports them."""
NOT_RECREATED = {"Connection", "Counter", "LinearRegression", "PCA"}
"""The types of values that no code recreates."""
NODES_OF_A_FUNCTION = 4


def files_of(example: str) -> dict[str, str]:
    files = [path for path in (EXAMPLES / example).glob("*.py") if path.name != "run.py"]
    files += [EXAMPLES.parent / "data" / name for name in ABOUT[example].get("data", ())]
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(files)}


def exported_tests(example: str) -> dict[str, dict[str, str]]:
    """Return the exported files for the nodes that a function of the example computes.

    All other nodes must be refused for the expected reason. Only the first nodes of each function are exported.
    """
    tests: dict[str, dict[str, str]] = {}
    files = files_of(example)
    with Session() as session:
        session.update(files)
        graph = session.graph()
        for node in _first_of_each_function(graph["nodes"]):
            answer = export(session, "test", node=node["name"])
            reason = expected_refusal(node, graph, files)
            if reason is None:
                assert answer["refusal"] is None, f"{node['name']}: {answer['refusal']}"
                tests[node["name"]] = answer["files"]
            else:
                assert reason in (answer["refusal"] or "nothing"), f"{node['name']}: {answer['refusal']}"
    return tests


def _first_of_each_function(nodes: Sequence[NodeView]) -> list[NodeView]:
    functions: dict[tuple[str | None, str | None], list[NodeView]] = {}
    for node in nodes:
        if node["kind"] == "function":
            functions.setdefault((node["module"], node["function"]), []).append(node)
    return [node for same in functions.values() for node in same[:NODES_OF_A_FUNCTION]]


def expected_refusal(node: NodeView, graph: GraphView, files: Mapping[str, str]) -> str | None:
    """Return the reason why the node has no test, or None if it must have one."""
    if "each" in node or node["type"].startswith("Parallelizable["):
        return "has a value for each element"
    if is_computed_by_a_decorator(node, files):
        return "is computed by a decorator"
    types = {other["name"]: other["type"] for other in graph["nodes"]}
    arguments = [edge["source"] for edge in graph["edges"] if edge["target"] == node["name"]]
    classes = {types[name].partition("[")[0] for name in (node["name"], *arguments)}
    return "no code recreates a" if NOT_RECREATED & classes else None


def is_computed_by_a_decorator(node: NodeView, files: Mapping[str, str]) -> bool:
    """Return whether the node's value is neither the result of its function nor a named part of that result."""
    if "headwater.check" in node["tags"] or node["tags"].get("headwater.role") == "received":
        return True
    is_own = node["name"] == node["function"]
    decorators = decorators_of(node, files)
    return ("unpack_fields" in decorators and not is_own) or ("dataloader" in decorators and is_own) or "inject" in decorators


def decorators_of(node: NodeView, files: Mapping[str, str]) -> set[str]:
    functions = [part for part in ast.walk(ast.parse(files[f"{node['module']}.py"])) if isinstance(part, ast.FunctionDef)]
    [function] = [function for function in functions if function.name == node["function"]]
    called = [part.func for part in function.decorator_list if isinstance(part, ast.Call)]
    return {part.id for part in called if isinstance(part, ast.Name)}


def module_of_test(files: Mapping[str, str]) -> str:
    """Return the name of the module with the exported test."""
    [name] = [name for name in files if name.startswith("test_") and name.endswith(".py")]
    return name.removesuffix(".py")


def write_files(files: Mapping[str, str], folder: Path) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def outcome(folder: Path) -> subprocess.CompletedProcess[str]:
    alone = {"PYTHONPATH": "", "PYTHONDONTWRITEBYTECODE": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error", "--rootdir", str(folder)]
    return subprocess.run(command, cwd=folder, env=os.environ | alone, capture_output=True, text=True, check=False)


def other_code(source: str) -> str:
    """Return the source with functions that return different values."""

    class Other(ast.NodeTransformer):
        def visit_Return(self, node: ast.Return) -> ast.AST:
            return ast.copy_location(ast.Return(ast.Constant("something else")), node)

    return ast.unparse(ast.fix_missing_locations(Other().visit(ast.parse(source))))


def changed(files: Mapping[str, str]) -> dict[str, str]:
    return {name: other_code(text) if name.endswith(".py") else text for name, text in files.items()}


@contextmanager
def importing_from(folder: Path) -> Iterator[None]:
    """Make modules in a folder importable, and unload them afterwards."""
    before = set(sys.modules)
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        for name in set(sys.modules) - before:
            if folder in Path(str(getattr(sys.modules[name], "__file__", ""))).parents:
                del sys.modules[name]


def failures(tests: Mapping[str, Mapping[str, str]], code: Mapping[str, str], folder: Path) -> list[str]:
    """Write the tests and the code to a folder, and run the tests. Return the nodes whose tests fail."""
    for files in tests.values():
        write_files(files, folder)
    write_files(code, folder)
    failed: list[str] = []
    with importing_from(folder):
        for node, files in tests.items():
            module = module_of_test(files)
            program: dict[str, Any] = {"__file__": str(folder / f"{module}.py"), "__name__": module}
            exec(files[f"{module}.py"], program)  # noqa: S102
            [test] = [value for name, value in program.items() if name.startswith("test_")]
            try:
                test()
            except (AssertionError, AttributeError, TypeError):  # a test accesses the dtype and the items of any value
                failed.append(node)
    return failed


def marks_of(example: str) -> list[pytest.MarkDecorator]:
    if example == "digits":
        return [pytest.mark.everywhere]  # each of its tests imports scikit-learn
    return [pytest.mark.interpreter] if example == FLAGSHIP else []


@pytest.mark.parametrize("example", [pytest.param(name, marks=marks_of(name)) for name in RUNNING])
def test_the_tests_of_all_nodes_pass_and_fail_for_other_code(example, tmp_path, monkeypatch):
    """For the example with pandas, this also runs in Pyodide, where a different build of pandas reads the files."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    for statement, library in LIBRARIES.items():
        if any(statement in text for text in files_of(example).values()):
            pytest.importorskip(library)
    tests = exported_tests(example)
    assert tests
    assert failures(tests, files_of(example), tmp_path / "same") == []
    assert failures(tests, changed(files_of(example)), tmp_path / "other") == list(tests)


def test_each_node_of_the_flagship_has_a_test():
    tests = exported_tests(FLAGSHIP)
    assert set(tests) == {
        *("weather", "temp_mean", "temp_rolling", "seasonal_baseline", "anomaly", "warm_spells", "rain_days"),
        *("forecast", "error", "mae", "usual_mae", "skill", "report"),
    }
    assert set(tests["anomaly"]) == {
        "test_anomaly.py",
        "features.py",
        "report.py",
        "seattle-weather.csv",
        "test_anomaly_data/temp_rolling.csv",
        "test_anomaly_data/seasonal_baseline.csv",
        "test_anomaly_data/anomaly.csv",
    }


@pytest.mark.native
@pytest.mark.parametrize("node", ["weather", pytest.param("forecast", marks=pytest.mark.everywhere)])
def test_exported_files_run_without_headwater_and_other_files(node, tmp_path):
    files = exported_tests(FLAGSHIP)[node]
    assert not any("headwater" in text for text in files.values())
    done = outcome(write_files(files, tmp_path / "same"))
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout
    test = f"test_{node}.py"
    done = outcome(write_files({**changed(files), test: files[test]}, tmp_path / "other"))
    assert done.returncode == 1, done.stdout
    assert "1 failed" in done.stdout
