"""`subdag`, `parameterized_subdag` and `with_columns`: dataflows inside of a dataflow."""

import pandas as pd
import pytest

from headwater import (
    config,
    configuration,
    exclude,
    group,
    parameterized_subdag,
    pipe_output,
    source,
    step,
    subdag,
    value,
    with_columns,
)
from headwater.errors import DecoratorError, IncompatibleTypes, MissingAnnotation


def doubled(amount: int, factor: int = 2) -> int:
    return amount * factor


def increased(doubled: int, more: int) -> int:
    return doubled + more


@config.when(kind="plain")
def label__plain(increased: int) -> str:
    return str(increased)


@config.otherwise
def label__long(increased: int) -> str:
    return f"{increased} pieces"


LABELS = (doubled, increased, label__plain, label__long)


def result(label: str) -> str:
    return label


def pieces(increased: int, price: int) -> int:
    return increased * price


def frame(weather: pd.DataFrame) -> pd.DataFrame:
    return weather


def number(count: int) -> int:
    return count


def text() -> str:
    return "x"


# --- subdag -----------------------------------------------------------------------------------------------------------


def test_the_functions_are_there_once_more_under_the_functions_name(flow, fresh):
    driver = flow(*LABELS, subdag(*LABELS, inputs={"amount": source("pears")})(fresh(result)))
    values = driver.execute(["label", "result", "result.doubled"], inputs={"amount": 1, "pears": 10, "more": 1})
    assert values == {"label": "3 pieces", "result": "21 pieces", "result.doubled": 20}


def test_values_and_plain_values_are_bound_inside(flow, fresh):
    driver = flow(subdag(*LABELS, inputs={"amount": value(5), "more": 1, "factor": 3})(fresh(result)))
    assert driver.execute(["result"]) == {"result": "16 pieces"}
    assert driver.graph.inputs == ()


def test_the_config_inside_is_that_outside_and_its_own(flow, fresh):
    inputs = {"amount": 1, "more": 1}
    own = subdag(*LABELS, inputs=inputs, config={"kind": "plain"})(fresh(result))
    assert flow(own).execute(["result"]) == {"result": "3"}
    outer = subdag(*LABELS, inputs=inputs)(fresh(result))
    assert flow(outer, kind="plain").execute(["result"]) == {"result": "3"}


def test_the_config_inside_may_stand_under_another_key_outside(flow, fresh):
    decorated = subdag(*LABELS, inputs={"amount": 1, "more": 1}, config={"kind": configuration("result_kind")})(fresh(result))
    assert flow(decorated, result_kind="plain").execute(["result"]) == {"result": "3"}


def test_a_config_value_is_also_a_value_for_a_parameter_inside(flow, fresh):
    driver = flow(subdag(*LABELS, config={"amount": 4, "more": 0})(fresh(result)))
    assert driver.execute(["result"]) == {"result": "8 pieces"}


def test_an_input_takes_the_place_of_a_node_inside(flow, fresh):
    driver = flow(subdag(*LABELS, inputs={"doubled": source("given"), "more": 1})(fresh(result)))
    assert driver.execute(["result"], inputs={"given": 100}) == {"result": "101 pieces"}
    assert driver.execute(["result"], overrides={"result.doubled": 5}) == {"result": "6 pieces"}


def test_a_config_value_takes_the_place_of_a_node_inside(flow, fresh):
    driver = flow(subdag(*LABELS, inputs={"more": 1}, config={"doubled": 7})(fresh(result)))
    assert driver.execute(["result"]) == {"result": "8 pieces"}


def test_the_namespace_and_the_final_name_are_chosen(flow, fresh):
    decorate = subdag(*LABELS, inputs={"amount": 1, "more": 0}, namespace="pears", final_node_name="pear_label")
    driver = flow(decorate(fresh(result)))
    assert driver.execute(["pears.label", "pear_label"]) == {"pears.label": "2 pieces", "pear_label": "2 pieces"}
    assert "result" not in driver.graph


def test_a_parameter_comes_from_outside_where_it_is_said(flow, fresh):
    driver = flow(subdag(doubled, increased, inputs={"amount": 1, "more": 1}, external_inputs=["price"])(fresh(pieces)))
    assert driver.execute(["pieces"], inputs={"price": 10}) == {"pieces": 30}


def test_a_module_is_taken_with_its_public_functions(module, flow, fresh):
    parts = module("parts", "def base() -> int:\n    return 3\n\n\ndef _helper() -> int:\n    return 0\n")

    @subdag(parts)
    def total(base: int) -> int:
        return base * 2

    driver = flow(total)
    assert driver.execute(["total"]) == {"total": 6}
    assert set(driver.graph.nodes) == {"total.base", "total"}


def test_subdags_nest(flow):
    @subdag(doubled, inputs={"amount": source("start")})
    def inner(doubled: int) -> int:
        return doubled + 1

    @subdag(inner, inputs={"start": value(10)})
    def outer(inner: int) -> int:
        return inner * 100

    driver = flow(outer)
    assert driver.execute(["outer.inner.doubled", "outer.inner", "outer"]) == {
        "outer.inner.doubled": 20,
        "outer.inner": 21,
        "outer": 2100,
    }


def test_decorators_inside_and_around_apply(flow):
    @pipe_output(step(doubled, factor=10))
    def base() -> int:
        return 1

    @pipe_output(step(doubled))
    @subdag(base)
    def total(base: int) -> int:
        return base + 1

    values = flow(total).execute(["total.base.raw", "total.base", "total.raw", "total"])
    assert values == {"total.base.raw": 1, "total.base": 10, "total.raw": 11, "total": 22}


def test_a_function_that_is_excluded_takes_part_where_it_is_named(flow):
    @exclude
    def hidden() -> int:
        return 3

    @subdag(hidden)
    def total(hidden: int) -> int:
        return hidden

    driver = flow(hidden, total)
    assert driver.execute(["total"]) == {"total": 3}
    assert "hidden" not in driver.graph


def test_config_that_only_a_subdag_reads_is_not_said_to_be_unused(flow, fresh, recwarn):
    flow(subdag(*LABELS, inputs={"amount": 1, "more": 1})(fresh(result)), kind="plain")
    assert not recwarn


def test_types_are_checked_at_the_border(flow, fresh):
    with pytest.raises(IncompatibleTypes, match=r"`result.amount` .* takes `amount: int` \(bound to `text`\)"):
        flow(text, subdag(*LABELS, inputs={"amount": source("text"), "more": 1})(fresh(result)))


def test_what_is_wrong_inside_is_said(flow):
    def bare(amount): ...

    @subdag(bare)
    def total(bare: int) -> int: ...

    with pytest.raises(MissingAnnotation, match=r"`bare` .* does not say what type"):
        flow(total)


# --- parameterized_subdag ---------------------------------------------------------------------------------------------


def test_a_subdag_for_each_keyword(flow, fresh):
    driver = flow(
        parameterized_subdag(
            *LABELS,
            inputs={"more": value(1)},
            pears={"inputs": {"amount": source("pear_count")}},
            plums={"inputs": {"amount": value(2), "more": value(0)}, "config": {"kind": "plain"}},
        )(fresh(result))
    )
    assert driver.execute(["pears", "plums"], inputs={"pear_count": 10}) == {"pears": "21 pieces", "plums": "4"}
    assert {"pears.label", "plums.label"} <= set(driver.graph.nodes)
    assert "result" not in driver.graph


def test_external_inputs_of_a_keyword(flow, fresh):
    decorate = parameterized_subdag(
        doubled, increased, inputs={"amount": 1, "more": 1}, one={"external_inputs": ["price"]}, two={"inputs": {"price": 5}}
    )
    assert flow(decorate(fresh(pieces))).execute(["one", "two"], inputs={"price": 10}) == {"one": 30, "two": 15}


# --- with_columns -----------------------------------------------------------------------------------------------------


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
    made = driver.execute(["frame"], inputs={"weather": WEATHER, "limit": 5.0})["frame"]
    assert list(made) == ["celsius", "warm", "fahrenheit", "rounded"]
    assert made["rounded"].tolist() == [32.0, 51.0]
    assert list(WEATHER) == ["celsius"]
    assert {"frame.celsius", "frame.warm", "frame.rounded", "frame.weather"} <= set(driver.graph.nodes)


def test_only_selected_columns_are_appended(flow, fresh):
    driver = flow(with_columns(fahrenheit, rounded, columns_to_pass=["celsius"], select=["rounded"])(fresh(frame)))
    assert list(driver.execute(["frame"], inputs={"weather": WEATHER})["frame"]) == ["celsius", "rounded"]


@pytest.mark.parametrize("how", [{"pass_dataframe_as": "table"}, {"pass_dataframe_as": "table", "on_input": "weather"}])
def test_functions_may_read_the_whole_frame(how, flow, fresh):
    driver = flow(with_columns(widest, **how)(fresh(frame)))
    assert driver.execute(["frame"], inputs={"weather": WEATHER})["frame"]["widest"].tolist() == [0.0, 20.6]


def test_another_parameter_is_the_frame(flow):
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

    @with_columns(doubled, pass_dataframe_as="table")  # noqa: S106 - no password
    def result(given: pl.LazyFrame) -> pl.DataFrame:
        return given.collect()

    made = flow(result).execute(["result"], inputs={"given": pl.LazyFrame({"a": [1, 2]})})["result"]
    assert made.to_dict(as_series=False) == {"a": [1, 2], "doubled": [2, 4]}


def test_columns_of_polars_are_appended_to_a_frame(flow):
    pl = pytest.importorskip("polars")

    def doubled(a: pl.Series) -> pl.Series:
        return a * 2

    @with_columns(doubled, columns_to_pass=["a"])
    def result(given: pl.DataFrame) -> pl.DataFrame:
        return given

    made = flow(result).execute(["result"], inputs={"given": pl.DataFrame({"a": [1, 2]})})["result"]
    assert made.to_dict(as_series=False) == {"a": [1, 2], "doubled": [2, 4]}


def test_another_library_says_how_columns_are_appended(module, flow):
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
    def result(given: tables.Table) -> tables.Table:
        return given

    made = flow(result).execute(["result"], inputs={"given": tables.Table(short=tables.Column([1]))})["result"]
    assert made == {"short": [1], "longer": [1, 3]}


# --- misuse -----------------------------------------------------------------------------------------------------------

MISUSES = {
    "no functions": (subdag, result, "it needs the functions to put to work: `@subdag(module)`"),
    "a text for a module": (lambda: subdag("parts"), result, "it takes modules and functions, and not 'parts'"),
    "a parameter that nothing makes": (
        lambda: subdag(doubled, inputs={"amount": 1}),
        pieces,
        'makes `increased`. If it comes from the dataflow around it, say so: `external_inputs=["increased"]`',
    ),
    "an input that is config as well": (
        lambda: subdag(*LABELS, inputs={"amount": 1}, config={"amount": 2}),
        result,
        "it has `amount` in `inputs` and in `config`: give it in one of them",
    ),
    "a value of another type": (
        lambda: subdag(*LABELS, inputs={"amount": "1"}),
        result,
        "`amount: int` is given '1', which is of another type",
    ),
    "a source for the config": (
        lambda: subdag(*LABELS, config={"kind": source("kinds")}),
        result,
        "it has `source(...)` for the config's `kind`, which has to be known before anything runs. Give it with `inputs`.",
    ),
    "a group": (
        lambda: subdag(*LABELS, inputs={"amount": group(source("a"))}),
        result,
        "it gives `amount` a group: a subdag takes values and single sources",
    ),
    "a key that the config lacks": (
        lambda: subdag(*LABELS, config={"kind": configuration("kinds")}),
        result,
        "it takes the config's `kinds`, and the config has none",
    ),
    "inputs of no names": (
        lambda: subdag(*LABELS, inputs=["amount"]),
        result,
        "it has the inputs ['amount']: write a dictionary of names and values",
    ),
    "a number for the config": (
        lambda: parameterized_subdag(*LABELS, pears={"config": 3}),
        result,
        "`pears` has the config 3: write a dictionary of names and values",
    ),
    "one name for a list": (
        lambda: subdag(*LABELS, external_inputs="label"),
        result,
        "`external_inputs` is a list of names: write `['label']`",
    ),
    "no keywords": (lambda: parameterized_subdag(*LABELS), result, "it needs the nodes to make"),
    "a keyword of another form": (
        lambda: parameterized_subdag(*LABELS, pears={"input": {}}),
        result,
        "`pears` is a dictionary with the keys inputs, config, external_inputs, and not {'input': {}}",
    ),
    "no functions of columns": (with_columns, frame, "it needs the functions of columns"),
    "nothing to pass": (lambda: with_columns(warm), frame, "say what its functions read: `columns_to_pass=['a']`"),
    "both ways to pass": (
        lambda: with_columns(warm, columns_to_pass=["celsius"], pass_dataframe_as="table"),  # noqa: S106 - no password
        frame,
        "it passes columns or the whole frame",
    ),
    "a frame that is no name": (
        lambda: with_columns(warm, on_input=3),
        frame,
        "`on_input` is the name of a parameter, and not 3",
    ),
    "a number for columns": (
        lambda: with_columns(warm, columns_to_pass=3),
        frame,
        "`columns_to_pass` takes a name or a list of names, and not 3",
    ),
    "one name for columns": (
        lambda: with_columns(warm, columns_to_pass="celsius"),  # noqa: S106 - no password
        frame,
        "`columns_to_pass` is a list of names: write `['celsius']`",
    ),
    "a function called as the frame": (
        lambda: with_columns(weather, pass_dataframe_as="table"),  # noqa: S106 - no password
        frame,
        "`weather` is the frame, and also one of its functions: rename one of them",
    ),
    "no parameter for the frame": (
        lambda: with_columns(warm, columns_to_pass=["celsius"]),
        text,
        "the function has no parameter that could be the frame",
    ),
    "another parameter than there is": (
        lambda: with_columns(warm, columns_to_pass=["celsius"], on_input="weatherr"),
        frame,
        "`weatherr` is no parameter of it. Did you mean `weather`?",
    ),
    "a number for a frame": (
        lambda: with_columns(warm, columns_to_pass=["celsius"]),
        number,
        "`count` has to be a data frame, and is annotated as int",
    ),
    "a column that is passed and made": (
        lambda: with_columns(fahrenheit, columns_to_pass=["celsius", "fahrenheit"]),
        frame,
        "`fahrenheit` is a column of the frame that it passes, and also one of its functions",
    ),
    "a selection that nothing makes": (
        lambda: with_columns(fahrenheit, columns_to_pass=["celsius"], select=["fahrenhiet"]),
        frame,
        "it selects `fahrenhiet`, which none of its functions makes. Did you mean `fahrenheit`?",
    ),
    "config that is required": (
        lambda: with_columns(fahrenheit, columns_to_pass=["celsius"], config_required=["region"]),
        frame,
        "it needs the config's `region`, and the config has none: give it with `with_config`",
    ),
}


@pytest.mark.parametrize(("decorator", "function", "reason"), MISUSES.values(), ids=MISUSES)
def test_misuse_names_function_line_and_remedy(decorator, function, reason, refused):
    refused(decorator, function, reason)


def test_a_subdag_of_itself_is_refused(module):
    import sys

    from headwater import Builder

    loop = module(
        "loop",
        """
        import sys
        from headwater import subdag

        @subdag(sys.modules[__name__])
        def total(base: int) -> int: ...

        def base() -> int: ...
        """,
    )
    assert sys.modules["loop"] is loop
    with pytest.raises(DecoratorError, match=r"@subdag on `total` \(.*loop.py:5\): .* have this function among them"):
        Builder().with_modules(loop).build()
