"""`Parallelizable` and `Collect`: functions that are called once for each element."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater import (
    Builder,
    Collect,
    Driver,
    Parallelizable,
    check_output,
    check_output_custom,
    extract_fields,
    parameterize,
    source,
    value,
)
from headwater.errors import (
    IncompatibleTypes,
    MappingError,
    NoElements,
    NotAList,
    SeveralErrors,
    UnequalLengths,
    WrongOverrideType,
)
from headwater.graph.mapping import value_type

pytestmark = pytest.mark.interpreter


def driver_of(*functions: Callable[..., Any]) -> Driver:
    return Builder().with_functions(*functions).build()


def word(text: str) -> Parallelizable[str]:
    yield from text.split()


def length(word: str) -> int:
    return len(word)


def longest(length: Collect[int]) -> int:
    return max(length, default=0)


def letter(word: str) -> Parallelizable[str]:
    return list(word)


def code(letter: str, offset: int = 0) -> int:
    return ord(letter) - ord("a") + offset


def spelled(code: Collect[int]) -> list[int]:
    return list(code)


def all_spelled(spelled: Collect[list[int]]) -> list[list[int]]:
    return list(spelled)


# --- values -------------------------------------------------------------------------------------------------------------


def test_a_function_is_called_once_for_each_element() -> None:
    driver = driver_of(word, length, longest)
    values = driver.execute(["word", "length", "longest"], inputs={"text": "to be or not"})
    assert values == {"word": ["to", "be", "or", "not"], "length": [2, 2, 2, 3], "longest": 3}


def test_there_may_be_no_elements() -> None:
    assert driver_of(word, length, longest).execute(["length", "longest"], inputs={"text": ""}) == {"length": [], "longest": 0}


def test_several_parameters_can_collect() -> None:
    def by_word(word: Collect[str], length: Collect[int]) -> dict[str, int]:
        return dict(zip(word, length, strict=True))

    def total(length: Collect[int]) -> int:
        return sum(length)

    driver = driver_of(word, length, by_word, total)
    assert driver.execute(["by_word", "total"], inputs={"text": "a bc"}) == {"by_word": {"a": 1, "bc": 2}, "total": 3}


def test_elements_can_have_elements() -> None:
    driver = driver_of(word, letter, code, spelled, all_spelled)
    values = driver.execute(["letter", "code", "spelled", "all_spelled"], inputs={"text": "ab c"})
    assert values == {
        "letter": [["a", "b"], ["c"]],
        "code": [[0, 1], [2]],
        "spelled": [[0, 1], [2]],
        "all_spelled": [[0, 1], [2]],
    }


def test_a_function_may_read_elements_of_different_levels_and_other_values() -> None:
    def label(word: str, letter: str, mark: str) -> str:
        return f"{word}{mark}{letter}"

    driver = driver_of(word, letter, label)
    values = driver.execute(["label"], inputs={"text": "ab c", "mark": "/"})
    assert values == {"label": [["ab/a", "ab/b"], ["c/c"]]}


def test_a_function_may_collect_inner_elements_for_each_outer_element() -> None:
    def described(word: str, code: Collect[int]) -> str:
        return f"{word}:{sum(code)}"

    driver = driver_of(word, letter, code, described)
    assert driver.execute(["described"], inputs={"text": "bb c"}) == {"described": ["bb:2", "c:2"]}


def test_a_collected_value_can_be_read_for_each_element_again() -> None:
    def share(length: int, longest: int) -> float:
        return length / longest

    driver = driver_of(word, length, longest, share)
    assert driver.execute(["share"], inputs={"text": "a abcd"}) == {"share": [0.25, 1.0]}


def test_collected_values_can_be_elements_again() -> None:
    def sorted_length(length: Collect[int]) -> Parallelizable[int]:
        return sorted(length)

    def doubled(sorted_length: int) -> int:
        return 2 * sorted_length

    driver = driver_of(word, length, sorted_length, doubled)
    assert driver.execute(["doubled"], inputs={"text": "abc a"}) == {"doubled": [2, 6]}


def test_two_independent_lists_meet_where_one_is_collected() -> None:
    def limit(top: int) -> Parallelizable[int]:
        return range(1, top)

    def shorter(word: Collect[str], limit: int) -> list[str]:
        return [each for each in word if len(each) <= limit]

    driver = driver_of(word, limit, shorter)
    assert driver.execute(["shorter"], inputs={"text": "a ab", "top": 3}) == {"shorter": [["a"], ["a", "ab"]]}


def test_decorators_apply_to_the_function_for_one_element() -> None:
    @extract_fields({"first": str, "size": int})
    def parts(word: str) -> dict[str, Any]:
        return {"first": word[0], "size": len(word)}

    @check_output(range=(0, 5), importance="fail")
    def checked(size: int) -> int:
        return size

    @parameterize(doubled={"by": value(2)}, shifted={"number": source("checked"), "by": value(1)})
    def scaled(checked: int, by: int, number: int = 0) -> int:
        return checked * by + number

    driver = driver_of(word, parts, checked, scaled)
    values = driver.execute(["first", "doubled", "shifted"], inputs={"text": "ab c"})
    assert values == {"first": ["a", "c"], "doubled": [4, 2], "shifted": [4, 2]}


def test_an_annotated_marker_and_a_bare_marker_work() -> None:
    def item() -> Parallelizable:  # type: ignore[type-arg] # pyright: ignore[reportMissingTypeArgument]
        return (1, 2)

    def total(item: Annotated[Collect[int], "all"]) -> int:
        return sum(item)

    assert driver_of(item, total).execute(["total"]) == {"total": 3}


def test_a_driver_runs_many_times_and_can_be_pickled() -> None:
    driver = driver_of(word, letter, code, spelled)
    for _ in range(12):  # the plan is compiled after a few runs
        assert driver.execute(["spelled"], inputs={"text": "ab c"}) == {"spelled": [[0, 1], [2]]}
    copied = pickle.loads(pickle.dumps(driver))  # noqa: S301 - the test's own data
    assert copied.execute(["spelled"], inputs={"text": "ab c"}) == {"spelled": [[0, 1], [2]]}


def test_the_type_of_a_value_is_a_nested_list() -> None:
    graph = driver_of(word, letter, code, longest, length).graph
    types = {name: value_type(graph[name]) for name in ("text", "word", "length", "letter", "code", "longest")}
    assert types == {
        "text": str,
        "word": list[str],
        "length": list[int],
        "letter": list[list[str]],
        "code": list[list[int]],
        "longest": int,
    }


# --- overrides ----------------------------------------------------------------------------------------------------------


def test_a_list_can_override_the_elements_or_their_values() -> None:
    driver = driver_of(word, length, longest)
    assert driver.execute(["length"], overrides={"word": ["abc"]}) == {"length": [3]}
    assert driver.execute(["longest"], overrides={"length": [5, 6]}) == {"longest": 6}


def test_an_override_that_is_not_a_list_is_an_error() -> None:
    with pytest.raises(WrongOverrideType, match=r"`length` is overridden with a value of type int \(5\).*list\[int\]"):
        driver_of(word, length, longest).execute(["longest"], overrides={"length": 5})


def test_overrides_of_different_lengths_are_an_error() -> None:
    def both(word: str, length: int) -> str:
        return word * length

    with pytest.raises(UnequalLengths, match=r"but the lists differ in length: 1 \(`word`\) and 2 \(`length`\)\."):
        driver_of(word, length, both).execute(["both"], overrides={"word": ["a"], "length": [1, 2]})


def test_an_override_with_too_few_levels_of_lists_is_an_error() -> None:
    def letter(word: str) -> Parallelizable[str]:
        return word

    def code(letter: str) -> int:
        return ord(letter)

    def sums(code: Collect[int]) -> int:
        return sum(code)

    driver = driver_of(word, letter, code, sums)
    assert driver.execute(["sums"], overrides={"code": [[1, 2], []]}) == {"sums": [3, 0]}
    for wrong in ([1, 2], [[1], None], [(1, 2)]):
        for outputs in (["sums"], ["code"]):
            with pytest.raises(WrongOverrideType, match=r"the list of its values .* has the type list\[list\[int"):
                driver.execute(outputs, overrides={"code": wrong})


def test_the_error_on_different_lengths_names_the_function_that_reads_both_lists() -> None:
    def doubled(word: str) -> str:
        return word * 2

    def negative(length: int) -> int:
        return -length

    def both(doubled: str, negative: int) -> str:
        return doubled * negative

    overrides = {"word": ["a"], "length": [1, 2]}
    with pytest.raises(UnequalLengths, match=r"`both` .* differ in length: 1 \(`doubled`\) and 2 \(`negative`\)\.") as caught:
        driver_of(word, length, doubled, negative, both).execute(["both"], overrides=overrides)
    assert caught.value.node == "both"


def test_none_instead_of_a_list_is_an_error() -> None:
    def doubled(length: int) -> int:
        return length * 2

    for outputs in (["length"], ["doubled"]):
        with pytest.raises(NotAList, match=r"`length` .* each element of `word`, which must be a list, not None\."):
            driver_of(word, length, doubled).execute(outputs, overrides={"word": None})


# --- exceptions in functions --------------------------------------------------------------------------------------------


def named(text: str) -> str:
    """Return the text with `flow.py` instead of the path of this file."""
    return re.sub(r"[^ (]*test_mapping\.py", "flow.py", text)


def note_of(error: BaseException) -> str:
    return named("\n".join(error.__notes__))


def test_an_exception_names_the_element() -> None:
    def inverse(code: int) -> float:
        return 1 / code

    driver = driver_of(word, letter, code, inverse)
    for _ in range(12):  # interpreted, then compiled
        with pytest.raises(ZeroDivisionError) as raised:
            driver.execute(["inverse"], inputs={"text": "b ca d"})
        assert note_of(raised.value).startswith("Raised in node `inverse` (flow.py:")
        assert note_of(raised.value).endswith("called with\n  code = 0\nThis call was for the element `letter[1][1]`.")


def test_an_exception_while_elements_are_created_names_the_function() -> None:
    def broken(text: str) -> Parallelizable[str]:
        yield text
        raise ValueError(text)

    def read(broken: str) -> str:
        return broken

    with pytest.raises(ValueError, match="abc") as raised:
        driver_of(broken, read).execute(["read"], inputs={"text": "abc"})
    assert note_of(raised.value).startswith("Raised in node `broken` (flow.py:")


@pytest.mark.parametrize("returned", ["abc", b"abc", 3, None], ids=repr)
def test_elements_must_be_in_a_collection(returned: Any) -> None:
    def item() -> Parallelizable[Any]:
        return returned  # type: ignore[no-any-return]

    with pytest.raises(NoElements, match=r"`item` .* must return or yield elements, but returned .*\. Yield each element"):
        driver_of(item).execute(["item"])


# --- errors when the dataflow is built ----------------------------------------------------------------------------------


def build_error(*functions: Callable[..., Any]) -> str:
    with pytest.raises((MappingError, IncompatibleTypes, SeveralErrors)) as raised:
        driver_of(*functions)
    return named(str(raised.value))


def test_the_type_of_an_element_must_fit() -> None:
    def shout(word: int) -> str:
        return str(word)

    def joined(length: Collect[str]) -> str:
        return "".join(length)

    message = build_error(word, length, shout, joined)
    assert "takes `word: int`, but `word` (flow.py:" in message
    assert ") returns Parallelizable[str]." in message
    assert "takes `length: Collect[str]`, but `length` (flow.py:" in message


def test_a_single_value_cannot_be_collected() -> None:
    def single() -> int:
        return 1

    def total(single: Collect[int]) -> int:
        return sum(single)

    message = build_error(single, total)
    assert "collects `single`" in message
    assert "which has only one value. Annotate the parameter `single` with int" in message


def test_a_list_cannot_be_collected() -> None:
    def numbers() -> list[int]:
        return [1]

    def total(numbers: Collect[int]) -> int:
        return sum(numbers)

    assert "which has only one value. Annotate the parameter `numbers` with list[int], or make" in build_error(numbers, total)


@pytest.mark.parametrize(
    ("returned", "says"),
    [
        (Parallelizable[int] | None, "Parallelizable[int] | None`, but `Parallelizable` must be the whole return type."),
        (list[Parallelizable[int]], "list[Parallelizable[int]]`, but `Parallelizable` must be the whole return type."),
        (
            Parallelizable[Parallelizable[int]],
            "`, but `Parallelizable` must be the whole return type. Use `Parallelizable[...]`",
        ),
        (
            Parallelizable[int, str],  # type: ignore[misc]
            "Parallelizable[int, str]`. All elements must have the same type. For several types, use a union.",
        ),
        (Annotated[Parallelizable[dict[str, Collect[int]]], "nested"], "`Collect` must be the whole return type."),
    ],
    ids=str,
)
def test_a_return_type_with_a_part_that_has_no_meaning_is_one_error(returned: Any, says: str) -> None:
    def number() -> Any:
        return [1]

    def square(number: int) -> int:
        return number * number

    def total(square: Collect[int]) -> int:
        return sum(square)

    number.__annotations__["return"] = returned
    message = build_error(number, square, total)
    assert message.startswith("`number` (flow.py:")
    assert says in message


@pytest.mark.parametrize("taken", [Collect[int] | None, list[Collect[int]], Collect[Collect[int]]], ids=str)
def test_a_parameter_with_a_part_that_has_no_meaning_is_one_error(taken: Any) -> None:
    def number() -> Parallelizable[int]:
        return [1]

    def total(number: Any) -> int:
        return sum(number)

    total.__annotations__["number"] = taken
    message = build_error(number, total)
    assert message.startswith("`total` (flow.py:")
    assert "`Collect` must be the whole type of a parameter. Use `Collect[...]` alone. If there are no elements" in message


def test_an_input_cannot_be_collected() -> None:
    def total(prices: Collect[int]) -> int:
        return sum(prices)

    message = build_error(total)
    assert "collects the input `prices`, which has only one value. Annotate the parameter `prices` with list[int]" in message
    assert message.endswith("or add a function `prices` that returns `Parallelizable`.")


def test_a_collected_input_may_be_a_misspelled_node() -> None:
    def total(lenghts: Collect[int]) -> int:
        return sum(lenghts)

    message = build_error(word, length, total)
    assert "Annotate the parameter `lenghts` with list[int]" in message
    assert message.endswith(" Did you mean `length`?")


def test_elements_of_unrelated_lists_cannot_be_combined() -> None:
    def other() -> Parallelizable[int]:
        return [1]

    def both(length: int, other: int) -> int:
        return length + other

    message = build_error(word, length, other, both)
    assert "reads `length`, which has a value for each `word`, and `other`, which has a value for each `other`." in message
    assert message.endswith("Annotate one of the two parameters with `Collect[...]`.")


def test_elements_of_sibling_lists_cannot_be_combined() -> None:
    def sibling(word: str) -> Parallelizable[str]:
        return [word]

    def both(letter: str, sibling: str) -> str:
        return letter + sibling

    message = build_error(word, letter, sibling, both)
    assert (
        "reads `letter`, which has a value for each `letter`, and `sibling`, which has a value for each `sibling`." in message
    )


def test_a_parameter_cannot_be_parallelizable() -> None:
    def total(word: Parallelizable[str]) -> int:
        return 1

    assert "takes `word` as `Parallelizable`, which is only for return values. Annotate it with str" in build_error(word, total)


def test_a_returned_value_cannot_be_collect() -> None:
    def lengths(word: str) -> Collect[int]:
        return [len(word)]

    assert "returns `Collect`, which is only for parameters. Return `list[int]`" in build_error(lengths)


def test_a_function_of_single_elements_is_advised_to_return_one_value() -> None:
    def doubled(length: int) -> Collect[int]:
        return [2 * length]

    def all_lengths(length: Collect[int]) -> Collect[int]:
        return length

    message = build_error(word, length, doubled)
    advice = "which is only for parameters. The function is called once for each element, so return `int`."
    assert message.endswith(advice)
    assert "Return `list[int]`" in build_error(word, length, all_lengths)


def test_elements_cannot_be_checked_together() -> None:
    def is_present(number: object) -> bool:
        return number is not None

    @check_output_custom(is_present)
    def number() -> Parallelizable[int]:
        yield 3

    assert "returns `Parallelizable`, but a decorator changes or checks its value" in build_error(number)


# --- random dataflows ---------------------------------------------------------------------------------------------------

Tree = int | list[Any]


def trees(depth: int) -> st.SearchStrategy[Tree]:
    return st.integers(-9, 9) if not depth else st.lists(trees(depth - 1), max_size=3)


@given(st.data(), st.integers(1, 3))
def test_nested_elements_are_like_nested_comprehensions(data: st.DataObject, depth: int) -> None:
    """For each level of nesting in the input, generate one function that returns the elements."""
    tree = data.draw(trees(depth))
    namespace: dict[str, Any] = {"Parallelizable": Parallelizable, "Collect": Collect, "Any": Any}
    lines = ["def level_0(tree: Any) -> Parallelizable[Any]: return tree"]
    lines += [f"def level_{n}(level_{n - 1}: Any) -> Parallelizable[Any]: yield from level_{n - 1}" for n in range(1, depth)]
    lines += [f"def up_{depth}(level_{depth - 1}: Any) -> Any: return level_{depth - 1} + 1"]
    lines += [f"def up_{n}(up_{n + 1}: Collect[Any]) -> Any: return list(up_{n + 1})" for n in reversed(range(depth))]
    exec("\n".join(lines), namespace)  # noqa: S102 - the test's own code
    functions = [function for name, function in namespace.items() if name.startswith(("level", "up"))]
    values = driver_of(*functions).execute([f"up_{depth}", "up_0"], inputs={"tree": tree})
    assert values == {f"up_{depth}": incremented(tree), "up_0": incremented(tree)}


def incremented(tree: Tree) -> Tree:
    return tree + 1 if isinstance(tree, int) else [incremented(part) for part in tree]


def test_a_generator_is_read_only_once() -> None:
    reads: list[int] = []

    def item() -> Parallelizable[int]:
        def created() -> Iterator[int]:
            for number in range(3):
                reads.append(number)
                yield number

        return created()

    def one(item: int) -> int:
        return item

    def other(item: int) -> int:
        return -item

    assert driver_of(item, one, other).execute(["one", "other"]) == {"one": [0, 1, 2], "other": [0, -1, -2]}
    assert reads == [0, 1, 2]
