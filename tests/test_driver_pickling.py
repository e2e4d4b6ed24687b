"""A driver can be copied and sent to another process, with all decorators."""

import copy
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from headwater import Builder, Driver

pytest.importorskip("pandas")

FLOW = """
import pandas as pd
import headwater as hw


def _double(x: float) -> float:
    return x * 2


def _plus(x: float, y: float) -> float:
    return x + y


def _sum(**values: float) -> float:
    return sum(values.values())


@hw.config.when(region="us")
def tax__us(price: float) -> float:
    return price * 0.1


@hw.config.when(region="eu")
def tax__eu(price: float) -> float:
    return price * 0.2


@hw.pipe_input(hw.step(_double), hw.step(_plus, y=3.0))
def piped(price: float) -> float:
    return price


@hw.does(_sum)
def summed(price: float, piped: float) -> float: ...


def sub(price: float) -> float:
    return price


@hw.subdag(sub, inputs={"price": hw.source("piped")})
def nested(sub: float) -> float:
    return sub


@hw.extract_columns("a", "b", fill_with=0)
def frame(price: float) -> pd.DataFrame:
    return pd.DataFrame({"a": [price]})


@hw.extract_columns("c", "d")
def other(price: float) -> pd.DataFrame:
    return pd.DataFrame({"c": [price], "d": [1]})


def of_columns(a: pd.Series, b: pd.Series, d: pd.Series) -> float:
    return float((a + b + d).sum())


@hw.check_output(range=(0, 100), data_type=float)
def checked(price: float) -> float:
    return price


@hw.check_output(range=(0, 100))
def checked_column(a: pd.Series) -> pd.Series:
    return a


@hw.tag(kind="x")
def tagged(price: float) -> float:
    return price


@hw.unpack_fields("p", "q")
def pair(price: float) -> tuple[float, int]:
    return price, 1


@hw.extract_fields({"low": float})
def bounds(price: float) -> dict:
    return {"low": price}


@hw.parameterize(one={"n": hw.value(1.0)}, two={"n": hw.source("low")})
def number(n: float) -> float:
    return n


@hw.inject(parts=hw.group(one=hw.source("one"), two=hw.value(2.0)))
def total(parts: dict[str, float]) -> float:
    return sum(parts.values())
"""

ELSEWHERE = """
import pickle, sys
driver = pickle.loads(sys.stdin.buffer.read())
outputs = [node.name for node in driver.graph if node.kind == "function" and node.type is float]
sys.stdout.buffer.write(pickle.dumps(driver.execute(outputs, inputs={"price": 5.0})))
"""


@pytest.fixture
def driver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Driver:
    (tmp_path / "flow_that_is_pickled.py").write_text(FLOW)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "flow_that_is_pickled", raising=False)
    import flow_that_is_pickled

    return Builder().with_modules(flow_that_is_pickled).with_config({"region": "us"}).build()


def computed(driver: Driver) -> dict[str, object]:
    outputs = [node.name for node in driver.graph if node.kind == "function" and node.type is float]
    return driver.execute(outputs, inputs={"price": 5.0})


def pickled(value):
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - pickled by the test


@pytest.mark.parametrize("has_run", [False, True])
@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, pickled])
def test_a_copy_computes_the_same(driver, copied, has_run):
    if has_run:
        computed(driver)
    other = copied(driver)
    assert list(other.graph.nodes) == list(driver.graph.nodes)
    assert computed(other) == computed(driver)


def test_every_node_can_be_pickled(driver):
    for node in driver.graph:
        other = pickled(node)
        assert (other.name, other.type, dict(other.tags), other.location) == (
            node.name,
            node.type,
            dict(node.tags),
            node.location,
        )
        with pytest.raises(TypeError):
            other.tags["new"] = "tag"


@pytest.mark.native
def test_another_process_computes_the_same(driver, tmp_path):
    ran = subprocess.run(
        [sys.executable, "-c", ELSEWHERE], input=pickle.dumps(driver), capture_output=True, cwd=tmp_path, check=True, timeout=60
    )
    assert pickle.loads(ran.stdout) == computed(driver)  # noqa: S301 - pickled by the test's own program
