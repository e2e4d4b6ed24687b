"""The name and the annotations of a function change its token only if code reads them."""

from __future__ import annotations

import textwrap
from types import FunctionType

import pytest

from headwater.caching.loaded_code import LoadedCode
from headwater.caching.signatures import annotations_of


def function_of(source: str) -> FunctionType:
    namespace: dict[str, object] = {"__name__": "notebook"}
    exec(compile(textwrap.dedent(source), "<notebook>", "exec", dont_inherit=True), namespace)  # noqa: S102 - the test's own code
    function = namespace["f"]
    assert isinstance(function, FunctionType)
    return function


def is_changed(source: str, before: str, after: str) -> bool:
    code = LoadedCode()
    assert before in source
    first, second = code.token(function_of(source)), code.token(function_of(source.replace(before, after)))
    assert None not in (first, second)
    return first != second


@pytest.mark.parametrize(
    "source",
    [
        "import typing\ndef g(x: int): return x\ndef f(x): return typing.get_type_hints(g)['x'](x)",
        "import typing\ndef g(x: 'int'): return x\ndef f(x): return typing.get_type_hints(g)['x'](x)",
        "import inspect\ndef g(x: int): return x\ndef f(x): return inspect.signature(g).parameters['x'].annotation(x)",
        "def g(x: int): return x\ndef f(x): return g.__annotations__['x'](x)",
        "class A:\n    x: int\ndef f(x): return A.__annotations__['x'](x)",
        "import dataclasses\n@dataclasses.dataclass\nclass A:\n    x: int\ndef f(x): return dataclasses.fields(A)[0].type",
        "from typing import *\nT = TypeVar('T')\nclass A(Generic[T]): pass\nclass B(A[int]): pass\ndef f(): return B",
        "from typing import TypedDict\nclass A(TypedDict):\n    x: int\ndef f(): return A",
        "class A:\n    x: int\ndef f(a=A()): return a",
    ],
    ids=lambda source: source.replace("\n", " ")[-60:],
)
def test_annotations_that_code_may_read_matter(source: str) -> None:
    assert is_changed(source, "int", "float")


def test_classes_in_annotations_that_code_reads_matter() -> None:
    source = """
    import dataclasses

    class Money:
        def __init__(self, value):
            self.value = value * 2

    @dataclasses.dataclass
    class Price:
        value: {}

    def f(x): return [field.type(x) for field in dataclasses.fields(Price)]
    """
    assert is_changed(source.replace("{}", "Money"), "* 2", "* 3")
    assert not is_changed(source.replace("{}", "int"), "* 2", "* 3")


def test_the_name_of_a_function_matters_if_code_reads_it() -> None:
    source = "def make():\n    def first(x): return x\n    return first\nALIAS = make()\ndef f(x): return ALIAS.__name__"
    assert is_changed(source, "first", "second")


def test_annotations_of_functions_do_not_matter_otherwise() -> None:
    assert not is_changed("def g(x: int): return x\ndef f(x): return g(x)", "int", "float")


def test_pydantic_reads_annotations() -> None:
    pytest.importorskip("pydantic")
    source = "import pydantic\n@pydantic.validate_call\ndef g(x: int): return x\ndef f(x): return g(x)"
    assert is_changed(source, "int", "float")
    assert is_changed(source, "return x\n", "return x + 1\n")
    adapter = "import pydantic\ndef g(x: int): return x\ndef f(x): return pydantic.TypeAdapter(g).validate_python(x)"
    assert is_changed(adapter, "int", "float")


def test_reading_annotations_does_not_add_attributes_to_a_class() -> None:
    class Plain: ...

    annotations_of(Plain)
    assert "__annotations__" not in vars(Plain)
