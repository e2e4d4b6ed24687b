"""Checks of puzzles: the graph, the values and the number of functions."""

import pytest

SHOP = "{'cost': [], 'p': ['cost', 'tax'], 'margin': ['p', 'cost'], 'other': []}"
PUZZLE = f"check_puzzle({SHOP}, values={{'margin': 2}}, functions=4)"


def test_a_puzzle_passes_with_other_names(check) -> None:
    result = check(PUZZLE)
    assert result["message"] == ""
    assert [criterion["text"] for criterion in result["criteria"]] == [
        "The graph matches the picture. Names may differ.",
        "`margin` is 2.",
        "The number of functions is at most 4.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("'other': []", "'other': ['cost']", "The graph should have 5 edges, but it has 4."),
        ("'margin': 2", "'margin': 5", "`margin` should be 5, but it is 2."),
        ("'margin': 2", "'cost': 2", "`cost` should be 2, but it is 3."),
        (
            "functions=4",
            "functions=3",
            "The nodes are defined by 4 functions: `apart`, `cost`, `margin`, `price`. Use at most 3.",
        ),
        ("'tax'", "'rate'", "There is no input `rate` yet."),
    ],
)
def test_a_puzzle_reports_what_differs(check, old: str, new: str, message: str) -> None:
    assert check(PUZZLE.replace(old, new))["message"].startswith(message)


def test_a_wrong_value_is_a_criterion_that_is_not_met(check) -> None:
    criteria = check(PUZZLE.replace("'margin': 2", "'margin': 5"))["criteria"]
    assert [criterion["passed"] for criterion in criteria] == [True, False, True]


def test_isomorphic_and_its_difference(check) -> None:
    assert check(f"assert isomorphic({SHOP}) and difference({SHOP}) == ''")["message"] == ""
    assert check("assert not isomorphic({'one': []}) and difference({'one': []}).startswith('The graph should')")["passed"]


def test_each_function_counts_once(shop, check) -> None:
    flow = """
from headwater import exclude, extract_fields, parameterize, pipe_output, step, subdag, source, value

@extract_fields({"low": int, "high": int})
def limits() -> dict:
    return {"low": 1, "high": 2}

def _plus(number: int, by: int) -> int:
    return number + by

def _helper(number: int) -> int:
    return number

@pipe_output(step(_plus, by=1), step(_plus, by=2))
@parameterize(first={"number": source("low")}, second={"number": source("high")})
def scaled(number: int) -> int:
    return _helper(number)

@exclude
def inner(number: int) -> int:
    return number

@subdag(inner, inputs={"number": source("low")})
def nested(inner: int) -> int:
    return inner
"""
    shop.update({"flow.py": flow})
    shop.run()
    assert check("assert functions == ('_plus', 'inner', 'limits', 'nested', 'scaled'), functions")["message"] == ""


@pytest.mark.parametrize(
    ("first", "second", "readers"),
    [("", "", "`half` and `double`"), (" = 2", "", "`double`"), ("", " = 2", "`half`")],
)
def test_a_puzzle_names_the_parameters_without_a_default(shop, check, first: str, second: str, readers: str) -> None:
    shop.update(
        {
            "flow.py": f"""
def half(number: int{first}) -> float:
    return number / 2


def double(number: int{second}) -> int:
    return number * 2


def total(half: float, double: int) -> float:
    return half + double
"""
        }
    )
    shop.run()
    target = {"half": ["number"], "double": ["number"], "total": ["half", "double"]}
    assert check(f"check_puzzle({target}, values={{'total': 5}}, functions=3)")["message"].startswith(
        f"The input `number` has no value, because the parameter `number` of {readers} has no default. "
        "Add a default, or enter a value under Inputs."
    )
