"""The example of each decorator in the docs has the documented result."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from headwater import Builder, Driver

pytestmark = pytest.mark.interpreter  # quick: one test for each decorator

EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "decorators").glob("*.py"))


def imported(path: Path) -> ModuleType:
    specification = importlib.util.spec_from_file_location(path.stem, path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def built(module: ModuleType) -> Driver:
    return Builder().with_modules(module).with_config(getattr(module, "CONFIG", {})).build()


@pytest.fixture(autouse=True)
def beside_the_examples(monkeypatch):
    monkeypatch.chdir(EXAMPLES[0].parent)  # some examples read a file there


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_an_example_has_the_documented_result(path):
    module = imported(path)
    computed = built(module).execute(list(module.EXPECTED), inputs=module.INPUTS)
    for name, expected in module.EXPECTED.items():
        assert computed[name] == (pytest.approx(expected) if isinstance(expected, float) else expected)


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_every_node_of_an_example_has_its_location(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    graph = built(imported(path)).graph
    for node in (node for node in graph if not graph.is_unread_config(node)):
        assert Path(node.location.file) == path
        assert lines[node.location.line - 1].startswith("def ")
