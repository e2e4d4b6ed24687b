"""`WatchArguments`: detects functions that change their arguments in place, in runs outside of a session."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

from headwater import Builder
from headwater.errors import ChangedArgumentWarning
from headwater.hooks import Policy, WatchArguments

pytestmark = pytest.mark.interpreter


def run(*functions: Any, output: str, **inputs: Any) -> tuple[Any, list[tuple[str, str]]]:
    """Return the value, and the node and line of each warning."""
    driver = Builder().with_functions(*functions).with_policy(Policy(middleware=(WatchArguments(),))).build()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        value = driver.execute([output], inputs=inputs)[output]
    found = [warning.message for warning in caught if isinstance(warning.message, ChangedArgumentWarning)]
    return value, [(warning.node, str(warning).partition("argument `")[2].partition("`")[0]) for warning in found]


def prices() -> list[int]:
    return [3, 1, 2]


def cheapest(prices: list[int]) -> int:
    prices.sort()
    return prices[0]


def copied(prices: list[int]) -> int:
    return min(prices)


def test_a_function_that_changes_its_argument_is_named_with_the_argument() -> None:
    assert run(prices, cheapest, output="cheapest") == (1, [("cheapest", "prices")])


def test_a_function_that_does_not_is_not() -> None:
    assert run(prices, copied, output="copied") == (1, [])


def test_an_input_is_watched_too() -> None:
    assert run(cheapest, output="cheapest", prices=[2, 1]) == (1, [("cheapest", "prices")])


def test_a_change_is_noticed_though_the_function_fails() -> None:
    def failing(prices: list[int]) -> int:
        prices.clear()
        return prices[0]

    with pytest.warns(ChangedArgumentWarning, match="`failing`"), pytest.raises(IndexError):
        Builder().with_functions(prices, failing).with_policy(Policy(middleware=(WatchArguments(),))).build().execute(
            ["failing"]
        )


def test_a_default_is_not_watched_and_the_next_run_finds_it_as_it_is_written() -> None:
    def grown(extra: list[int] = []) -> int:  # noqa: B006 - deliberately mutable
        extra.append(1)
        return len(extra)

    driver = Builder().with_functions(grown).with_policy(Policy(middleware=(WatchArguments(),))).build()
    assert [driver.execute(["grown"])["grown"] for _ in range(2)] == [1, 1]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_changed_frame_is_reported_and_does_not_affect_other_functions(library: str) -> None:
    frames = pytest.importorskip(library)

    def frame() -> Any:
        return frames.DataFrame({"a": [1, 2]})

    def widened(frame: Any) -> int:
        if library == "pandas":
            frame["b"] = 1
        else:
            frame.insert_column(1, frames.Series("b", [1, 1]))
        return len(frame.columns)

    def width(frame: Any, widened: int) -> int:
        return len(frame.columns) + widened

    assert run(frame, widened, width, output="width") == (3, [("widened", "frame")])


def test_the_warning_points_to_the_function() -> None:
    driver = Builder().with_functions(prices, cheapest).with_policy(Policy(middleware=(WatchArguments(),))).build()
    with pytest.warns(ChangedArgumentWarning) as caught:
        driver.execute(["cheapest"])
    assert (caught[0].filename, caught[0].lineno) == (__file__, cheapest.__code__.co_firstlineno)


def test_a_failing_function_raises_its_own_error_even_if_warnings_are_errors() -> None:
    def failing(prices: list[int]) -> int:
        prices.clear()
        return prices[0]

    driver = Builder().with_functions(prices, failing).with_policy(Policy(middleware=(WatchArguments(),))).build()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(IndexError):
            driver.execute(["failing"])
