"""Running a dataflow: computed nodes, required inputs, and errors."""

import traceback
import weakref

import pytest

from headwater import Builder, tag
from headwater.errors import (
    ConflictingNames,
    MisplacedInput,
    MissingInput,
    RequestError,
    SeveralErrors,
    UnknownNode,
    UnusedNameWarning,
    WrongInputType,
)
from headwater.execution.runner import RUNS_BEFORE_COMPILING

pytestmark = pytest.mark.interpreter  # interpreters differ in when they free values and in tracebacks

EITHER_RUNNER = pytest.mark.parametrize("earlier_runs", [0, RUNS_BEFORE_COMPILING], ids=["interpreted", "compiled"])


def price() -> int:
    return 10


def rate(region: str = "us") -> float:
    return {"us": 0.1, "eu": 0.2}[region]


def total(price: int, rate: float) -> float:
    return price * (1 + rate)


def pricing():
    return Builder().with_functions(price, rate, total).build()


def test_outputs_are_in_the_requested_order_by_name_or_function():
    assert list(pricing().execute([total, "price"]).items()) == [("total", 11.0), ("price", 10)]


def test_without_outputs_nothing_is_computed():
    assert pricing().execute([]) == {}


def test_only_dependencies_of_the_outputs_run_each_once():
    calls = []

    def a() -> int:
        calls.append("a")
        return 1

    def b(a: int) -> int:
        calls.append("b")
        return a

    def c(a: int, b: int) -> int:
        calls.append("c")
        return a + b

    def unasked(a: int) -> int:
        calls.append("unasked")
        return a

    assert Builder().with_functions(a, b, c, unasked).build().execute(["c", "b"]) == {"c": 2, "b": 1}
    assert calls == ["a", "b", "c"]


def test_an_optional_parameter_takes_the_node_the_input_or_its_default():
    driver = pricing()
    assert driver.execute(["rate"]) == {"rate": 0.1}
    assert driver.execute(["rate"], inputs={"region": "eu"}) == {"rate": 0.2}

    def region() -> str:
        return "eu"

    assert Builder().with_functions(rate, region).build().execute(["rate"]) == {"rate": 0.2}


def test_readers_of_an_input_keep_their_own_defaults():
    def one(x: int = 1) -> int:
        return x

    def two(x: int = 2) -> int:
        return x

    assert Builder().with_functions(one, two).build().execute(["one", "two"]) == {"one": 1, "two": 2}


def test_an_override_replaces_a_node_and_its_exclusive_dependencies():
    def broken(price: int) -> float:
        raise AssertionError

    driver = Builder().with_functions(price, total, rate=broken).build()
    assert driver.execute(["total"], overrides={"rate": 1.0}) == {"total": 20.0}


def test_run_computes_only_missing_values_and_returns_the_value():
    driver = pricing()
    assert driver.run(total) == 11.0
    assert driver.run(total, region="eu") == 12.0
    assert driver.run(total, price=100, rate=1.0) == 200.0


@EITHER_RUNNER
def test_every_value_is_freed_after_its_last_use(earlier_runs):
    alive: list[weakref.ref] = []

    class Big:
        pass

    def first() -> Big:
        big = Big()
        alive.append(weakref.ref(big))
        return big

    def second(first: Big) -> Big:
        big = Big()
        alive.append(weakref.ref(big))
        return big

    def last(second: Big) -> list:
        return [reference() is not None for reference in alive[-2:]]

    driver = Builder().with_functions(first, second, last).build()
    for _ in range(earlier_runs):
        driver.execute(["last"])
    assert driver.execute(["last"]) == {"last": [False, True]}


def test_outputs_that_other_nodes_read_are_returned():
    def a() -> list:
        return [1]

    def b(a: list) -> int:
        return len(a)

    assert Builder().with_functions(a, b).build().execute(["b", "a"]) == {"b": 1, "a": [1]}


# --- a failing node ---------------------------------------------------------------------------------------------------
class OwnError(Exception):
    pass


@EITHER_RUNNER
def test_an_exception_reaches_the_caller_as_itself_with_a_note_and_without_inner_frames(earlier_runs):
    def failing(price: int, fail: bool) -> int:
        if fail:
            raise OwnError(price)
        return price

    def after(failing: int) -> int:
        return failing

    driver = Builder().with_functions(price, failing, after).build()
    for _ in range(earlier_runs):
        driver.execute(["after"], inputs={"fail": False})
    with pytest.raises(OwnError) as caught:
        driver.execute(["after"], inputs={"fail": True})
    place = driver.graph["failing"].location
    assert caught.value.__notes__ == [f"Raised in node `failing` ({place}), called with\n  price = 10\n  fail = True"]
    frames = [frame.name for frame in traceback.extract_tb(caught.value.__traceback__)]
    assert frames[1:] == ["execute", "failing"]


def test_a_value_whose_repr_raises_does_not_hide_the_error():
    class Unprintable:
        def __repr__(self) -> str:
            raise ValueError

    def thing() -> Unprintable:
        return Unprintable()

    def failing(thing: Unprintable) -> int:
        raise OwnError

    with pytest.raises(OwnError) as caught:
        Builder().with_functions(thing, failing).build().execute(["failing"])
    assert "thing = <Unprintable: its repr raised ValueError>" in caught.value.__notes__[0]


# --- invalid requests -------------------------------------------------------------------------------------------------
def test_an_unknown_output_is_an_error_that_suggests_near_names():
    with pytest.raises(UnknownNode) as caught:
        pricing().execute(["totl"])
    assert str(caught.value) == "There is no node `totl`. Did you mean `total`?"


def test_an_unknown_output_without_similar_names_lists_the_nodes():
    with pytest.raises(UnknownNode, match=r"There is no node `zzz`. The dataflow has `region`, `price`, `rate`, `total`\."):
        pricing().execute(["zzz"])


def test_a_missing_input_names_the_way_from_the_output_the_reader_and_the_likely_typo():
    def doubled(total: float) -> float:
        return 2 * total

    driver = Builder().with_functions(total, doubled).build()
    with pytest.raises(MissingInput) as caught:
        driver.execute(["doubled"], inputs={"price": 1, "rat": 2})
    assert str(caught.value) == (
        "`total` needs `rate`, but no function computes it and no input provides it.\n"
        "  needed for  doubled -> total -> rate\n"
        f"  total       {driver.graph['total'].location}   total(price: int, rate: float)\n"
        "  You provided `rat`, which nothing reads. Did you mean `rate`?"
    )


def test_all_missing_inputs_are_reported_together():
    with pytest.raises(SeveralErrors) as caught:
        Builder().with_functions(total).build().execute(["total"])
    assert [error.name for error in caught.value.errors] == ["price", "rate"]


def test_an_input_requested_as_output_must_be_provided():
    driver = Builder().with_functions(total).build()
    assert driver.execute(["rate"], inputs={"rate": 0.5}) == {"rate": 0.5}
    with pytest.raises(MissingInput, match="`rate`"):
        driver.execute(["rate"])


def test_an_input_for_the_name_of_a_function_suggests_overrides():
    with pytest.raises(MisplacedInput, match=r"overrides=\{'price': ...\}"):
        pricing().execute(["total"], inputs={"price": 3})


def test_an_input_of_a_wrong_type_names_its_readers():
    with pytest.raises(WrongInputType, match=r"`region` must be of type str for `rate` .*, but got int: 3"):
        pricing().execute(["total"], inputs={"region": 3})


def test_a_name_has_a_single_value():
    with pytest.raises(SeveralErrors, match="both in `inputs` and in `overrides`"):
        pricing().execute(["total"], inputs={"price": 3}, overrides={"price": 3})
    driver = Builder().with_functions(rate).with_config({"region": "us"}).build()
    with pytest.raises(ConflictingNames, match="both in `inputs` and in the config"):
        driver.execute(["rate"], inputs={"region": "eu"})


@pytest.mark.parametrize("way", ["inputs", "overrides"])
def test_a_provided_name_that_nothing_reads_is_a_warning(way):
    with pytest.warns(
        UnusedNameWarning, match="`regoin` was provided, but nothing .* reads it. Did you mean `region`"
    ) as caught:
        pricing().execute(["total"], **{way: {"regoin": "eu"}})
    assert caught[0].filename == __file__


@pytest.mark.parametrize("outputs", ["total", total])
def test_a_single_output_must_be_in_a_list(outputs):
    with pytest.raises(RequestError, match="list of names or functions"):
        pricing().execute(outputs)


def test_a_function_that_is_not_in_the_dataflow_is_not_an_output():
    with pytest.raises(RequestError, match=r"`test_without_outputs.*` is not part of this dataflow"):
        pricing().execute([test_without_outputs_nothing_is_computed])


def test_validating_raises_the_errors_of_executing_and_runs_nothing():
    def never() -> int:
        raise AssertionError

    def after(never: int, x: int) -> int:
        return x

    driver = Builder().with_functions(never, after).build()
    driver.validate_execution(["after"], inputs={"x": 1})
    with pytest.raises(MissingInput):
        driver.validate_execution(["after"])


# --- queries ----------------------------------------------------------------------------------------------------------
def test_variables_are_found_by_their_tags():
    @tag(owner="growth", stage=["raw", "daily"])
    def signups() -> int: ...

    @tag(owner="ads")
    def spend() -> int: ...

    driver = Builder().with_functions(signups, spend).build()

    def found(**tag_filter) -> list[str]:
        return [node.name for node in driver.list_available_variables(tag_filter=tag_filter)]

    assert found() == ["signups", "spend"]
    assert found(owner="growth") == ["signups"]
    assert found(owner=["growth", "ads"]) == ["signups", "spend"]
    assert found(stage="raw", owner=None) == ["signups"]
    assert found(stage=None) == ["signups"]
    assert found(team=None) == []
    with pytest.raises(RequestError, match="`owner` must be a string, a list of strings or None, not 3"):
        found(owner=3)


def test_variables_describe_themselves():
    driver = pricing()
    region, node = driver.graph["region"], driver.graph["total"]
    assert region.is_external_input
    assert not node.is_external_input
    assert [(read.source, read.type, read.optional) for read in node.dependencies] == [
        ("price", int, False),
        ("rate", float, False),
    ]
