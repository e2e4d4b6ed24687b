"""Parameters and their defaults, as the outline shows them."""

import pytest

from headwater.outline import outline

DEFAULTS = {
    "14": "int = 14",
    "-1": "int = -1",
    "RATE": "int = 20",
    "compute()": "int = compute()",
    "[1, 2]": "int = [1, 2]",
    "lambda x: x": "int = lambda x: x",
    "None": "int = None",
}


@pytest.mark.parametrize(("default", "shown"), DEFAULTS.items())
def test_a_default_is_shown_as_its_value_or_its_source(default, shown):
    view = outline({"a.py": f"RATE = 20\ndef total(price: int = {default}) -> int: ..."})
    assert view["nodes"][0]["type"] == shown


def test_an_input_that_one_function_requires_shows_no_default():
    view = outline({"a.py": "def a(x: int = 3) -> int: ...\ndef b(x: int) -> int: ..."})
    assert view["nodes"][0]["type"] == "int"
    assert [edge["optional"] for edge in view["edges"]] == [True, False]
