"""The attributes that an editor can complete. Inside Pyodide, jedi is a pack: see `tests/pyodide/test_packs.py`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from headwater.session import Session
from headwater.session.attribute_completion import library_classes
from headwater.wire.bounds import MAX_ATTRIBUTES, MAX_COMPLETION_LENGTH, MAX_SIGNATURE_LENGTH, MAX_SUMMARY_LENGTH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.wire.views import AttributeView

jedi = pytest.importorskip("jedi")

SHOP = '''\
class Shop:
    """A shop."""

    prices: dict[str, int]

    @property
    def name(self) -> str:
        raise AssertionError("a property ran")

    def __getattr__(self, name: str) -> int:
        raise AssertionError("__getattr__ ran")

    def __dir__(self) -> list[str]:
        raise AssertionError("__dir__ ran")

    def sell(self, item: str, count: int = 1) -> int:
        """Sell items
        and return the price.

        More.
        """
        return count
'''
FLOW = "from shop import Shop\ndef shop() -> Shop: return Shop()\ndef rows() -> object: return [1, 2]\n"


def attributes(session: Session, marked: str, file: str = "flow.py") -> list[AttributeView]:
    """Return the attributes at the mark `|` in a text."""
    before, _, after = marked.partition("|")
    found = session.attributes(file, before + after, before.count("\n") + 1, len(before.rpartition("\n")[2]))
    assert found is not None
    return found


def public(found: list[AttributeView]) -> dict[str, str]:
    return {attribute["name"]: attribute["kind"] for attribute in found if not attribute["name"].startswith("_")}


@pytest.fixture
def shop(session: Session) -> Session:
    """A session whose nodes `shop` and `rows` have values."""
    session.update({"shop.py": SHOP, "flow.py": FLOW})
    assert session.run()["problems"] == []
    return session


def test_attributes_of_a_module_are_listed_with_their_kinds(session: Session) -> None:
    found = public(attributes(session, "import json\njson.|"))
    assert (found["dumps"], found["JSONDecoder"], found["decoder"]) == ("function", "class", "module")
    assert public(attributes(session, "from json import |"))["dumps"] == "function"


def test_the_code_may_have_errors_and_differ_from_the_files(session: Session) -> None:
    assert "upper" in public(attributes(session, "def name(:\n  'a'.|\ndef other(x)\n"))
    assert public(attributes(session, "class A:\n    size = 3\nA().|\nx = ("))["size"] == "value"


def test_names_with_underscores_come_last(session: Session) -> None:
    names = [attribute["name"] for attribute in attributes(session, "import json\njson.|")]
    underscores = [len(name) - len(name.lstrip("_")) for name in names]
    assert underscores == sorted(underscores)
    assert "__name__" in names


def test_classes_of_other_modules_of_the_dataflow_are_completed_from_their_text(shop: Session) -> None:
    found = public(attributes(shop, "from shop import Shop\ndef total(shop: Shop) -> int:\n    return shop.|"))
    assert found == {"name": "property", "prices": "value", "sell": "function"}


def test_values_of_the_dataflows_own_classes_are_not_read(shop: Session) -> None:
    assert attributes(shop, "def total(shop) -> int:\n    return shop.|") == []


def test_the_class_of_a_value_takes_precedence_over_the_annotation(shop: Session) -> None:
    found = public(attributes(shop, "def total(rows: object, shop: int) -> int:\n    first = rows\n    return first.|"))
    assert found["append"] == "function"


def test_a_position_after_a_parameter_in_its_own_line_is_found(shop: Session) -> None:
    for text in (
        "def f(rows): return rows.|",
        "def f(x, rows: object = 3, *rest): return rows.|",
        "def f(rows:\n object): return rows.|",
    ):
        assert "append" in public(attributes(shop, text)), text


def test_only_parameters_of_functions_of_the_module_are_nodes(shop: Session) -> None:
    assert "append" in public(attributes(shop, "def f(rows):\n    def inner(x):\n        return rows.|"))
    assert "append" not in public(attributes(shop, "class A:\n    def f(self, rows):\n        return rows.|"))


def test_an_attribute_is_described_by_its_signature_and_the_first_paragraph_of_its_docstring(shop: Session) -> None:
    attributes(shop, "from shop import Shop\nShop().|")
    assert shop.describe("sell") == ("sell(item, count=1)", "Sell items and return the price.")
    assert shop.describe("missing") == ("", "")


def test_nothing_is_described_before_a_completion(session: Session) -> None:
    assert session.describe("sell") == ("", "")


def test_texts_are_truncated(session: Session) -> None:
    parameters = ", ".join(f"parameter_{number}" for number in range(500))
    names = "".join(f"    x{number} = 1\n" for number in range(2 * MAX_ATTRIBUTES))
    code = f"class A:\n    def long({parameters}):\n        '''{'word ' * 500}'''\n{names}    {'y' * 500} = 1\n"
    found = attributes(session, code + "A().|")
    assert len(found) == MAX_ATTRIBUTES
    assert max(len(attribute["name"]) for attribute in found) <= MAX_COMPLETION_LENGTH
    signature, summary = session.describe("long")
    assert (len(signature), len(summary)) == (MAX_SIGNATURE_LENGTH, MAX_SUMMARY_LENGTH)


@pytest.mark.parametrize(("line", "column"), [(0, 0), (1, 99), (99, 0), (-1, -1)])
def test_a_position_outside_the_code_has_no_attributes(session: Session, line: int, column: int) -> None:
    assert session.attributes("flow.py", "x = 1", line, column) == []


def test_without_jedi_completion_is_unavailable(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jedi", None)
    assert session.attributes("flow.py", "x.", 1, 2) is None
    monkeypatch.undo()
    assert session.attributes("flow.py", "x.", 1, 2) == []


def test_files_are_written_only_below_the_temporary_directory(session: Session) -> None:
    attributes(session, "import json\njson.|")
    assert Path(jedi.settings.cache_directory).is_relative_to(tempfile.gettempdir())


class _Lying:
    pass


_Lying.__module__, _Lying.__qualname__ = "builtins", "int"


def test_classes_of_libraries_are_recognized_by_identity() -> None:
    class Local:
        pass

    values: Mapping[str, Any] = {"number": 3, "local": Local(), "lying": _Lying(), "path": Path()}
    assert library_classes(values) == {"number": int, "path": type(Path())}
