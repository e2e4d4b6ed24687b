"""`extract_fields` with every kind of `TypedDict`, including fields that cannot be resolved."""

from collections.abc import Callable
from typing import Annotated, Any, Generic, NewType, NotRequired, Optional, TypedDict, TypeVar

import pytest

from headwater import Builder, extract_fields
from headwater.errors import DecoratorError
from headwater.types.typing_rules import fits

pytestmark = pytest.mark.interpreter

T = TypeVar("T")


class Standard(TypedDict):
    low: int
    high: NotRequired[float]


def _backported() -> Any:
    extensions = pytest.importorskip("typing_extensions")

    class Backported(extensions.TypedDict):
        low: int
        high: extensions.NotRequired[float]

    return Backported


def _inherited() -> Any:
    class Inherited(_backported(), total=False):
        third: "str"

    return Inherited


def _read_only() -> Any:
    extensions = pytest.importorskip("typing_extensions")

    class ReadOnly(extensions.TypedDict):
        low: extensions.ReadOnly[int]
        high: extensions.ReadOnly[extensions.NotRequired[float]]

    return ReadOnly


def _generic() -> Any:
    extensions = pytest.importorskip("typing_extensions")

    class Backported(extensions.TypedDict, Generic[T]):
        low: T
        high: float

    return Backported[int]


KINDS: dict[str, tuple[Callable[[], Any], set[str]]] = {
    "of typing": (lambda: Standard, {"low", "high"}),
    "of typing_extensions": (_backported, {"low", "high"}),
    "inherited": (_inherited, {"low", "high", "third"}),
    "read-only": (_read_only, {"low", "high"}),
    "generic": (_generic, {"low", "high"}),
}
WRAPPED: dict[str, Callable[[Any], Any]] = {
    "itself": lambda type_: type_,
    "optional": lambda type_: Optional[type_],  # noqa: UP045 - the type is known only at run time
    "annotated": lambda type_: Annotated[type_, "bounds"],
    "a new type": lambda type_: NewType("New", type_),
}


def returning(type_: Any) -> Callable[..., Any]:
    def bounds() -> Any:
        return {"low": 1, "high": 9.5, "third": "x"}

    bounds.__annotations__ = {"return": type_}
    return bounds


@pytest.mark.parametrize("wrapped", WRAPPED.values(), ids=WRAPPED)
@pytest.mark.parametrize(("make", "fields"), KINDS.values(), ids=KINDS)
def test_every_field_is_a_node_of_its_type(make: Any, fields: set[str], wrapped: Any) -> None:
    driver = Builder().with_functions(extract_fields()(returning(wrapped(make())))).build()
    nodes = {node.name: node.type for node in driver.list_available_variables()}
    assert nodes.keys() == fields | {"bounds"}
    assert [fits(nodes["low"], int), fits(nodes["low"], str)] == [True, False]
    assert [fits(nodes["high"], float), fits(nodes["high"], str)] == [True, False]
    assert driver.execute(["low", "high"]) == {"low": 1, "high": 9.5}


class Lost(TypedDict):
    low: "Nowhere"  # noqa: F821


class Raising(TypedDict):
    low: "1 / 0"


ASKED: dict[str, Any] = {
    "all fields": extract_fields(),
    "a name": extract_fields("low"),
    "a name and a type": extract_fields({"low": int}),
}


@pytest.mark.parametrize("wrapped", WRAPPED.values(), ids=WRAPPED)
@pytest.mark.parametrize("decorator", ASKED.values(), ids=ASKED)
@pytest.mark.parametrize(
    ("type_", "reason"), [(Lost, "name 'Nowhere' is not defined"), (Raising, "division by zero")], ids=["a name", "a division"]
)
def test_a_field_that_cannot_be_resolved_is_an_error_with_the_function(
    type_: Any, reason: str, decorator: Any, wrapped: Any
) -> None:
    with pytest.raises(DecoratorError) as raised:
        Builder().with_functions(decorator(returning(wrapped(type_)))).build()
    place = raised.value.locations[0]
    assert str(raised.value).startswith(f"@extract_fields on `bounds` ({place}): a field of ")
    assert str(raised.value).endswith(f" has an annotation that cannot be resolved: {reason}.")


@pytest.mark.parametrize("type_", [Lost, Raising], ids=["a name", "a division"])
def test_without_the_decorator_the_type_is_accepted(type_: Any) -> None:
    def low(bounds: Any) -> int:
        return len(bounds)

    low.__annotations__ = {"bounds": type_, "return": int}
    driver = Builder().with_functions(returning(type_), low).build()
    assert driver.execute(["low"]) == {"low": 3}
    assert driver.execute(["low"], overrides={"bounds": {}}) == {"low": 0}
