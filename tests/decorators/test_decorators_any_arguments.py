"""Every decorator with arbitrary arguments: it works, or its error names the function and the problem."""

import inspect
from operator import attrgetter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import headwater
from headwater import Builder, configuration, group, source, step, value
from headwater.errors import DecoratorError, HeadwaterError

NAMES = [
    "cache",
    "check_output",
    "check_output_custom",
    "config.when",
    "config.when_not",
    "config.when_in",
    "config.when_not_in",
    "config.where",
    "does",
    "extract_columns",
    "extract_fields",
    "inject",
    "load_from.json",
    "mutate",
    "on",
    "parameterize",
    "parameterize_extract_columns",
    "parameterize_sources",
    "parameterize_values",
    "parameterized_subdag",
    "pipe_input",
    "pipe_output",
    "resolve",
    "resolve_from_config",
    "save_to.json",
    "schema.output",
    "subdag",
    "tag",
    "tag_outputs",
    "unpack_fields",
    "with_columns",
]
DECORATORS = {name: attrgetter(name)(headwater) for name in NAMES}


def doubled(left: int) -> int:
    return left * 2


def _halved(left: int) -> int:
    return left // 2


def number(left: int, right: int) -> int:
    return left + right


def fields(left: int) -> dict[str, int]:
    return {"left": left}


def frame(table: pd.DataFrame) -> pd.DataFrame:
    return table


SINGLE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 3),
    st.sampled_from(["left", "right", "a", "", "not a name"]),
    st.sampled_from([doubled, len, int, object(), ..., value(1), source("left"), configuration("rate")]),
    st.builds(lambda wrong: step(_halved).on_input(wrong), st.sampled_from([3, None, "left", ["left"]])),
    st.builds(lambda wrong: step(_halved).when_in(rate=wrong), st.sampled_from([3, "eu", ["eu"]])),
    st.builds(group, st.sampled_from([3, "a", source("left"), None])),
)
ANYTHING = st.one_of(
    SINGLE,
    st.lists(SINGLE, max_size=2),
    st.tuples(SINGLE, SINGLE),
    st.dictionaries(st.sampled_from(["left", "a", 3, ("a", "b")]), SINGLE, max_size=2),
)


@st.composite
def arguments(draw, decorator):
    """Generate arguments that the signature allows, with arbitrary values."""
    positional, named = [], {}
    for name, parameter in inspect.signature(decorator).parameters.items():
        match parameter.kind:
            case parameter.VAR_POSITIONAL:
                positional.extend(draw(st.lists(ANYTHING, max_size=2)))
            case parameter.VAR_KEYWORD:
                named.update(draw(st.dictionaries(st.sampled_from(["left", "right", "made"]), ANYTHING, max_size=2)))
            case parameter.KEYWORD_ONLY if parameter.default is parameter.empty or draw(st.booleans()):
                named[name] = draw(ANYTHING)
            case parameter.POSITIONAL_ONLY | parameter.POSITIONAL_OR_KEYWORD:
                positional.append(draw(ANYTHING))
    return positional, named


def refusal(name, positional, named, function):
    """Return the error from the decorator or from the dataflow with the decorated function, or None."""
    try:
        decorated = DECORATORS[name](*positional, **named)(function)
        Builder().with_functions(decorated).build()
    except HeadwaterError as error:
        return error
    return None


@pytest.mark.filterwarnings("ignore::headwater.errors.DecoratorWarning")  # arguments that contradict the function still work
@pytest.mark.parametrize("name", DECORATORS)
@settings(max_examples=settings.default.max_examples // 2)  # the test tries thirty decorators, and most share their code
@given(data=st.data(), function=st.sampled_from([number, fields, frame]))
def test_any_arguments_work_or_are_refused_with_function_and_line(name, data, function, fresh):
    positional, named = data.draw(arguments(DECORATORS[name]))
    error = refusal(name, positional, named, fresh(function))
    if isinstance(error, DecoratorError):
        assert error.locations[0].file == __file__
        assert f"`{error.node}` ({error.locations[0]}): " in str(error)


@pytest.mark.parametrize("name", DECORATORS)
def test_a_missing_call_is_an_error(name, expect_error):
    expect_error(lambda: DECORATORS[name], number, f"it takes arguments. Write `@{name}(...)`.")
