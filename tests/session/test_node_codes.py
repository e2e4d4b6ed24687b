"""The code and the tokens of nodes, from run to run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater import Builder
from headwater.session.code import Code
from headwater.session.data import DataFileNames
from headwater.session.files import SessionFiles
from headwater.session.node_codes import NodeCodes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.graph.node import Node

SOURCE = "RATE = 2\n\n\ndef total(price: int) -> int:\n    return price * RATE\n\n\ndef other() -> int:\n    return 1\n"


def code_of(source: str, data: str = "") -> Code:
    files = SessionFiles()
    files.replace({"flow.py": source, "data.csv": data})
    return Code.of(files, DataFileNames.named(["data.csv"]))


def total(price: int) -> int:
    return price


def node(source: str = "price") -> Node:
    (built,) = (node for node in Builder().with_functions(total).build().graph if node.name == "total")
    (argument,) = built.dependencies
    return built.replaced(module="flow", arguments=(argument._replace(source=source),))


def no_config(values: Mapping[str, object]) -> str:
    assert not values
    return ""


def test_the_token_of_an_unchanged_node_is_computed_once() -> None:
    codes, asked = NodeCodes(), list[object]()

    def config(values: Mapping[str, object]) -> str:
        asked.append(values)
        return ""

    own = node()
    tokens = {codes.token(own, code_of(SOURCE), config) for _ in range(3)}
    assert (len(tokens), len(asked)) == (1, 1)


@pytest.mark.parametrize(
    "changed",
    [SOURCE.replace("= 2", "= 3"), SOURCE.replace("price *", "2 * price *"), SOURCE.replace("def total", "def sum_")],
    ids=["a value that the function uses", "the function", "the name of the function"],
)
def test_changed_code_has_another_token(changed: str) -> None:
    codes, own = NodeCodes(), node()
    before = codes.token(own, code_of(SOURCE), no_config)
    assert codes.token(own, code_of(changed), no_config) != before
    assert codes.token(own, code_of(SOURCE), no_config) == before


def test_another_binding_of_a_parameter_has_another_token() -> None:
    codes, code = NodeCodes(), code_of(SOURCE)
    before, fingerprint = codes.token(node(), code, no_config), codes.of(node(), code).fingerprint
    assert codes.token(node("cost"), code, no_config) != before
    assert codes.of(node("cost"), code).fingerprint != fingerprint


def test_other_code_does_not_change_the_token() -> None:
    codes, own = NodeCodes(), node()
    before = codes.token(own, code_of(SOURCE), no_config)
    assert codes.token(own, code_of(SOURCE.replace("return 1", "return 2")), no_config) == before


def test_code_that_reads_a_data_file_changes_with_the_file() -> None:
    codes, own = NodeCodes(), node()
    reading = SOURCE.replace("RATE = 2", "RATE = len(open('data.csv').read())")
    first, second = (codes.of(own, code_of(reading, data)) for data in ("1", "22"))
    assert first.reads_data
    assert first.fingerprint != second.fingerprint


def test_a_token_that_depends_on_the_config_is_computed_in_every_run() -> None:
    codes, code, versions = NodeCodes(), code_of(SOURCE), iter(["1", "2"])

    def config(values: Mapping[str, object]) -> str:
        assert list(values.values()) == ["us"]
        return next(versions)

    own = node().replaced(settings=(("country", "us"),))
    assert codes.token(own, code, config) != codes.token(own, code, config)


def test_a_node_that_uses_changing_state_has_no_token() -> None:
    code = code_of("COUNT = [0]\n\n\ndef total(price: int) -> int:\n    COUNT[0] += 1\n    return COUNT[0]\n")
    codes = NodeCodes()
    assert codes.of(node(), code).state == "COUNT"
    assert codes.token(node(), code, no_config) is None


def test_forgotten_nodes_are_read_again() -> None:
    codes, code, own = NodeCodes(), code_of(SOURCE), node()
    before = codes.of(own, code)
    codes.retain(["total"])
    assert codes.of(own, code) is before
    codes.retain([])
    assert codes.of(own, code) is not before
