"""The examples in `examples/`, as the gallery reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture(scope="module")
def local_examples(load_hook: Callable[[str], Any]) -> Any:
    return load_hook("local_examples")


def test_the_examples_are_sorted_by_title_and_complete(local_examples: Any) -> None:
    found = local_examples.local_examples()
    titles = [example.title for example in found]
    assert titles == sorted(titles, key=str.lower)
    assert len(found) >= 11
    for example in found:
        assert {"README.md"} < set(example.files), example.name
        assert any(name.startswith("test_") for name in example.files), example.name
        assert "example.toml" not in example.files


def test_a_dataflow_is_drawn_without_its_libraries(local_examples: Any) -> None:
    (spark,) = (example for example in local_examples.local_examples() if example.name == "spark-columns")
    names = {node["name"] for node in spark.graph["nodes"]}
    assert {"spark", "measured", "weather", "coldest"} <= names
