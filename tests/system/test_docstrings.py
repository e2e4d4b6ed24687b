"""The examples in the engine's docstrings work."""

import doctest
import importlib
from pathlib import Path

import pytest

import headwater

pytestmark = pytest.mark.native  # some use libraries that a browser lacks

ENGINE = Path(headwater.__file__).parent
MODULES = sorted(
    path.relative_to(ENGINE.parent).with_suffix("") for path in ENGINE.rglob("*.py") if ">>> " in path.read_text("utf-8")
)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: ".".join(path.parts))
def test_the_examples_of_a_module_run(path):
    if path.parts[1] == "integrations":
        pytest.importorskip(path.parts[2], reason=f"{path.parts[2]} is not installed. `make engines` installs large libraries.")
    result = doctest.testmod(importlib.import_module(".".join(path.parts).removesuffix(".__init__")))
    assert result.attempted
    assert result.failed == 0
