"""The parts of a class that its token covers."""

from __future__ import annotations

import abc
import dataclasses
import enum
from functools import cached_property
from typing import Any, NamedTuple, Protocol

import pytest

from headwater.caching.class_parts import class_parts
from headwater.caching.loaded_code import LoadedCode


class Abstract(abc.ABC):
    @abc.abstractmethod
    def total(self) -> int: ...


class Generated(Protocol):
    def total(self) -> int: ...


class Everything(Abstract):
    __slots__ = ("price",)
    rate = 2

    def __init__(self) -> None:
        self.price = 1

    def total(self) -> int:
        return self.price

    @staticmethod
    def fixed() -> int:
        return 1

    @classmethod
    def made(cls) -> Everything:
        return cls()

    @property
    def half(self) -> float:
        return self.price / 2


class Cached:
    @cached_property
    def total(self) -> int:
        return 1


class Row(NamedTuple):
    price: int = 2


class Color(enum.Enum):
    RED = 1


@dataclasses.dataclass(frozen=True, slots=True)
class Order:
    price: int = 3
    parts: list[int] = dataclasses.field(default_factory=list)


@pytest.mark.parametrize("cls", [Abstract, Generated, Everything, Cached, Row, Color, Order], ids=lambda cls: cls.__name__)
def test_classes_of_every_kind_have_a_token(cls: type) -> None:
    report = LoadedCode().report(cls)
    assert report.problem is None
    assert LoadedCode().token(cls) == report.token


def test_methods_properties_and_attributes_are_parts() -> None:
    names = {name for name, _ in class_parts(Everything).values}
    assert {"bases", "metaclass", "rate", "total", "fixed", "made", "half", "__init__"} <= names
    assert "price" not in names


def test_members_and_fields_are_parts() -> None:
    assert dict(class_parts(Color).values)["members"] == [("RED", 1)]
    assert dict(class_parts(Order).values)["field price"][0] == 3


@pytest.mark.parametrize(
    ("source", "before", "after"),
    [
        ("import enum\nclass A(enum.Enum):\n    X = 1\n    @classmethod\n    def _missing_(cls, value): return 2", "2", "3"),
        ("import enum\nclass A(enum.Enum):\n    X = 1\n    @property\n    def _twice(self): return 2", "2", "3"),
        ("class A:\n    __match_args__ = ('x', 'y')", "('x', 'y')", "('y', 'x')"),
        ("class A:\n    def __class_getitem__(cls, key): return 2", "2", "3"),
        ("class A:\n    @classmethod\n    def __subclasshook__(cls, other): return 2", "2", "3"),
        ("from dataclasses import *\n@dataclass\nclass A:\n    x: int = field(default=1, metadata={'unit': 2})", "2", "3"),
        (
            "class P(property):\n    def __get__(self, a, b=None): return 2\nclass A:\n    @P\n    def x(self): ...",
            "2",
            "3",
        ),
        ("import functools\nclass P(functools.cached_property):\n    x = 2\nclass A:\n    @P\n    def x(self): ...", "2", "3"),
        ("class D:\n    def __init__(self, x): self.x = x\nclass A:\n    x = D(2)", "D(2)", "D(3)"),
        ("class M(type):\n    def __getattr__(cls, name): return 2\nclass A(metaclass=M): ...", "2", "3"),
        ("class B:\n    def __init_subclass__(cls, rate): cls.rate = rate\nclass A(B, rate=2): ...", "=2", "=3"),
    ],
    ids=lambda value: value.replace("\n", " ")[-50:],
)
def test_every_part_that_changes_behavior_changes_the_token(source: str, before: str, after: str) -> None:
    def token(text: str) -> str | None:
        namespace: dict[str, Any] = {"__name__": "notebook"}
        exec(compile(text, "<notebook>", "exec", dont_inherit=True), namespace)  # noqa: S102 - the test's own code
        return LoadedCode().token(namespace["A"])

    tokens = [token(source), token(source), token(source.replace(before, after))]
    assert None not in tokens
    assert tokens[0] == tokens[1]
    assert tokens[0] != tokens[2]


def test_models_of_pydantic_have_a_token_that_covers_fields_and_validators() -> None:
    pydantic = pytest.importorskip("pydantic")

    def model(limit: int, extra: int) -> Any:
        source = f"""
class Price(pydantic.BaseModel):
    value: int = pydantic.Field(gt={limit})

    @pydantic.field_validator("value")
    @classmethod
    def check(cls, value):
        return value + {extra}
"""
        namespace: dict[str, Any] = {"pydantic": pydantic, "__name__": "models"}
        exec(source, namespace)  # noqa: S102 - the test's own code
        return namespace["Price"]

    tokens = [LoadedCode().token(model(*arguments)) for arguments in ((1, 1), (1, 1), (2, 1), (1, 2))]
    assert None not in tokens
    assert tokens[0] == tokens[1]
    assert len(set(tokens)) == 3
