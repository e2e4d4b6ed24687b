"""The tests for all nodes in the site's examples pass for their code and fail for other code."""

from __future__ import annotations

import ast
import importlib
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from headwater.export.view import export
from headwater.session import Session

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
FLAGSHIP = "seattle-weather"
NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/example.toml"))
ABOUT = {name: tomllib.loads((EXAMPLES / name / "example.toml").read_text(encoding="utf-8")) for name in NAMES}
RUNNING = [name for name in NAMES if "fails" not in ABOUT[name]]


def files_of(example: str) -> dict[str, str]:
    files = [path for path in (EXAMPLES / example).glob("*.py") if path.name != "run.py"]
    files += [EXAMPLES.parent / "data" / name for name in ABOUT[example].get("data", ())]
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(files)}


def exported_tests(example: str) -> dict[str, dict[str, str]]:
    """Return the exported files for each node that a function of the example computes."""
    tests: dict[str, dict[str, str]] = {}
    with Session() as session:
        session.update(files_of(example))
        nodes = [node["name"] for node in session.graph()["nodes"] if node["kind"] == "function"]
        for node in nodes:
            answer = export(session, "test", node=node)
            if node.endswith("_validator"):
                assert answer["refusal"] is not None
                assert "is computed by a decorator" in answer["refusal"]
                continue
            assert answer["refusal"] is None, f"{node}: {answer['refusal']}"
            tests[node] = answer["files"]
    return tests


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
    """Run the tests next to code. Return the nodes whose tests fail."""
    for files in tests.values():
        write_files(files, folder)
    write_files(code, folder)
    failed: list[str] = []
    with importing_from(folder):
        for node, files in tests.items():
            program: dict[str, Any] = {"__file__": str(folder / f"test_{node}.py"), "__name__": f"test_{node}"}
            exec(files[f"test_{node}.py"], program)  # noqa: S102
            try:
                program[f"test_{node}"]()
            except (AssertionError, AttributeError):  # pandas accesses the dtype of any value
                failed.append(node)
    return failed


@pytest.mark.parametrize(
    "example", [pytest.param(name, marks=[pytest.mark.interpreter] * (name == FLAGSHIP)) for name in RUNNING]
)
def test_the_tests_of_all_nodes_pass_and_fail_for_other_code(example, tmp_path, monkeypatch):
    """For the example with pandas, this also runs in Pyodide, where a different build of pandas reads the files."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
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
@pytest.mark.parametrize("node", ["weather", "forecast"])
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
