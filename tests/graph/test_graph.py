"""The graph is built once and checked once."""

from collections.abc import Callable
from types import FunctionType

import pytest

from headwater import Builder, HeadwaterError, inject, source
from headwater.errors import (
    CycleError,
    DuplicateNode,
    IncompatibleInput,
    IncompatibleTypes,
    LongName,
    SeveralErrors,
    UnknownNode,
)


@pytest.fixture(scope="module")
def chain(thorough) -> list[Callable[..., int]]:
    """Return a chain `n0 -> n1 -> ...` that is much longer than the recursion limit. Each function adds 1."""

    def first() -> int:
        return 0

    def after(before: int) -> int:
        return before + 1

    functions = [first]
    for number in range(1, 100_000 if thorough else 20_000):  # compiling source text would take longer
        code = after.__code__.replace(co_name=f"n{number}", co_varnames=(f"n{number - 1}",))
        functions.append(FunctionType(code, {}, f"n{number}"))
        functions[-1].__annotations__ = {f"n{number - 1}": int, "return": int}
    first.__name__ = "n0"
    return functions


def test_two_definitions_of_a_name_are_an_error_with_both_places(module):
    first = module("first", "def price() -> int:\n    return 1\n")
    second = module("second", "\ndef price() -> int:\n    return 2\n")
    with pytest.raises(DuplicateNode) as caught:
        Builder().with_modules(first, second).build()
    assert [(place.file.rpartition("/")[2], place.line) for place in caught.value.locations] == [
        ("second.py", 2),
        ("first.py", 1),
    ]
    assert "allow_module_overrides()" in str(caught.value)


def test_a_later_module_wins_when_that_is_allowed(module):
    first = module("first", "def price() -> int:\n    return 1\n")
    second = module("second", "def price() -> int:\n    return 2\n")
    driver = Builder().with_modules(first, second).allow_module_overrides().build()
    assert driver.execute(["price"]) == {"price": 2}


@pytest.mark.parametrize("source", ["def {name}() -> int: ...", "def total({name}: int) -> int: ..."])
def test_a_name_that_is_too_long_is_an_error(module, source):
    flow = module("flow", source.format(name="a" * 1_001))
    with pytest.raises(LongName) as caught:
        Builder().with_modules(flow).build()
    assert str(caught.value).startswith(f"The name `{'a' * 40}…` (")
    assert str(caught.value).endswith("flow.py:1) has 1,001 characters. The limit is 1,000. Shorten the name.")
    assert Builder().with_modules(module("short", source.format(name="a" * 1_000))).build()


def test_types_that_do_not_fit_are_an_error_with_both_places_and_types():
    def price() -> str: ...

    def total(price: int) -> int: ...

    with pytest.raises(IncompatibleTypes) as caught:
        Builder().with_functions(price, total).build()
    line = price.__code__.co_firstlineno
    assert [place.line for place in caught.value.locations] == [line + 2, line]
    assert "takes `price: int`, but `price`" in str(caught.value)
    assert "returns str. Make the two annotations agree." in str(caught.value)


def test_a_value_that_may_be_none_suggests_a_remedy():
    def price() -> int | None: ...

    def total(price: int) -> int: ...

    with pytest.raises(IncompatibleTypes, match=r"The value may be None: accept `int \| None`"):
        Builder().with_functions(price, total).build()


def test_an_input_has_the_tightest_type_that_its_readers_agree_on():
    def loose(x: float) -> float: ...

    def tight(x: int) -> int: ...

    for order in ([loose, tight], [tight, loose]):
        assert Builder().with_functions(*order).build().graph["x"].type is int


def test_readers_of_an_input_must_agree_on_its_type():
    def one(x: int) -> int: ...

    def other(x: str) -> str: ...

    with pytest.raises(IncompatibleInput, match=r"(?s)Input `x`.*`one` .* takes int and `other` .* takes str"):
        Builder().with_functions(one, other).build()


def test_building_a_graph_reports_the_full_path_of_a_cycle():
    def a(c: int) -> int: ...

    def b(a: int) -> int: ...

    def c(b: int, x: int) -> int: ...

    with pytest.raises(CycleError) as caught:
        Builder().with_functions(b, c, a).build()
    assert [step.name for step in caught.value.path] == ["a", "b", "c"]
    assert [place.line for place in caught.value.locations] == [f.__code__.co_firstlineno for f in (a, b, c)]
    assert "`a` -> `b` -> `c` -> `a`" in str(caught.value)


def test_a_function_that_depends_on_itself_is_a_cycle():
    def a(a: int) -> int: ...

    with pytest.raises(CycleError, match=r"`a` depends on itself"):
        Builder().with_functions(a).build()


def test_separate_cycles_are_reported_together():
    def a(b: int) -> int: ...

    def b(a: int) -> int: ...

    def c(c: int) -> int: ...

    with pytest.raises(SeveralErrors) as caught:
        Builder().with_functions(a, b, c).build()
    assert [[step.name for step in error.path] for error in caught.value.errors] == [["a", "b"], ["c"]]


def test_every_error_of_a_graph_is_reported_at_once():
    def a(b: int) -> int: ...

    def b(a: int) -> int: ...

    def word() -> str: ...

    def number(word: int) -> int: ...

    with pytest.raises(SeveralErrors) as caught:
        Builder().with_functions(a, b, word, number).build()
    assert {type(error) for error in caught.value.errors} == {CycleError, IncompatibleTypes}
    assert all(error.locations for error in caught.value.errors)


def test_nodes_are_listed_in_topological_order():
    def c(b: int, x: int) -> int: ...

    def b(a: int) -> int: ...

    def a() -> int: ...

    listed = [node.name for node in Builder().with_functions(c, b, a).build().list_available_variables()]
    assert listed.index("a") < listed.index("b") < listed.index("c") > listed.index("x")


def test_lineage_up_down_and_between():
    def b(a: int) -> int: ...

    def c(b: int) -> int: ...

    def d(b: int, side: int) -> int: ...

    def e(c: int, d: int) -> int: ...

    driver = Builder().with_functions(b, c, d, e).build()
    assert {node.name for node in driver.what_is_upstream_of("c")} == {"a", "b", "c"}
    assert {node.name for node in driver.what_is_downstream_of(d)} == {"d", "e"}
    assert {node.name for node in driver.what_is_the_path_between("b", e)} == {"b", "c", "d", "e"}
    assert driver.what_is_the_path_between("c", "d") == []
    with pytest.raises(UnknownNode, match=r"There is no node `cc`. Did you mean `c`"):
        driver.what_is_upstream_of("cc")


@pytest.mark.interpreter  # interpreters differ in the depth of recursion
def test_a_very_long_chain_is_built_run_and_queried(chain):
    driver = Builder().with_functions(*chain).build()
    last = chain[-1].__name__
    assert driver.execute([last]) == {last: len(chain) - 1}
    assert len(driver.what_is_upstream_of(last)) == len(chain)
    assert len(driver.what_is_downstream_of("n0")) == len(chain)


@pytest.mark.interpreter  # interpreters differ in the depth of recursion
def test_a_cycle_through_very_many_nodes_is_found(chain):
    def n0(last: int) -> int: ...

    closing = inject(last=source(chain[-1].__name__))(n0)
    with pytest.raises(CycleError) as caught:
        Builder().with_functions(closing, *chain[1:]).build()
    assert len(caught.value.path) == len(chain)


def test_errors_survive_pickling():
    import pickle

    def a(a: int) -> int: ...

    with pytest.raises(HeadwaterError) as caught:
        Builder().with_functions(a).build()
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
    assert str(again) == str(caught.value)
    assert again.path == caught.value.path
