"""Exports of dataflows with `async def` functions: scripts and projects await them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

import headwater
from headwater.errors import NotWritable
from headwater.export import node_test, project, record, script
from headwater.session import Session

if TYPE_CHECKING:
    from headwater.export import Recording

pytestmark = pytest.mark.native  # the event loop of a browser is always running

FLOW = """\
import asyncio


async def price(symbol: str = "a") -> float:
    await asyncio.sleep(0)
    return 10.0


def total(price: float) -> float:
    return price * 2
"""


@pytest.fixture
def recording() -> Recording:
    with Session() as session:
        session.update({"shop.py": FLOW})
        session.run(["total"])
        return session.recording()


def output_of(program: Path) -> str:
    environment = {"PYTHONPATH": str(Path(headwater.__file__).parents[1])}
    return subprocess.run([sys.executable, program], capture_output=True, text=True, check=True, env=environment).stdout


def test_a_script_awaits_async_functions(recording: Recording, tmp_path: Path) -> None:
    text = script(recording, "total")
    assert text.startswith('"""Compute `total` with Headwater, because some functions are `async def`."""\n\nimport asyncio\n')
    assert '    values = asyncio.run(builder.build_async().execute(["total"]))\n' in text
    (tmp_path / "program.py").write_text(text, encoding="utf-8")
    assert output_of(tmp_path / "program.py") == "20.0\n"


def test_a_project_awaits_async_functions(recording: Recording, tmp_path: Path) -> None:
    exported = project(recording, title="Shop")
    for name, text in exported.files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert output_of(tmp_path / "run.py") == "total:\n20.0\n\n"
    assert "    return asyncio.run(run.build().execute(TESTED, inputs=run.INPUTS))\n" in exported.files["tests/test_values.py"]
    assert exported.untested == {}


def test_a_script_of_values_that_need_no_async_function_is_plain(recording: Recording) -> None:
    with Session() as session:
        session.update({"shop.py": FLOW}, overrides={"price": 3.0})
        session.run(["total"])
        assert "asyncio.run" not in script(session.recording(), "total")


def test_a_test_of_an_async_function_is_not_available(recording: Recording) -> None:
    with pytest.raises(NotWritable, match="`price` is `async def`, and exported tests do not await functions"):
        node_test(recording, "price")


def test_a_run_of_async_functions_is_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "shop_to_record.py").write_text(FLOW, encoding="utf-8")
    import importlib

    module: ModuleType = importlib.import_module("shop_to_record")
    values = record(module).values
    assert (values["price"], values["total"]) == (10.0, 20.0)
