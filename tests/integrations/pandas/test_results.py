"""pandas columns as nodes, checks of columns, and outputs joined into a frame."""

import numpy as np
import pandas as pd
import pytest

from headwater import Builder, check_output, extract_columns
from headwater.errors import ChecksFailed, DecoratorError, MissingPart
from headwater.integrations.pandas import DataFrameResult, UnjoinableOutputs


@extract_columns("age", ("height", "In meters."))
def people() -> pd.DataFrame:
    """The participants of a survey."""
    return pd.DataFrame({"age": [39, 41], "height": [1.7, 1.8]})


def test_columns_become_nodes_beside_their_frame():
    def older(age: pd.Series) -> pd.Series:
        return age + 1

    driver = Builder().with_functions(people, older).build()
    assert driver.execute(["older"])["older"].tolist() == [40, 42]
    assert driver.graph["height"].type is pd.Series
    assert (driver.graph["age"].doc, driver.graph["height"].doc) == ("The participants of a survey.", "In meters.")


def test_a_missing_column_is_reported_with_the_existing_ones():
    @extract_columns("hieght")
    def frame() -> pd.DataFrame:
        return pd.DataFrame({"height": [1]})

    with pytest.raises(
        MissingPart, match=r"`frame` .* returned no column `hieght`. Did you mean `height`\? Its columns are: `height`"
    ):
        Builder().with_functions(frame).build().execute(["hieght"])


def checked(values, **arguments):
    @check_output(importance="fail", **arguments)
    def column() -> pd.Series:
        return pd.Series(values)

    return Builder().with_functions(column).build()


@pytest.mark.parametrize(
    ("good", "bad", "check", "message"),
    [
        ([0, 1], [0, 2, 3], {"range": (0, 1)}, "range: 2 of 3 values are not between 0 and 1, starting with 2, 3."),
        ([0.5], [0.5, np.nan], {"range": (0, 1)}, "range: 1 of 2 values is not between 0 and 1, starting with nan."),
        ([0.5], [0.5, np.nan], {"allow_nans": False}, "allow_nans: 1 of 2 values is missing."),
        (["a", None], ["a", "c"], {"values_in": ["a", "b"]}, "values_in: 1 of 2 values is not in ['a', 'b']"),
        ([1.5], [1], {"data_type": float}, "data_type: The dtype is int64; expected float."),
        ([1], ["a"], {"data_type": np.integer}, "expected integer."),
        (["a"], [1], {"data_type": str}, "data_type: The dtype is int64; expected str."),
    ],
)
def test_columns_are_checked(good, bad, check, message):
    assert checked(good, **check).execute(["column"])["column"].size == len(good)
    with pytest.raises(ChecksFailed) as caught:
        checked(bad, **check).execute(["column"])
    assert message in caught.value.failures[0]


def test_a_frame_cannot_be_checked_as_a_column():
    @check_output(range=(0, 1))
    def frame() -> pd.DataFrame: ...

    with pytest.raises(DecoratorError, match="`range` cannot check a value of type DataFrame"):
        Builder().with_functions(frame).build()


def joined(**values) -> pd.DataFrame:
    functions = {}
    for name, value in values.items():

        def function(value=value) -> object:
            return value

        function.__annotations__ = {"value": object, "return": object}
        functions[name] = function
    driver = Builder().with_functions(**functions).with_result_builder(DataFrameResult()).build()
    return driver.execute(list(values))


def test_series_are_joined_on_their_index_and_single_values_repeated():
    frame = joined(a=pd.Series([1, 2], index=["x", "y"]), b=pd.Series([3, 4], index=["y", "z"]), c=9)
    expected = pd.DataFrame({"a": [1, 2, None], "b": [None, 3, 4], "c": [9, 9, 9]}, index=["x", "y", "z"])
    pd.testing.assert_frame_equal(frame, expected, check_dtype=False)


def test_single_values_become_one_row_and_a_single_frame_is_returned():
    pd.testing.assert_frame_equal(joined(a=1, b="x"), pd.DataFrame({"a": [1], "b": ["x"]}))
    frame = pd.DataFrame({"a": [1]})
    assert joined(frame=frame) is frame


def test_columns_of_a_frame_with_other_outputs_have_its_name():
    frame = joined(frame=pd.DataFrame({"a": [1, 2]}), b=pd.Series([3, 4]))
    assert list(frame.columns) == ["frame.a", "b"]


def test_outputs_that_do_not_match_are_reported():
    with pytest.raises(UnjoinableOutputs, match=r"`a` \(list of 3\), `b` \(Series of 2\)"):
        joined(a=[1, 2, 3], b=pd.Series([1, 2]))


@pytest.mark.native
def test_pandas_is_imported_only_if_used(imported_by):
    loaded = imported_by(
        "import headwater\ndef one() -> int: return 1\nheadwater.Builder().with_functions(one).build().execute(['one'])"
    )
    assert "headwater.driver" in loaded
    assert not loaded & {"pandas", "numpy", "headwater.integrations.pandas"}
