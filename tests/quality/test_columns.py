"""What each check says of numbers, texts and columns of every library."""

import datetime as dt
import decimal
import enum
import importlib.util
import math
import re
import statistics
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater import Builder, check_output, extract_columns, extract_fields
from headwater.errors import ChecksFailed, CheckWarning, DecoratorError
from headwater.modifiers import check
from headwater.quality import CHECK_TAG, ValidationResult
from headwater.quality.arguments import CHECKS


def driver_of(returned, type_, **arguments):
    def value() -> type_:
        return returned

    return Builder().with_functions(check_output(**arguments)(value)).build()


def said(returned, type_, **arguments) -> ValidationResult:
    """What the one check says of a value."""
    name = f"value_{next(iter(arguments))}_validator"
    result = driver_of(returned, type_, **arguments).execute([name])[name]
    assert isinstance(result, ValidationResult)
    return result


class Color(enum.Enum):
    RED = 1
    BLUE = 2


DAY = dt.date(2024, 5, 1)

SCALARS = [
    (decimal.Decimal("0.5"), decimal.Decimal(2), decimal.Decimal, {"range": (0, 1)}, "is not between 0 and 1."),
    (DAY, dt.date(2025, 1, 1), dt.date, {"range": (DAY, DAY)}, "is not between 2024-05-01 and 2024-05-01."),
    (np.int64(1), np.int64(2), np.int64, {"range": (0, 1)}, "is not between 0 and 1."),
    ("b", "d", str, {"range": ("a", "c")}, "'d' is not between a and c."),
    (1, None, int | None, {"range": (0, 1)}, "None is not between 0 and 1."),
    ("a", "z", Literal["a", "z"], {"values_in": ["a"]}, "'z' is not one of ['a']."),
    (Color.RED, Color.BLUE, Color, {"values_in": [Color.RED]}, "<Color.BLUE: 2> is not one of [<Color.RED: 1>]."),
    (1, "1", int | str, {"data_type": int}, "The value is of type str; int is wanted."),
    ([1], None, list[int] | None, {"allow_none": False}, "The value is None."),
    (pd.Series([1]), None, pd.Series, {"allow_none": False}, "The value is None."),
    (1.0, math.nan, float, {"allow_nans": False}, "nan is no number."),
    (10**400, None, int, {"allow_nans": False}, "None is no number."),
    ("a and b", "a", str, {"contains": ["a", "b"]}, "'a' does not contain 'b'."),
    ("a", "b", str, {"contains": "a"}, "'b' does not contain 'a'."),
    ("c", "a and b", str, {"does_not_contain": ["a", "b"]}, "'a and b' contains 'a', 'b'."),
    (0.5, 2.0, Annotated[float, "share"], {"range": (0, 1)}, "2.0 is not between 0 and 1."),
    (pd.DataFrame(), 1, pd.DataFrame, {"data_type": pd.DataFrame}, "The value is of type int; DataFrame is wanted."),
]


@pytest.mark.parametrize(("good", "bad", "type_", "check", "message"), SCALARS)
def test_single_values_are_checked(good, bad, type_, check, message):
    assert said(good, type_, **check).passes
    result = said(bad, type_, **check)
    assert not result.passes
    assert result.message.endswith(message)


def test_a_value_that_cannot_be_looked_at_so_does_not_pass_and_says_why():
    assert said("1", int, range=(0, 1)).message.startswith("It cannot be checked so: TypeError: ")
    assert said(1, pd.Series, range=(0, 1)).message == "1 is no Series."


@pytest.mark.parametrize("type_", [Any, int | pd.Series])
def test_where_the_type_does_not_tell_the_class_of_the_value_decides(type_):
    assert said(2, type_, range=(0, 1)).message == "2 is not between 0 and 1."
    assert said(pd.Series([2]), type_, range=(0, 1)).message.startswith("1 of 1 values are not between 0 and 1")


def test_a_value_of_any_type_that_a_check_does_not_know_does_not_pass():
    assert said({}, Any, range=(0, 1)).message == "A value of type dict cannot be checked so."


# --- columns ----------------------------------------------------------------------------------------------------------


def pandas_column(values) -> Any:
    return pd.Series(values)


def masked_pandas_column(values) -> Any:
    return pd.Series(values).convert_dtypes()


def numpy_column(values) -> Any:
    return np.array(values)


def polars_column(values) -> Any:
    return pytest.importorskip("polars").Series(values, strict=False)


COLUMNS = [pandas_column, masked_pandas_column, numpy_column, polars_column]

OF_NUMBERS = [
    ([0.5, 1.0], [0.5, 2.0, 3.5], {"range": (0, 1)}, "2 of 3 values are not between 0 and 1, the first of them 2.0, 3.5."),
    ([1.0, 2.0], [1.0, 3.0], {"values_in": [1.0, 2.0]}, "1 of 2 values are not one of [1.0, 2.0], the first of them 3.0."),
    ([1.0, math.nan], [3.0], {"values_in": [1.0]}, "1 of 1 values are not one of [1.0], the first of them 3.0."),
    ([1.0], [1.0, math.nan], {"allow_nans": False}, "1 of 2 values are missing."),
    (
        [1.0, 2.0, 3.0, math.nan],
        [1.0, math.nan],
        {"max_fraction_nans": 0.25},
        "1 of 2 values are missing, a fraction of 0.5; at most 0.25 is wanted.",
    ),
    ([], [math.nan], {"max_fraction_nans": 0}, "1 of 1 values are missing, a fraction of 1; at most 0 is wanted."),
    ([1.0, 2.0, math.nan], [1.0, 5.0], {"max_standard_dev": 1}, "The standard deviation is 2.82843; at most 1 is wanted."),
    ([1.0, 1.0], [1.0], {"max_standard_dev": 1}, "Fewer than two values have no standard deviation."),
    ([1.0, 3.0, math.nan], [1.0, 4.0], {"mean_in_range": (1, 2)}, "The mean is 2.5; one between 1 and 2 is wanted."),
    ([1.0], [math.nan], {"mean_in_range": (1, 2)}, "No value is there, so that there is no mean."),
]
OF_TEXTS = [
    (["a", "b"], ["a", "c"], {"values_in": ["a", "b"]}, "1 of 2 values are not one of ['a', 'b'], the first of them c."),
    (["a.b", "a"], ["a", "b"], {"contains": "a"}, "1 of 2 values are not with 'a' in it, the first of them b."),
    (["a.b"], ["axb"], {"contains": ["b", "."]}, "1 of 1 values are not with '.' in it, the first of them axb."),
    (["a"], ["a", "b."], {"does_not_contain": ["."]}, "1 of 2 values are not without '.' in it, the first of them b.."),
]


@pytest.mark.parametrize("make", COLUMNS, ids=lambda make: make.__name__)
@pytest.mark.parametrize(("good", "bad", "check", "message"), OF_NUMBERS + OF_TEXTS)
def test_columns_of_every_library_are_checked_alike(make, good, bad, check, message):
    type_ = type(make(good))
    assert said(make([float(x) for x in good] if not isinstance((good or [1])[0], str) else good), type_, **check).passes
    result = said(make(bad), type_, **check)
    assert not result.passes
    if make is masked_pandas_column:  # its numbers are whole where all of them can be, and print so
        return
    assert result.message == message


@pytest.mark.parametrize("make", COLUMNS, ids=lambda make: make.__name__)
@pytest.mark.parametrize(
    ("values", "wanted", "others"),
    [([1, 2], int, (float, str, bool)), ([1.5], float, (int, str)), (["a"], str, (int, float)), ([True], bool, (int, str))],
)
def test_a_column_has_the_type_of_its_values(make, values, wanted, others):
    column = make(values)
    assert said(column, type(column), data_type=wanted).passes
    for other in others:
        assert not said(column, type(column), data_type=other).passes


@pytest.mark.parametrize("make", COLUMNS, ids=lambda make: make.__name__)
@pytest.mark.parametrize(
    ("values", "check"), [(["0.5"], {"range": (0, 1)}), ([0.5], {"range": ("0", "1")}), ([1.5], {"contains": "1"})]
)
def test_a_column_that_cannot_be_looked_at_so_does_not_pass_and_says_why(make, values, check):
    column = make(values)
    result = said(column, type(column), **check)
    assert not result.passes
    assert result.message.startswith("It cannot be checked so: ")


def test_types_of_the_libraries_are_known():
    assert said(pd.Series([1]), pd.Series, data_type=np.integer).passes
    assert said(pd.Series([1]), pd.Series, data_type=np.dtype("int64")).passes
    assert said(pd.Series(["a"], dtype="category"), pd.Series, data_type=pd.CategoricalDtype).passes
    assert said(np.array([1], dtype=np.int64), np.ndarray, data_type=np.int64).passes
    pl = pytest.importorskip("polars")
    column = pl.Series([1], dtype=pl.Int8)
    assert said(column, pl.Series, data_type=pl.Int8).passes
    assert not said(column, pl.Series, data_type=pl.Int64).passes
    assert said(pl.Series([DAY]), pl.Series, data_type=pl.Date()).passes
    assert said(pl.Series([DAY]), pl.Series, data_type=dt.date).passes


@pytest.mark.parametrize("missing", [None, math.nan])
def test_null_and_nan_are_both_missing_in_polars(missing):
    pl = pytest.importorskip("polars")
    column = pl.Series([1.0, missing], strict=False)
    assert not said(column, pl.Series, allow_nans=False).passes
    assert not said(column, pl.Series, range=(0, math.inf)).passes
    assert said(column, pl.Series, values_in=[1.0]).passes
    assert said(column, pl.Series, mean_in_range=(1, 1)).passes


def test_arrays_of_any_shape_and_of_objects_are_checked():
    assert said(np.array([[0.0, 1.0], [2.0, 9.0]]), np.ndarray, range=(0, 1)).diagnostics["wrong"] == 2
    assert not said(np.array([1, None], dtype=object), np.ndarray, allow_nans=False).passes


def test_columns_with_missing_values_in_the_dtypes_of_pandas_are_checked():
    column = pd.Series([1, None], dtype="Int64")
    assert said(column, pd.Series, range=(0, 1)).diagnostics["wrong"] == 1
    assert said(pd.Series(["a", None]), pd.Series, contains="a").passes
    assert said(pd.Series(["a", None]), pd.Series, does_not_contain="b").passes


LIBRARIES = [pandas_column, numpy_column, *([polars_column] if importlib.util.find_spec("polars") else [])]
NUMBERS = st.lists(st.floats(-5, 5, width=32) | st.just(math.nan), max_size=8)
BOUNDS = st.tuples(st.integers(-5, 5), st.integers(-5, 5)).map(lambda pair: tuple(sorted(pair)))


@settings(deadline=None, max_examples=60)
@given(values=NUMBERS, bounds=BOUNDS, share=st.floats(0, 1), most=st.floats(0, 4))
def test_all_libraries_agree_with_the_plain_definition_of_each_check(values, bounds, share, most):
    low, high = bounds
    there = [value for value in values if not math.isnan(value)]
    mean = statistics.fmean(there) if there else None
    deviation = statistics.stdev(there) if len(there) > 1 else None
    expected = {
        "range": (bounds, all(low <= value <= high for value in values)),
        "values_in": ([*range(-5, 6)], all(value in range(-5, 6) for value in there)),
        "allow_nans": (False, len(there) == len(values)),
        "max_fraction_nans": (share, (len(values) - len(there)) <= share * len(values) if values else True),
        "mean_in_range": (bounds, mean is not None and low <= mean <= high),
        "max_standard_dev": (most, deviation is not None and deviation <= most),
    }
    near = {"mean_in_range": (mean, bounds), "max_standard_dev": (deviation, (most,))}
    for make in LIBRARIES:
        column = make([float(value) for value in values]) if values else make(np.array([], dtype=float))
        for name, (argument, passes) in expected.items():
            figure, limits = near.get(name, (None, ()))
            if figure is not None and any(math.isclose(figure, limit, abs_tol=1e-9) for limit in limits):
                continue  # sums in another order differ in their last digit
            assert said(column, type(column), **{name: argument}).passes == passes, (make, name)
    for value in values:
        assert said(value, float, range=bounds).passes == (low <= value <= high)
        assert said(value, float, allow_nans=False).passes == (not math.isnan(value))


# --- nodes ------------------------------------------------------------------------------------------------------------


def test_results_are_found_by_their_tag():
    driver = driver_of(2.0, float, range=(0, 1), allow_nans=False)
    found = driver.list_available_variables(tag_filter={CHECK_TAG: None})
    assert [node.name for node in found] == ["value_range_validator", "value_allow_nans_validator"]
    assert [node.name for node in driver.list_available_variables(tag_filter={CHECK_TAG: "range"})] == ["value_range_validator"]
    assert CHECK_TAG == "headwater.check"


def test_failures_of_stacked_decorators_are_reported_together_with_those_that_only_warn():
    @check_output(range=(0, 1), importance="fail")
    @check_output(values_in=[1.0], importance="warn")
    @check_output(data_type=str, importance="fail")
    def rate() -> float:
        return 7.0

    with pytest.raises(ChecksFailed) as caught:
        Builder().with_functions(rate).build().execute(["rate"])
    assert caught.value.failures == (
        "data_type: The value is of type float; str is wanted.",
        "values_in: 7.0 is not one of [1.0]. (a warning)",
        "range: 7.0 is not between 0 and 1.",
    )


def parts(target):
    @check_output(range=(0, 1), target_=target)
    @extract_fields({"low": float, "high": float})
    def bounds() -> dict[str, float]:
        return {"low": 0.5, "high": 7.0}

    return bounds


@pytest.mark.parametrize(
    ("target", "checked"), [(None, {"low", "high"}), ("low", {"low"}), (["high"], {"high"}), (["low", "high"], {"low", "high"})]
)
def test_a_target_says_which_of_the_nodes_are_checked(target, checked):
    graph = Builder().with_functions(parts(target)).build().graph
    assert {node.name.removesuffix("_raw") for node in graph if node.name.endswith("_raw")} == checked


def test_the_target_of_all_nodes_leaves_out_what_checks_have_made():
    @check_output(allow_none=False, target_=...)
    @check_output(data_type=dict, target_="bounds")
    @extract_fields({"low": float})
    def bounds() -> dict[str, float]:
        return {"low": 0.5}

    names = set(Builder().with_functions(bounds).build().graph.nodes)
    assert {name for name in names if "allow_none" in name} == {"bounds_allow_none_validator", "low_allow_none_validator"}


def test_a_target_that_the_function_does_not_make_is_an_error():
    with pytest.raises(DecoratorError, match=r"@check_output on .*test_columns.py:\d+\): `target_` names `lwo`.* mean `low`"):
        Builder().with_functions(parts("lwo")).build()


def test_a_warning_stands_at_the_line_of_the_function():
    driver = driver_of("abc", str, contains="x")
    with pytest.warns(CheckWarning, match="does not pass its check contains: 'abc' does not contain 'x'") as caught:
        driver.execute(["value"])
    assert (caught[0].filename, caught[0].lineno) == (__file__, driver.graph["value"].place.line)


def test_columns_of_a_polars_frame_are_nodes_and_can_be_checked():
    pl = pytest.importorskip("polars")

    @check_output(range=(0, 50), importance="fail")
    @extract_columns("age", "height")
    def people() -> pl.DataFrame:
        return pl.DataFrame({"age": [39, 41], "height": [1.7, 51.0]})

    driver = Builder().with_functions(people).build()
    assert driver.execute(["age"])["age"].to_list() == [39, 41]
    assert driver.graph["height"].type is pl.Series
    with pytest.raises(ChecksFailed, match=r"1 of 2 values are not between 0 and 50, the first of them 51\.0"):
        driver.execute(["height"])


# --- misuse -----------------------------------------------------------------------------------------------------------


def number() -> int: ...


def text() -> str: ...


def column() -> pd.Series: ...


def frame() -> pd.DataFrame: ...


MISUSES = [
    ({"max_fraction_nans": 2}, column, "`max_fraction_nans` takes a fraction between 0 and 1, as in .*, and not 2"),
    ({"max_fraction_nans": True}, column, "`max_fraction_nans` takes a fraction"),
    ({"max_standard_dev": -1}, column, "`max_standard_dev` takes a number that is not below 0, and not -1"),
    ({"mean_in_range": 3}, column, r"`mean_in_range` takes the lowest and the highest value, as in `mean_in_range=\(0, 1\)`"),
    ({"mean_in_range": (2, 1)}, column, "`mean_in_range` has its lowest value above its highest"),
    ({"range": (1, "a")}, column, "`range` takes two values that can be compared"),
    ({"allow_none": True}, number, "`allow_none=False` is a check; anything else would check nothing, so leave it out"),
    ({"contains": 3}, text, "`contains` takes a text or a list of texts, and not 3"),
    ({"does_not_contain": []}, text, r"`does_not_contain` takes a text or a list of texts, and not \[\]"),
    ({"contains": "a"}, number, "`contains` cannot check a value of type int"),
    ({"max_standard_dev": 1}, number, "`max_standard_dev` cannot check a value of type int"),
    ({"range": (0, 1)}, frame, "`range` cannot check a value of type DataFrame"),
    ({"mean_in_range": (0, 1)}, frame, "`mean_in_range` cannot check a value of type DataFrame"),
    ({"allow_nans": False}, text, "`allow_nans` cannot check a value of type str"),
    ({"schema": 3}, frame, "`schema` takes a schema of pandera, or 'annotation' .*, and not 3"),
    ({"model": dict}, frame, "`model` takes a model of pydantic, or 'annotation'"),
    ({"schema": "annotation"}, number, "`schema` cannot check a value of type int: it takes a data frame or a column"),
    ({"schema": "annotation"}, frame, "its annotation DataFrame names no schema of pandera: write"),
    ({"model": "annotation"}, number, "`model` cannot check a value of type int: it takes a pydantic model or a dictionary"),
    ({"range": (0, 1), "target_": "x"}, number, "`target_` names `x`, and the function makes `copy`"),
]


@pytest.mark.parametrize(("arguments", "function", "reason"), MISUSES)
def test_misuse_names_function_line_and_remedy(arguments, function, reason):
    type_ = function.__annotations__["return"]

    def copy() -> type_: ...

    with pytest.raises(DecoratorError, match=reason) as caught:
        Builder().with_functions(check_output(**arguments)(copy)).build()
    assert str(caught.value).startswith(f"@check_output on `copy` ({caught.value.places[0]}): ")
    assert caught.value.places[0].line == copy.__code__.co_firstlineno


def test_every_check_is_in_the_table_of_check_output():
    table = [line for line in check.check_output.__doc__.splitlines() if line.strip().startswith("| `")]
    assert [line.strip().removeprefix("| `").partition("=")[0] for line in table] == list(CHECKS)


@pytest.mark.native
def test_the_guide_has_the_same_table():
    guide = (Path(__file__).parents[2] / "docs" / "guides" / "data-quality.md").read_text(encoding="utf-8")
    table = [line.strip() for line in check.check_output.__doc__.splitlines() if line.strip().startswith("| `")]
    shown = [re.sub(r"\[(.*?)\]\(#.*?\)", r"\1", line) for line in guide.splitlines() if line.startswith("| `")]
    assert shown == table
