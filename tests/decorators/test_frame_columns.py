"""`with_columns`: columns computed by a dataflow and appended to a frame."""

import pandas as pd
import pytest

from headwater import (
    with_columns,
)

pytestmark = pytest.mark.interpreter  # Pyodide has a different build of pandas


def doubled(amount: int, factor: int = 2) -> int:
    return amount * factor


def result(label: str) -> str:
    return label


def frame(weather: pd.DataFrame) -> pd.DataFrame:
    return weather


def renamed_frame(table: pd.DataFrame) -> pd.DataFrame:
    return table


def number(count: int) -> int:
    return count


def text() -> str:
    return "x"


def warm(celsius: pd.Series, limit: float) -> pd.Series:
    return celsius > limit


def weather(table: pd.DataFrame) -> pd.Series:
    return table["celsius"]


def fahrenheit(celsius: pd.Series) -> pd.Series:
    return celsius * 1.8 + 32


def rounded(fahrenheit: pd.Series) -> pd.Series:
    return fahrenheit.round()


def widest(table: pd.DataFrame) -> pd.Series:
    return table["celsius"] * 2


WEATHER = pd.DataFrame({"celsius": [0.0, 10.3]})


def test_columns_are_computed_from_columns_and_appended(flow, fresh):
    driver = flow(with_columns(warm, fahrenheit, rounded, columns_to_pass=["celsius"])(fresh(frame)))
    appended = driver.execute(["frame"], inputs={"weather": WEATHER, "limit": 5.0})["frame"]
    assert list(appended) == ["celsius", "warm", "fahrenheit", "rounded"]
    assert appended["rounded"].tolist() == [32.0, 51.0]
    assert list(WEATHER) == ["celsius"]
    assert {"frame.celsius", "frame.warm", "frame.rounded", "frame.weather"} <= set(driver.graph.nodes)


def test_only_selected_columns_are_appended(flow, fresh):
    driver = flow(with_columns(fahrenheit, rounded, columns_to_pass=["celsius"], select=["rounded"])(fresh(frame)))
    assert list(driver.execute(["frame"], inputs={"weather": WEATHER})["frame"]) == ["celsius", "rounded"]


@pytest.mark.parametrize("how", [{"pass_dataframe_as": "table"}, {"pass_dataframe_as": "table", "on_input": "weather"}])
def test_functions_may_take_the_whole_frame(how, flow, fresh):
    driver = flow(with_columns(widest, **how)(fresh(frame)))
    assert driver.execute(["frame"], inputs={"weather": WEATHER})["frame"]["widest"].tolist() == [0.0, 20.6]


def test_another_parameter_can_hold_the_frame(flow):
    @with_columns(fahrenheit, columns_to_pass=["celsius"], on_input="measured", namespace="new")
    def both(count: int, measured: pd.DataFrame) -> pd.DataFrame:
        return measured.head(count)

    driver = flow(both)
    assert list(driver.execute(["both"], inputs={"count": 1, "measured": WEATHER})["both"]) == ["celsius", "fahrenheit"]
    assert "new.fahrenheit" in driver.graph


def test_a_missing_column_of_the_frame_is_named(flow, fresh):
    driver = flow(with_columns(fahrenheit, columns_to_pass=["celsius"])(fresh(frame)))
    with pytest.raises(KeyError, match=r"`weather` .* returned no column `celsius`"):
        driver.execute(["frame"], inputs={"weather": pd.DataFrame({"kelvin": [1.0]})})


def test_columns_of_polars_may_be_expressions_on_a_lazy_frame(flow):
    pl = pytest.importorskip("polars")

    def doubled(table: pl.LazyFrame) -> pl.Expr:
        return pl.col("a") * 2

    @with_columns(doubled, pass_dataframe_as="table")  # noqa: S106 - not a password
    def result(measured: pl.LazyFrame) -> pl.DataFrame:
        return measured.collect()

    appended = flow(result).execute(["result"], inputs={"measured": pl.LazyFrame({"a": [1, 2]})})["result"]
    assert appended.to_dict(as_series=False) == {"a": [1, 2], "doubled": [2, 4]}


def test_columns_of_polars_are_appended_to_a_frame(flow):
    pl = pytest.importorskip("polars")

    def doubled(a: pl.Series) -> pl.Series:
        return a * 2

    @with_columns(doubled, columns_to_pass=["a"])
    def result(measured: pl.DataFrame) -> pl.DataFrame:
        return measured

    appended = flow(result).execute(["result"], inputs={"measured": pl.DataFrame({"a": [1, 2]})})["result"]
    assert appended.to_dict(as_series=False) == {"a": [1, 2], "doubled": [2, 4]}


def test_another_library_defines_how_columns_are_appended(module, flow):
    from headwater.integrations import register_frame_library

    tables = module("tables", "class Table(dict):\n    pass\n\n\nclass Column(list):\n    pass\n")
    module(
        "tables_for_headwater",
        """
        from tables import Column, Table

        def is_frame(type_): return issubclass(type_, Table)
        def column_type(): return Column
        def column_names(frame): return list(frame)
        def column(frame, name): return frame[name]
        def with_columns(frame, columns): return Table({**frame, **columns})
        """,
    )
    register_frame_library("tables", "tables_for_headwater")

    def longer(short: tables.Column) -> tables.Column:
        return tables.Column([*short, 3])

    @with_columns(longer, columns_to_pass=["short"])
    def result(measured: tables.Table) -> tables.Table:
        return measured

    appended = flow(result).execute(["result"], inputs={"measured": tables.Table(short=tables.Column([1]))})["result"]
    assert appended == {"short": [1], "longer": [1, 3]}


INVALID_USES = {
    "nothing to pass": (lambda: with_columns(warm), frame, "it needs a way to pass the frame: `columns_to_pass=['a']`"),
    "both ways to pass": (
        lambda: with_columns(warm, columns_to_pass=["celsius"], pass_dataframe_as="table"),  # noqa: S106 - not a password
        frame,
        "it takes either `columns_to_pass` or `pass_dataframe_as`, not both",
    ),
    "a frame that is not a name": (
        lambda: with_columns(warm, on_input=3),
        frame,
        "`on_input` takes the name of a parameter, not 3",
    ),
    "a number for columns": (
        lambda: with_columns(warm, columns_to_pass=3),
        frame,
        "`columns_to_pass` takes a name or a list of names, such as `['a', 'b']`, not 3",
    ),
    "one name instead of a list": (
        lambda: with_columns(warm, columns_to_pass="celsius"),  # noqa: S106 - not a password
        frame,
        "`columns_to_pass` takes a list of names. Write `['celsius']`",
    ),
    "a function named like the frame": (
        lambda: with_columns(weather, pass_dataframe_as="table"),  # noqa: S106 - not a password
        frame,
        "`weather` is both the frame and one of the functions. Rename one of them",
    ),
    "a function named like the passed frame": (
        lambda: with_columns(weather, pass_dataframe_as="weather", on_input="table"),  # noqa: S106 - not a password
        renamed_frame,
        "`weather` is both the frame and one of the functions. Rename one of them",
    ),
    "no parameter for the frame": (
        lambda: with_columns(warm, columns_to_pass=["celsius"]),
        text,
        "the function has no parameter for the frame",
    ),
    "an unknown parameter": (
        lambda: with_columns(warm, columns_to_pass=["celsius"], on_input="weatherr"),
        frame,
        "`weatherr` is not a parameter of the function. Did you mean `weather`?",
    ),
    "a number as the frame": (
        lambda: with_columns(warm, columns_to_pass=["celsius"]),
        number,
        "`count` must be a data frame, but is annotated as int",
    ),
    "a column that is passed and computed": (
        lambda: with_columns(fahrenheit, columns_to_pass=["celsius", "fahrenheit"]),
        frame,
        "`fahrenheit` is both a passed column and one of the functions",
    ),
    "a selected column that nothing computes": (
        lambda: with_columns(fahrenheit, columns_to_pass=["celsius"], select=["fahrenhiet"]),
        frame,
        "it selects `fahrenhiet`, but none of its functions computes it. Did you mean `fahrenheit`?",
    ),
    "a missing config value": (
        lambda: with_columns(fahrenheit, columns_to_pass=["celsius"], config_required=["region"]),
        frame,
        "it needs config value `region`, which is not set. Set it with `with_config`",
    ),
}


@pytest.mark.parametrize(("decorator", "function", "reason"), INVALID_USES.values(), ids=INVALID_USES)
def test_an_invalid_use_is_an_error_with_function_line_and_remedy(decorator, function, reason, expect_error):
    expect_error(decorator, function, reason)
