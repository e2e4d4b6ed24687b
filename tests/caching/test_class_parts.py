"""The parts of classes."""

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
        exec(source, namespace)  # noqa: S102 - it is the test's own
        return namespace["Price"]

    tokens = [LoadedCode().token(model(*arguments)) for arguments in ((1, 1), (1, 1), (2, 1), (1, 2))]
    assert None not in tokens
    assert tokens[0] == tokens[1]
    assert len(set(tokens)) == 3
