"""Functions that look like tests but do not run are found in the source text."""

import pytest

from headwater.lessons.ignored_tests import ignored_tests


@pytest.mark.parametrize(
    "text",
    [
        "",
        "def test_a(): pass\n",
        "if True:\n    def test_a(): pass\n",
        "class TestShop:\n    def test_a(self): pass\n    def test_b(self): pass\n",
        "class TestShop:\n    def test_a(self): pass\ndef test_a(): pass\n",
        "def helper():\n    def checked(): pass\n",
        "def test_a( -> broken",
    ],
)
def test_tests_that_run_are_not_reported(text: str) -> None:
    assert ignored_tests({"test_shop.py": text}) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("def helper():\n    def test_a(): pass\n", "it is inside the function `helper`"),
        ("def test_b():\n    with open('x'):\n        def test_a(): pass\n", "it is inside the function `test_b`"),
        ("class Shop:\n    async def test_a(self): pass\n", "it is inside the class `Shop`"),
        (
            "class TestShop:\n    def __init__(self): pass\n    def test_a(self): pass\n",
            "it is inside the class `TestShop`",
        ),
        ("class TestShop:\n    class TestMore:\n        def test_a(self): pass\n", "it is inside the class `TestMore`"),
        ("class TestShop:\n    def more(self):\n        def test_a(): pass\n", "it is inside the function `more`"),
    ],
)
def test_a_nested_test_is_reported_with_the_remedy(text: str, reason: str) -> None:
    assert ignored_tests({"test_shop.py": text}) == [f"`test_a` does not run, because {reason}. Move it to the left margin."]


def test_a_test_that_is_replaced_by_another_is_reported() -> None:
    twice = "def test_a(): pass\ndef test_b(): pass\ndef test_a(): pass\n"
    sentence = "Only the last of the 2 functions named `test_a` runs. Give each test its own name."
    assert ignored_tests({"test_shop.py": twice, "shop.py": twice}) == [sentence]
    methods = "class TestShop:\n" + "".join(f"    {line}\n" for line in twice.splitlines())
    assert ignored_tests({"test_shop.py": methods}) == [sentence]
