"""Errors about functions that may differ in a run become warnings. All other errors stay errors."""

import textwrap

import pytest

from headwater.outline import outline

UNSURE = "\nOnly a run can tell whether this is an error: a decorator or a branch may change the functions involved."
DIFFERENT = """\
def price() -> float: ...
def total(price: str) -> float: ...
"""


def problems_of(source: str) -> list[tuple[str, str, int | None]]:
    found = outline({"a.py": textwrap.dedent(source)})["problems"]
    return [(problem["severity"], problem["message"], problem["line"]) for problem in found]


def test_an_error_about_a_function_with_an_unknown_decorator_is_a_warning():
    message = "`total` (a.py:4) takes `price: str`, but `price` (a.py:3) returns float. "
    message += "Make the two annotations agree."
    assert problems_of(f"import other\n@other.changed\n{DIFFERENT}") == [("warning", message + UNSURE, 4)]


DOUBTFUL = {
    "a foreign decorator": f"import other\n@other.changed(1)\n{DIFFERENT}",
    "the module's own decorator": f"def _own(f): return f\n@_own\n{DIFFERENT}",
    "wraps": f"import functools\ndef _own(f): return functools.wraps(f)(print)\n@_own\n{DIFFERENT}",
    "a branch": "import os\nif os.name:\n" + textwrap.indent(DIFFERENT, "    "),
    "a `try` block": "try:\n" + textwrap.indent(DIFFERENT, "    ") + "except ValueError:\n    pass",
    "a loop": "for _ in range(2):\n" + textwrap.indent(DIFFERENT, "    "),
    "decorated by a call": f"import other\n{DIFFERENT}price = other.changed(price)\n",
    "code that binds names": f"{DIFFERENT}globals()['price'] = None\n",
    "an input that a foreign decorator may define": (
        "import other\n@other.makes_more\ndef rates() -> dict: ...\n"
        "def a(rate: int) -> int: ...\ndef b(rate: str) -> int: ...\n"
    ),
    "a subdag of uncertain functions": (
        "import other, headwater as hw\n@other.renamed\ndef part() -> int: ...\n"
        "@hw.subdag(part)\ndef total(whole: int) -> int: ...\n"
    ),
}


@pytest.mark.parametrize("source", DOUBTFUL.values(), ids=DOUBTFUL)
def test_an_error_that_a_run_may_not_have_is_a_warning(source):
    found = problems_of(source)
    assert found
    for severity, message, _ in found:
        assert severity == "warning"
        assert message.endswith(UNSURE)


CERTAIN = {
    "no decorator": DIFFERENT,
    "a decorator that changes nothing": f"import functools\n@functools.cache\n{DIFFERENT}",
    "headwater's decorators": f"from headwater import tag\n@tag(a='b')\n{DIFFERENT}",
    "a foreign decorator of another function": f"import other\n@other.changed\ndef rate() -> int: ...\n{DIFFERENT}",
    "a Python version": "import sys\nif sys.version_info >= (3, 8):\n" + textwrap.indent(DIFFERENT, "    "),
    "a block that always runs": "with open('a'):\n" + textwrap.indent(DIFFERENT, "    "),
    "a class with a foreign decorator": f"import other\n@other.registered\nclass A: ...\n{DIFFERENT}",
}


@pytest.mark.parametrize("source", CERTAIN.values(), ids=CERTAIN)
def test_an_error_of_every_run_is_an_error(source):
    assert [severity for severity, _, _ in problems_of(source)] == ["error"]
