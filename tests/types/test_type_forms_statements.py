"""`type` statements and `def f[T]` (Python 3.12)."""

import sys
import textwrap
from typing import Any

import pytest

from headwater import Builder
from headwater.errors import DecoratorError, HeadwaterError, IncompatibleTypes, UnresolvedAnnotation

pytestmark = pytest.mark.skipif(sys.version_info < (3, 12), reason="`type` statements need Python 3.12")

SOURCE = """
import collections.abc
from typing import Annotated, TypedDict
from headwater import extract_columns, extract_fields, group, inject, source, unpack_fields

type Pair[X] = tuple[X, X]
type Swapped[X, Y] = tuple[Y, X]
type Columns[X] = dict[str, list[X]]
type Maybe[X] = X | None
type Record = dict[str, int]
type Twice = Record
type Noted = Annotated[Maybe[int], "noted"]
type Json = dict[str, Json] | list[Json] | int
type Also = dict[str, Also] | list[Also] | int
type Tree[X] = X | list[Tree[X]]
type Deeper[X] = X | list[Deeper[list[X]]]
type Endless = Endless
type Missing = Nowhere
type Text = str
class Person(TypedDict):
    age: int
class Named[X](TypedDict):
    name: X
class Box[X]: ...
type People = Person
"""


@pytest.fixture(scope="module")
def names() -> dict[str, Any]:
    namespace: dict[str, Any] = {"__name__": "statements"}
    exec(textwrap.dedent(SOURCE), namespace)  # noqa: S102
    return namespace


def build(names: dict[str, Any], source: str) -> Any:
    namespace = dict(names)
    exec(textwrap.dedent(source), namespace)  # noqa: S102
    functions = [
        value for name, value in namespace.items() if name not in names and callable(value) and not isinstance(value, type)
    ]
    return Builder().with_functions(*functions).build()


FITTING = [
    ("tuple[int, int]", "Pair[int]"),
    ("Pair[int]", "tuple[int, int]"),
    ("tuple[str, int]", "Swapped[int, str]"),
    ("dict[str, list[int]]", "Columns[int]"),
    ("int", "Maybe[int]"),
    ("Record", "Twice"),
    ("list[Record | None]", "list[dict[str, int] | None]"),
    ("int", "Noted"),
    ("list[Noted]", "list[int | None]"),
    ("Json", "Also"),
    ("list[Json]", "Also"),
    ("list[Tree[int]]", "Tree[int]"),
    ("Deeper[int]", "Deeper[int]"),
    ("int", "Endless"),
    ("Box[bool]", "Box[int]"),
    ("Pair[int]", "collections.abc.Sequence[float]"),
]
NOT_FITTING = [
    ("tuple[int, str]", "Pair[int]"),
    ("tuple[int, str]", "Swapped[int, str]"),
    ("str", "Maybe[int]"),
    ("Maybe[int]", "int"),
    ("str", "Json"),
    ("Tree[str]", "Tree[int]"),
    ("Text", "int"),
    ("list[Twice]", "list[dict[str, str]]"),
    ("Box[str]", "Box[int]"),
]


@pytest.mark.parametrize(("source", "target"), FITTING)
def test_a_type_fits(source, target, names):
    build(names, f"def prod() -> {source}: ...\ndef cons(prod: {target}) -> int: ...\n")


@pytest.mark.parametrize(("source", "target"), NOT_FITTING)
def test_a_type_does_not_fit(source, target, names):
    with pytest.raises(IncompatibleTypes) as caught:
        build(names, f"def prod() -> {source}: ...\ndef cons(prod: {target}) -> int: ...\n")
    assert f"takes `prod: {target}`" in str(caught.value).replace("Sequence", "collections.abc.Sequence")


@pytest.mark.parametrize(
    ("source", "types"),
    [
        ('@unpack_fields("a", "b")\ndef pair() -> Pair[int]: ...', {"a": int, "b": int}),
        ('@unpack_fields("a", "b")\ndef pair() -> Swapped[int, str]: ...', {"a": str, "b": int}),
        ("@extract_fields()\ndef person() -> People: ...", {"age": int}),
        ("@extract_fields()\ndef person() -> Named[str]: ...", {"name": str}),
        ('@extract_fields("a")\ndef record() -> Twice: ...', {"a": int}),
        ('@extract_fields("a")\ndef record() -> Maybe[Record]: ...', {"a": int}),
        ('@inject(of=group(source("a"), source("b")))\ndef total(of: Maybe[list[int]]) -> int: ...', {"a": int, "b": int}),
    ],
)
def test_decorators_see_through_aliases(source, types, names):
    graph = build(names, source).graph
    assert {name: graph[name].type for name in types} == types


def test_a_generic_function_hands_the_type_on(names):
    source = "def start() -> {}: ...\ndef same[T](start: T) -> T: ...\ndef after(same: int) -> int: ...\n"
    build(names, source.format("int"))
    with pytest.raises(IncompatibleTypes, match="returns str"):
        build(names, source.format("str"))
    bounded = (
        "def start() -> {}: ...\ndef same[T: (int, str)](start: T) -> Pair[T]: ...\ndef after(same: Pair[int]) -> int: ...\n"
    )
    build(names, bounded.format("bool"))
    with pytest.raises(HeadwaterError, match="takes `start: T`"):
        build(names, bounded.format("bytes"))


def test_a_generic_function_with_annotations_as_text_hands_the_type_on(names):
    source = "def start() -> int: ...\ndef same[T](start: 'T') -> 'list[T]': ...\ndef after(same: list[{}]) -> int: ...\n"
    build(names, source.format("int"))
    with pytest.raises(IncompatibleTypes, match=r"returns list\[int\]"):
        build(names, source.format("str"))


@pytest.mark.parametrize(
    "source",
    [
        "def made(x: Missing) -> int: ...",
        "def made() -> list[Missing]: ...",
        "def made(x: Pair[Missing]) -> int: ...",
        "def made[T: Nowhere](x: T) -> int: ...",
        "def made[T: (int, Nowhere)](x: T) -> int: ...",
    ],
)
def test_an_annotation_whose_lazy_evaluation_fails_is_unresolved(source, names):
    with pytest.raises(UnresolvedAnnotation) as caught:
        build(names, source)
    assert str(caught.value) == (
        "`made` (<string>:1) has an annotation that cannot be resolved: name 'Nowhere' is not defined. "
        "Import the name at the top of the module, outside `if TYPE_CHECKING:`."
    )


def test_a_type_without_parts_is_shown_by_its_alias(names):
    with pytest.raises(DecoratorError, match="is annotated to return Text"):
        build(names, '@extract_columns("a")\ndef text() -> Text: ...')
