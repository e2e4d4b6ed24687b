"""Errors for invalid uses of any decorator."""

import pytest

from headwater import Builder, check_output, config, extract_columns, extract_fields, parameterize, tag, value
from headwater.errors import DecoratorError


# --- errors -----------------------------------------------------------------------------------------------------------
def number() -> int: ...


def mapping() -> dict[str, int]: ...


def scaled(x: int, factor: int) -> int: ...


INVALID_USES = [
    (config.when(), number, "config.when", "needs at least one config key"),
    (config.when_in(region="us"), number, "config.when_in", r"`region` must be a list of values, such as `\['us'\]`, not 'us'"),
    (tag(owner=3), number, "tag", "`owner` must be a string, such as `'growth'`, or a list of strings, not 3"),
    (tag(owner=[]), number, "tag", "`owner` must be a string"),
    (parameterize(), scaled, "parameterize", "needs at least one node"),
    (parameterize(a={"factor": 3}), scaled, "parameterize", r"`a` binds `factor` to 3. Use `value\(...\)`"),
    (parameterize(a=3), scaled, "parameterize", "`a` must be a dictionary of bindings"),
    (parameterize(a={"factr": value(3)}), scaled, "parameterize", "not a parameter of the function. Did you mean `factor`"),
    (parameterize(a={"factor": value("3")}), scaled, "parameterize", "binds `factor: int` to '3', which has the wrong type"),
    (extract_fields({}), mapping, "extract_fields", "takes the names and types of fields"),
    (extract_fields({"a": int}), number, "extract_fields", "must return a dictionary, but is annotated to return int"),
    (extract_columns(), number, "extract_columns", "needs at least one column"),
    (extract_columns(3), number, "extract_columns", "an argument must be a column name, such as `'age'`, or a pair"),
    (extract_columns("a"), number, "extract_columns", "must return a data frame, but is annotated to return int"),
    (check_output(), number, "check_output", "needs at least one check"),
    (check_output(rnage=(0, 1)), number, "check_output", "unknown check `rnage`. Did you mean `range`"),
    (check_output(range=3), number, "check_output", "`range` takes the lowest and the highest value"),
    (check_output(range=(2, 1)), number, "check_output", "takes the lowest value first, but got"),
    (check_output(allow_nans=True), number, "check_output", "Omit it to skip the check"),
    (check_output(data_type="int"), number, "check_output", "`data_type` takes a class"),
    (check_output(values_in="abc"), number, "check_output", "`values_in` takes a list"),
    (check_output(range=(0, 1), importance="maybe"), number, "check_output", '`importance` must be "warn" or "fail"'),
    (check_output(range=(0, 1)), mapping, "check_output", r"`range` cannot check a value of type dict\[str, int\]"),
]


@pytest.mark.parametrize(
    ("decorator", "function", "name", "reason"), INVALID_USES, ids=[f"{name}: {reason}" for _, _, name, reason in INVALID_USES]
)
def test_an_invalid_use_is_an_error_with_decorator_function_line_and_remedy(decorator, function, name, reason):
    def copy(function):
        import types

        return types.FunctionType(function.__code__, function.__globals__, function.__name__, None, None), function

    fresh, original = copy(function)
    fresh.__annotations__ = original.__annotations__
    with pytest.raises(DecoratorError, match=reason) as caught:
        Builder().with_functions(decorator(fresh)).build()
    assert str(caught.value).startswith(f"@{name} on `{function.__name__}` ({caught.value.locations[0]}): ")
    assert caught.value.locations[0].line == function.__code__.co_firstlineno
