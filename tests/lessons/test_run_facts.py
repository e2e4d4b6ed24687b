"""The facts about nodes, edges and problems that a check can use."""

import pytest


@pytest.mark.parametrize(
    "condition",
    [
        "reads('margin', 'price') and reads('price', 'tax')",
        "depends('margin', 'tax') and not reads('margin', 'tax')",
        "upstream('margin') == {'price', 'cost', 'tax'} and upstream('cost') == frozenset()",
        "downstream('cost') == {'price', 'margin'} and downstream('margin') == frozenset()",
        "nodes == {'cost', 'price', 'margin', 'apart', 'tax'}",
        "node('price').type == 'int' and node('price').doc == 'What customers pay.'",
        "node('price').module == 'shop' and node('price').function == 'price'",
        "node('margin').depends_on == ('price', 'cost')",
        "node('tax').kind == 'input' and node('tax').function is None and node('tax').module is None",
        "node('price').tags == {} and problems == ()",
        "files['shop.py'].startswith('\\ndef cost')",
    ],
)
def test_a_fact_is_true(check, condition: str) -> None:
    assert check(f"assert {condition}")["message"] == ""


@pytest.mark.parametrize("call", ["reads('margn', 'cost')", "upstream('margn')", "downstream('margn')", "node('margn')"])
def test_facts_about_a_missing_node_fail_the_check(check, call: str) -> None:
    assert check(call)["message"].startswith("There is no node `margn` yet. Write a function with that name. Did you mean")


def test_one_function_of_many_nodes_and_tags(shop, check) -> None:
    flow = """
from headwater import parameterize, tag, value

@tag(team="sales")
@parameterize(one={"number": value(1)}, two={"number": value(2)})
def doubled(number: int) -> int:
    return number * 2
"""
    shop.update({"flow.py": flow})
    shop.run()
    passes = "assert {node(name).function for name in nodes} == {'doubled'} and node('one').tags == {'team': 'sales'}"
    assert check(passes)["message"] == ""


def test_problems_are_those_of_the_latest_run(shop, check) -> None:
    shop.update({"shop.py": "def broken() -> int: return 1 / 0"})
    shop.run()
    source = (
        "problem, = problems; assert (problem.kind, problem.severity, problem.node) == ('ZeroDivisionError', 'error', 'broken')"
    )
    assert check(source)["message"] == ""
    assert check("assert not problems, problems[0].message")["message"] == "division by zero"


def test_a_new_node_is_not_confused_with_a_node_of_the_start(check) -> None:
    start = {"shop.py": "def margin() -> int:\n    return 1\n"}
    missing = "There is no node `margn` yet. Write a function with that name."
    assert check("value('margn')", start=start)["message"] == missing
    assert check("value('prise')", start=start)["message"].endswith("Did you mean `price`?")
