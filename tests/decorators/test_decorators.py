"""How misuse of any decorator is reported."""

import pytest

from headwater import Builder, check_output, config, extract_columns, extract_fields, parameterize, tag, value
from headwater.errors import DecoratorError


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


@pytest.mark.parametrize(
    ("decorator", "function", "name", "reason"), MISUSES, ids=[f"{name}: {reason}" for _, _, name, reason in MISUSES]
)
def test_misuse_is_an_error_that_names_decorator_function_line_and_remedy(decorator, function, name, reason):
    def copy(function):
        import types

        return types.FunctionType(function.__code__, function.__globals__, function.__name__, None, None), function

    fresh, original = copy(function)
    fresh.__annotations__ = original.__annotations__
    with pytest.raises(DecoratorError, match=reason) as caught:
        Builder().with_functions(decorator(fresh)).build()
    assert str(caught.value).startswith(f"@{name} on `{function.__name__}` ({caught.value.locations[0]}): ")
    assert caught.value.locations[0].line == function.__code__.co_firstlineno
