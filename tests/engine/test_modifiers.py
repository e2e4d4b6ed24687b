"""The decorators: what nodes they make, and how misuse is answered."""

import re

import pytest

from headwater import Builder, check_output, config, extract_columns, extract_fields, parameterize, source, tag, value
from headwater.errors import ChecksFailed, CheckWarning, DecoratorError, DuplicateNode, MissingInput, MissingPart
from headwater.modifiers import Phase, attach

# --- config -----------------------------------------------------------------------------------------------------------


@config.when(region="us")
def tax__us(price: float) -> float:
    return price * 0.08


@config.when_in(region=["de", "fr"])
def tax__eu(price: float) -> float:
    return price * 0.19


@config.otherwise
def tax__elsewhere(price: float) -> float:
    return price * 0.5


@pytest.mark.parametrize(
    ("given", "expected"), [({"region": "us"}, 8.0), ({"region": "fr"}, 19.0), ({"region": "jp"}, 50.0), ({}, 50.0)]
)
def test_the_config_decides_which_variant_takes_part(given, expected):
    driver = Builder().with_functions(tax__us, tax__eu, tax__elsewhere).with_config(given).build()
    assert driver.execute(["tax"], inputs={"price": 100.0}) == {"tax": expected}


@pytest.mark.parametrize(("given", "present"), [({"mode": "fast"}, False), ({"mode": "slow"}, True), ({}, True)])
def test_when_not_and_when_not_in_exclude(given, present):
    @config.when_not(mode="fast")
    def one() -> int: ...

    @config.when_not_in(mode=["fast", "faster"])
    def two() -> int: ...

    nodes = Builder().with_functions(one, two).with_config(given).build().graph
    assert ("one" in nodes, "two" in nodes) == (present, present)


@pytest.mark.parametrize(
    ("given", "present"), [({"year": 2024}, True), ({"year": 2020}, False), ({"year": 2020, "more": 1}, True)]
)
def test_a_function_of_config_values_decides(given, present):
    @config.where(lambda year, *, more=0: year + more > 2020)
    def one() -> int: ...

    assert ("one" in Builder().with_functions(one).with_config(given).build().graph) == present


def test_a_function_of_config_values_gets_none_for_what_the_config_lacks():
    @config.where(lambda region: region is None)
    def tax__anywhere() -> int: ...

    @config.otherwise
    def tax__elsewhere() -> int: ...

    builder = Builder().with_functions(tax__anywhere, tax__elsewhere)
    assert builder.build().graph.nodes["tax"].function is tax__anywhere
    assert builder.with_config({"region": "eu"}).build().graph.nodes["tax"].function is tax__elsewhere


def test_a_function_of_config_values_that_fails_is_told_with_what_it_was_given():
    @config.where(lambda year: year > 2020)
    def one() -> int: ...

    with pytest.raises(DecoratorError) as caught:
        Builder().with_functions(one).build()
    assert "@config.where on `one` (" in str(caught.value)
    assert "its condition failed for year=None: TypeError: " in str(caught.value)
    assert isinstance(caught.value.__cause__, TypeError)


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        (3, "it takes a function of config values, and not 3."),
        (
            lambda *keys: not keys,
            "its function takes config keys by name, and `*keys` has none: write one parameter for each key.",
        ),
        (max, "the parameters of <built-in function max> are not known: write a function."),
    ],
)
def test_a_condition_that_is_none_is_refused(condition, reason):
    def one() -> int: ...

    with pytest.raises(DecoratorError, match=re.escape(reason)):
        config.where(condition)(one)


def test_several_conditions_must_all_hold():
    @config.when(a=1)
    @config.when(b=2)
    def one() -> int: ...

    builder = Builder().with_functions(one)
    assert "one" in builder.with_config({"a": 1, "b": 2}).build().graph
    assert "one" not in builder.with_config({"a": 1}).build().graph


def test_a_variant_function_stands_for_its_node():
    driver = Builder().with_functions(tax__us, tax__elsewhere).with_config({"region": "us"}).build()
    assert driver.run(tax__us, price=100.0) == 8.0


def test_two_variants_that_both_hold_are_a_duplicate():
    @config.when(a=1)
    def x__one() -> int: ...

    @config.when(b=1)
    def x__two() -> int: ...

    with pytest.raises(DuplicateNode, match="`x`"):
        Builder().with_functions(x__one, x__two).with_config({"a": 1, "b": 1}).build()


def test_no_variant_leaves_an_input():
    def total(tax: float) -> float: ...

    driver = Builder().with_functions(tax__us, total).build()
    with pytest.raises(MissingInput, match="`tax`"):
        driver.execute(["total"])


def test_a_suffix_without_a_config_decorator_is_part_of_the_name():
    def tax__plain() -> float: ...

    assert "tax__plain" in Builder().with_functions(tax__plain).build().graph


# --- parameterize -----------------------------------------------------------------------------------------------------


@parameterize(
    weekly={"days": value(7)},
    monthly=({"days": value(30), "rate": source("bulk_rate")}, "Thirty days in bulk."),
)
def cost(rate: float, days: int) -> float:
    """{output_name}: {days} days at {rate}."""
    return rate * days


def test_parameterize_makes_a_node_for_each_keyword_and_none_for_the_function():
    driver = Builder().with_functions(cost).build()
    assert driver.execute(["weekly", "monthly"], inputs={"rate": 2.0, "bulk_rate": 1.0}) == {"weekly": 14.0, "monthly": 30.0}
    assert "cost" not in driver.graph
    assert [dependency.source for dependency in driver.graph["monthly"].dependencies] == ["bulk_rate"]
    assert driver.graph["weekly"].doc == "weekly: 7 days at {rate}."
    assert driver.graph["monthly"].doc == "Thirty days in bulk."


def test_a_keyword_only_parameter_can_be_bound():
    @parameterize(doubled={"factor": value(2)})
    def scaled(x: int, *, factor: int) -> int:
        return x * factor

    assert Builder().with_functions(scaled).build().execute(["doubled"], inputs={"x": 4}) == {"doubled": 8}


# --- extract ----------------------------------------------------------------------------------------------------------


def test_fields_become_nodes_beside_the_dictionary():
    @extract_fields({"low": int, "high": int})
    def bounds() -> dict[str, int]:
        return {"low": 1, "high": 9}

    driver = Builder().with_functions(bounds).build()
    assert driver.execute(["high", "bounds"]) == {"high": 9, "bounds": {"low": 1, "high": 9}}
    assert driver.graph["low"].type is int


def test_a_missing_field_is_named_with_those_that_are_there():
    @extract_fields({"low": int})
    def bounds() -> dict:
        return {"lwo": 1}

    driver = Builder().with_functions(bounds).build()
    with pytest.raises(MissingPart) as caught:
        driver.execute(["low"])
    assert "returned no field `low`. Did you mean `lwo`? It has: `lwo`." in str(caught.value)
    assert caught.value.places == (driver.graph["bounds"].place,)


# --- check_output -----------------------------------------------------------------------------------------------------


def checked(returned, type_=float, **arguments):
    def rate() -> type_:
        return returned

    return Builder().with_functions(check_output(**arguments)(rate)).build()


@pytest.mark.parametrize(
    ("good", "bad", "type_", "check"),
    [
        (0.5, 1.5, float, {"range": (0, 1)}),
        (1, float("nan"), float, {"range": (0, 1)}),
        (0.5, float("nan"), float, {"allow_nans": False}),
        (3, "three", object, {"data_type": int}),
        ("a", "c", str, {"values_in": ["a", "b"]}),
    ],
)
def test_checks_let_good_values_through_and_stop_bad_ones(good, bad, type_, check):
    assert checked(good, type_, importance="fail", **check).execute(["rate"]) == {"rate": good}
    with pytest.raises(ChecksFailed, match=r"`rate` .* does not pass"):
        checked(bad, type_, importance="fail", **check).execute(["rate"])


def test_all_failed_checks_are_listed_together():
    driver = checked(7.0, importance="fail", range=(0, 1), values_in=[1.0, 2.0])
    with pytest.raises(ChecksFailed) as caught:
        driver.execute(["rate"])
    assert caught.value.failures == (
        "range: 7.0 is not between 0 and 1.",
        "values_in: 7.0 is not one of [1.0, 2.0].",
    )


def test_a_failed_check_warns_by_default_at_the_line_of_the_function():
    driver = checked(7.0, range=(0, 1))
    with pytest.warns(CheckWarning, match="`rate` .* does not pass its check range: 7.0 is not between 0 and 1") as caught:
        assert driver.execute(["rate"]) == {"rate": 7.0}
    assert (caught[0].filename, caught[0].lineno) == (driver.graph["rate"].place.file, driver.graph["rate"].place.line)


def test_raw_values_and_results_of_checks_can_be_asked_for():
    driver = checked(7.0, range=(0, 1))
    values = driver.execute(["rate_raw", "rate_range_validator"])
    assert values["rate_raw"] == 7.0
    assert not values["rate_range_validator"].passes


def test_several_check_outputs_on_one_function_all_check():
    @check_output(range=(0, 1), importance="fail")
    @check_output(range=(0, 5), values_in=[0.5, 3.0], importance="fail")
    def rate(given: float) -> float:
        return given

    driver = Builder().with_functions(rate).build()
    assert driver.execute(["rate"], inputs={"given": 0.5}) == {"rate": 0.5}
    for wrong in (0.7, 3.0):
        with pytest.raises(ChecksFailed):
            driver.execute(["rate"], inputs={"given": wrong})
    assert list(driver.graph.nodes) == [
        *("given", "rate_raw", "rate_range_validator", "rate_values_in_validator", "rate_range_validator_1", "rate")
    ]


def test_a_check_stands_behind_the_other_decorators():
    @tag(kind="checked")
    @check_output(range=(0, 1))
    def rate() -> float:
        return 0.5

    graph = Builder().with_functions(rate).build().graph
    assert [node.name for node in graph if "kind" in node.tags] == ["rate"]


# --- misuse -----------------------------------------------------------------------------------------------------------


def number() -> int: ...


def mapping() -> dict[str, int]: ...


def scaled(x: int, factor: int) -> int: ...


MISUSES = [
    (config.when(), number, "config.when", "needs a config key"),
    (config.when_in(region="us"), number, "config.when_in", "`region` has to be a list of values, and is 'us'"),
    (tag(owner=3), number, "tag", "`owner` has to be a text or a list of texts, and is 3"),
    (tag(owner=[]), number, "tag", "`owner` has to be a text"),
    (parameterize(), scaled, "parameterize", "needs the nodes to make"),
    (parameterize(a={"factor": 3}), scaled, "parameterize", r"`a` binds `factor` to 3: write `value\(...\)`"),
    (parameterize(a=3), scaled, "parameterize", "`a` has to be a dictionary of bindings"),
    (parameterize(a={"factr": value(3)}), scaled, "parameterize", "no parameter. Did you mean `factor`"),
    (parameterize(a={"factor": value("3")}), scaled, "parameterize", "binds `factor: int` to '3', which is of another type"),
    (extract_fields({}), mapping, "extract_fields", "needs the fields' names and types"),
    (extract_fields({"a": int}), number, "extract_fields", "has to return a dictionary, and is annotated to return int"),
    (extract_columns(), number, "extract_columns", "needs the names of columns"),
    (extract_columns(3), number, "extract_columns", "a column is given by its name"),
    (extract_columns("a"), number, "extract_columns", "has to return a data frame, and is annotated to return int"),
    (check_output(), number, "check_output", "needs something to check"),
    (check_output(rnage=(0, 1)), number, "check_output", "no check `rnage`. Did you mean `range`"),
    (check_output(range=3), number, "check_output", "`range` takes the lowest and the highest value"),
    (check_output(range=(2, 1)), number, "check_output", "lowest value above its highest"),
    (check_output(allow_nans=True), number, "check_output", "leave it out"),
    (check_output(data_type="int"), number, "check_output", "`data_type` takes a class"),
    (check_output(values_in="abc"), number, "check_output", "`values_in` takes a list"),
    (check_output(range=(0, 1), importance="maybe"), number, "check_output", '`importance` is "warn" or "fail"'),
    (check_output(range=(0, 1)), mapping, "check_output", r"`range` cannot check a value of type dict\[str, int\]"),
]


@pytest.mark.parametrize(("decorator", "function", "name", "reason"), MISUSES, ids=lambda part: str(part)[:40])
def test_misuse_is_an_error_that_names_decorator_function_line_and_remedy(decorator, function, name, reason):
    def copy(function):
        import types

        return types.FunctionType(function.__code__, function.__globals__, function.__name__, None, None), function

    fresh, original = copy(function)
    fresh.__annotations__ = original.__annotations__
    with pytest.raises(DecoratorError, match=reason) as caught:
        Builder().with_functions(decorator(fresh)).build()
    assert str(caught.value).startswith(f"@{name} on `{function.__name__}` ({caught.value.places[0]}): ")
    assert caught.value.places[0].line == function.__code__.co_firstlineno


def test_a_variant_needs_a_name_before_its_suffix():
    @config.when(region="us")
    def tax__() -> int: ...

    with pytest.raises(DecoratorError, match="`name__variant`"):
        Builder().with_functions(tax__).with_config({"region": "us"}).build()


def test_a_decorator_on_a_class_is_refused():
    with pytest.raises(TypeError, match="@tag decorates functions"):
        tag(a="b")(int)


def test_a_decorator_for_one_node_refuses_several():
    @extract_fields({"a": int})
    @parameterize(one={"x": value(1)}, two={"x": value(2)})
    def record(x: int) -> dict[str, int]: ...

    with pytest.raises(DecoratorError, match="works on one node, and the decorators before it made 2: `one`, `two`"):
        Builder().with_functions(record).build()


def test_ones_own_decorator_needs_a_name_a_phase_and_apply():
    class Shout:
        name = "shout"
        phase = Phase.ANNOTATE

        def apply(self, nodes):
            return [node.renamed(node.name.upper()) for node in nodes]

    def quiet() -> int:
        return 1

    assert Builder().with_functions(attach(Shout(), quiet)).build().execute(["QUIET"]) == {"QUIET": 1}
