"""Annotations that raise an exception other than NameError when they are evaluated."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import pytest

from headwater import Builder, config, does
from headwater.errors import UnresolvedAnnotation

pytestmark = pytest.mark.interpreter

RAISING = {
    "a division": ("1 / 0", "ZeroDivisionError: division by zero"),
    "an index": ("[][3]", "IndexError: list index out of range"),
    "a key": ("{}['x']", "KeyError: 'x'"),
    "in a container": ("list[1 / 0]", "ZeroDivisionError: division by zero"),
    "a condition": ("int if 1 / 0 else str", "ZeroDivisionError: division by zero"),
    "a call": ("int('three')", "ValueError: invalid literal for int() with base 10: 'three'"),
    "what has no type arguments": ("int['x']", "type 'int' is not subscriptable"),
}
CALLABLES = {
    "a function": "made = _f",
    "a cached function": "made = functools.cache(_f)",
    "a wrapper": (
        "def _w(f):\n    @functools.wraps(f)\n    def call(*a): return f(*a)\n    return call\n"
        "made = _w(_f)"
    ),
    "a partial": "made = functools.partial(_f, y=1)",
    "an object": "class A:\n    def __call__(self, x: WRITTEN) -> int: ...\nmade = A()",
}  # fmt: skip


def evaluated(annotation: str, made: str, first_line: str) -> Any:
    source = f"{first_line}\nimport functools\ndef _f(x: WRITTEN, y: int = 1) -> int: ...\n{made}\n"
    module = ModuleType("flow")
    exec(compile(source.replace("WRITTEN", annotation), "flow.py", "exec", dont_inherit=True), vars(module))  # noqa: S102
    return vars(module)["made"]


def check(annotation: str, made: str, reason: str, first_line: str) -> None:
    with pytest.raises(UnresolvedAnnotation) as raised:
        Builder().with_functions(made=evaluated(annotation, made, first_line)).build()
    place = str(raised.value.locations[0])
    assert place.startswith("flow.py:")
    assert str(raised.value) == (
        f"`made` ({place}) has an annotation that cannot be resolved: {reason}. Use a type that Python can evaluate."
    )


@pytest.mark.parametrize("made", CALLABLES.values(), ids=CALLABLES)
@pytest.mark.parametrize(("annotation", "reason"), RAISING.values(), ids=RAISING)
def test_a_string_annotation_that_raises_is_an_error_with_function_and_location(
    annotation: str, reason: str, made: str
) -> None:
    check(annotation, made, reason, "from __future__ import annotations")


@pytest.mark.skipif(sys.version_info < (3, 14), reason="annotations are evaluated late from Python 3.14 on")
@pytest.mark.parametrize("made", CALLABLES.values(), ids=CALLABLES)
@pytest.mark.parametrize(("annotation", "reason"), RAISING.values(), ids=RAISING)
def test_a_lazily_evaluated_annotation_that_raises_is_an_error_with_function_and_location(
    annotation: str, reason: str, made: str
) -> None:
    check(annotation, made, reason, "")


def decided(asked: Any) -> Any:
    def made() -> int:
        return 1

    return config.where(asked)(made)


def replaced(asked: Any) -> Any:
    def made(x: int, y: int) -> int: ...

    return does(asked)(made)


@pytest.mark.parametrize("annotation", ["Missing", "1 / 0"])
@pytest.mark.parametrize("first_line", ["from __future__ import annotations", ""], ids=["as text", "evaluated late"])
@pytest.mark.parametrize("decorated", [decided, replaced], ids=["config.where", "does"])
def test_a_function_that_only_a_decorator_calls_may_have_any_annotation(
    decorated: Any, first_line: str, annotation: str
) -> None:
    if not first_line and sys.version_info < (3, 14):
        pytest.skip("annotations are evaluated at once before Python 3.14")
    asked = evaluated(annotation, "def made(x: WRITTEN, y: int = 1) -> int: return x", first_line)
    driver = Builder().with_functions(decorated(asked)).with_config({"x": 1, "y": 2}).build()
    assert driver.execute(["made"]) == {"made": 1}
