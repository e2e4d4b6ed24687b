"""Parts of values as nodes: `extract_columns`, `extract_fields`, `unpack_fields`."""

from typing import Any, TypedDict

import pandas as pd
import pytest

from headwater import (
    Builder,
    check_output,
    extract_columns,
    extract_fields,
    parameterize,
    unpack_fields,
    value,
)
from headwater.errors import MissingPart

pytestmark = pytest.mark.interpreter  # Pyodide has a different build of pandas


class Bounds(TypedDict):
    low: int
    high: float


def typed() -> Bounds:
    return {"low": 1, "high": 9.5}


def mapping() -> dict[str, int]:
    return {"low": 1, "high": 9}


def pair() -> tuple[int, str]:
    return 1, "one"


def frame() -> pd.DataFrame:
    return pd.DataFrame({"a": [1, 2]})


def number() -> int:
    return 1


@pytest.mark.parametrize("names", [("low", "high"), (["low", "high"],)], ids=["one by one", "as a list"])
def test_names_without_types_have_the_value_type_of_the_dictionary(names, flow, fresh):
    driver = flow(extract_fields(*names)(fresh(mapping)))
    assert driver.execute(["high", "low"]) == {"high": 9, "low": 1}
    assert driver.graph["high"].type is int


def test_all_entries_of_a_typed_dictionary_become_nodes_with_their_types(flow, fresh):
    driver = flow(extract_fields()(fresh(typed)))
    assert driver.execute(["low", "high"]) == {"low": 1, "high": 9.5}
    assert (driver.graph["low"].type, driver.graph["high"].type) == (int, float)


def test_single_entries_of_a_typed_dictionary_have_its_types(flow, fresh):
    driver = flow(extract_fields("high")(fresh(typed)))
    assert driver.graph["high"].type is float
    assert "low" not in driver.graph


def test_a_missing_field_is_filled(flow, fresh):
    driver = flow(extract_fields({"low": int, "middle": int}, fill_with=5)(fresh(mapping)))
    assert driver.execute(["low", "middle"]) == {"low": 1, "middle": 5}


def test_a_missing_field_may_be_filled_with_none(flow, fresh):
    driver = flow(extract_fields({"middle": Any}, fill_with=None)(fresh(mapping)))
    assert driver.execute(["middle"]) == {"middle": None}


def test_a_missing_column_is_filled_in_every_row(flow, fresh):
    driver = flow(extract_columns("a", "b", fill_with=0.5)(fresh(frame)))
    assert driver.execute(["b"])["b"].tolist() == [0.5, 0.5]
    assert driver.execute(["a"])["a"].tolist() == [1, 2]


def test_a_missing_column_without_fill_with_is_an_error(flow, fresh):
    driver = flow(extract_columns("A")(fresh(frame)))
    with pytest.raises(MissingPart, match=r"`frame` .* returned no column `A`\. Did you mean `a`\? Its columns are: `a`"):
        driver.execute(["A"])


def test_parts_of_a_tuple_become_nodes_of_their_types(flow, fresh):
    driver = flow(unpack_fields("count", "word")(fresh(pair)))
    assert driver.execute(["count", "word", "pair"]) == {"count": 1, "word": "one", "pair": (1, "one")}
    assert (driver.graph["count"].type, driver.graph["word"].type) == (int, str)


def test_fewer_names_select_the_first_parts(flow, fresh):
    driver = flow(unpack_fields("count")(fresh(pair)))
    assert driver.execute(["count"]) == {"count": 1}


def test_a_tuple_of_unknown_length_may_be_too_short(flow):
    @unpack_fields("first", "second")
    def numbers(count: int) -> tuple[int, ...]:
        return tuple(range(count))

    driver = flow(numbers)
    assert driver.execute(["second"], inputs={"count": 2}) == {"second": 1}
    with pytest.raises(MissingPart, match=r"`numbers` .* returned no part `second`.* It has 1 part\."):
        driver.execute(["second"], inputs={"count": 1})


def test_a_bare_tuple_has_parts_of_any_type(flow):
    @unpack_fields("first")
    def numbers() -> tuple:
        return (7,)

    assert flow(numbers).graph["first"].type is Any


def test_fields_are_extracted_from_the_checked_value(flow, fresh):
    driver = flow(extract_fields("low")(check_output(data_type=dict)(fresh(mapping))))
    assert [node.name for node in driver.what_is_upstream_of("low")] == [
        "mapping_raw",
        "mapping_data_type_validator",
        "mapping",
        "low",
    ]


INVALID_USES = {
    "neither names nor a typed dictionary": (
        extract_fields,
        mapping,
        "without field names, the function must return a `TypedDict`",
    ),
    "a field that the typed dictionary lacks": (
        lambda: extract_fields("hihg"),
        typed,
        "Bounds has no field `hihg`. Did you mean `high`?",
    ),
    "a number for a field": (lambda: extract_fields(3), mapping, "it takes the names and types of fields"),
    "a name and a dictionary": (lambda: extract_fields("a", {"b": int}), mapping, "it takes the names and types of fields"),
    "parts without names": (unpack_fields, pair, "takes names for the parts of the tuple"),
    "more names than parts": (
        lambda: unpack_fields("a", "b", "c"),
        pair,
        "it names 3 parts, but the function returns tuple[int, str] with 2 parts. Remove the extra names.",
    ),
    "parts of a number": (lambda: unpack_fields("a"), number, "must return a tuple, but is annotated to return int"),
}


@pytest.mark.parametrize(("decorator", "function", "reason"), INVALID_USES.values(), ids=INVALID_USES)
def test_an_invalid_use_is_an_error_with_function_line_and_remedy(decorator, function, reason, expect_error):
    expect_error(decorator, function, reason)


def test_parts_of_several_nodes_are_refused(flow):
    @unpack_fields("a")
    @parameterize(first={"x": value(1)}, second={"x": value(2)})
    def numbers(x: int) -> tuple[int, int]: ...

    with pytest.raises(Exception, match="works on one node, but the decorators below it create 2: `first`, `second`"):
        flow(numbers)


def test_fields_become_nodes_beside_the_dictionary():
    @extract_fields({"low": int, "high": int})
    def bounds() -> dict[str, int]:
        return {"low": 1, "high": 9}

    driver = Builder().with_functions(bounds).build()
    assert driver.execute(["high", "bounds"]) == {"high": 9, "bounds": {"low": 1, "high": 9}}
    assert driver.graph["low"].type is int


def test_the_error_for_a_missing_field_lists_the_available_fields():
    @extract_fields({"low": int})
    def bounds() -> dict:
        return {"lwo": 1}

    driver = Builder().with_functions(bounds).build()
    with pytest.raises(MissingPart) as caught:
        driver.execute(["low"])
    assert "returned no field `low`. Did you mean `lwo`? Its fields are: `lwo`." in str(caught.value)
    assert caught.value.locations == (driver.graph["bounds"].location,)
