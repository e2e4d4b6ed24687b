"""The `on` decorator: its tag, its target and its errors. `tests/execution/test_placement.py` tests the runs."""

from __future__ import annotations

from typing import Any

import pytest

from headwater import Builder, extract_fields, on
from headwater.errors import DecoratorError


def sizes() -> dict[str, int]:
    return {"low": 1, "high": 9}


BOTH = extract_fields({"low": int, "high": int})


def marks(function: Any) -> dict[str, Any]:
    return {node.name: node.tags.get("headwater.on") for node in Builder().with_functions(function).build().graph}


@pytest.mark.interpreter
def test_the_executor_is_a_tag_of_the_node() -> None:
    assert marks(on("gpu")(sizes)) == {"sizes": "gpu"}


def test_the_last_nodes_of_a_function_are_marked_unless_others_are_named() -> None:
    assert marks(on("gpu")(BOTH(sizes))) == {"sizes": None, "low": "gpu", "high": "gpu"}
    assert marks(on("gpu", target_="sizes")(BOTH(sizes))) == {"sizes": "gpu", "low": None, "high": None}


@pytest.mark.parametrize("name", [4, "", None])
def test_a_name_that_is_no_string_is_refused(name: Any) -> None:
    with pytest.raises(DecoratorError, match=r"it needs the name of an executor, as in `@on\(\"gpu\"\)`, not"):
        on(name)(sizes)
