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
    "a type without arguments": ("int['x']", "type 'int' is not subscriptable"),
}
CALLABLES = {
    "a function": "size = _f",
    "a cached function": "size = functools.cache(_f)",
    "a wrapper": (
        "def _w(f):\n    @functools.wraps(f)\n    def call(*a): return f(*a)\n    return call\n"
        "size = _w(_f)"
    ),
    "a partial": "size = functools.partial(_f, y=1)",
    "an object": "class A:\n    def __call__(self, x: WRITTEN) -> int: ...\nsize = A()",
}  # fmt: skip


def evaluated(annotation: str, definition: str, first_line: str) -> Any:
    source = f"{first_line}\nimport functools\ndef _f(x: WRITTEN, y: int = 1) -> int: ...\n{definition}\n"
    module = ModuleType("flow")
    exec(compile(source.replace("WRITTEN", annotation), "flow.py", "exec", dont_inherit=True), vars(module))  # noqa: S102
    return vars(module)["size"]


def check(annotation: str, definition: str, reason: str, first_line: str) -> None:
    with pytest.raises(UnresolvedAnnotation) as raised:
        Builder().with_functions(size=evaluated(annotation, definition, first_line)).build()
    place = str(raised.value.locations[0])
    assert place.startswith("flow.py:")
    assert str(raised.value) == (
        f"`size` ({place}) has an annotation that cannot be resolved: {reason}. Use a type that Python can evaluate."
    )


@pytest.mark.parametrize("definition", CALLABLES.values(), ids=CALLABLES)
@pytest.mark.parametrize(("annotation", "reason"), RAISING.values(), ids=RAISING)
def test_a_string_annotation_that_raises_is_an_error_with_function_and_location(
    annotation: str, reason: str, definition: str
) -> None:
    check(annotation, definition, reason, "from __future__ import annotations")


@pytest.mark.skipif(sys.version_info < (3, 14), reason="only Python 3.14 and later evaluate annotations lazily")
@pytest.mark.parametrize("definition", CALLABLES.values(), ids=CALLABLES)
@pytest.mark.parametrize(("annotation", "reason"), RAISING.values(), ids=RAISING)
def test_a_lazily_evaluated_annotation_that_raises_is_an_error_with_function_and_location(
    annotation: str, reason: str, definition: str
) -> None:
    check(annotation, definition, reason, "")


def with_condition(callback: Any) -> Any:
    def size() -> int:
        return 1

    return config.where(callback)(size)


def with_does(callback: Any) -> Any:
    def size(x: int, y: int) -> int: ...

    return does(callback)(size)


@pytest.mark.parametrize("annotation", ["Missing", "1 / 0"])
@pytest.mark.parametrize("first_line", ["from __future__ import annotations", ""], ids=["as text", "evaluated lazily"])
@pytest.mark.parametrize("decorated", [with_condition, with_does], ids=["config.where", "does"])
def test_a_function_that_only_a_decorator_calls_may_have_any_annotation(
    decorated: Any, first_line: str, annotation: str
) -> None:
    if not first_line and sys.version_info < (3, 14):
        pytest.skip("annotations are evaluated eagerly before Python 3.14")
    callback = evaluated(annotation, "def size(x: WRITTEN, y: int = 1) -> int: return x", first_line)
    driver = Builder().with_functions(decorated(callback)).with_config({"x": 1, "y": 2}).build()
    assert driver.execute(["size"]) == {"size": 1}
