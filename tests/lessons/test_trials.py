"""A check can run the dataflow with different values, call functions, and compare with the initial state of the step."""

import pytest

from headwater.lessons import Exercise, run_check

START = {"shop.py": "def cost() -> int:\n    return 3\n\ndef price(cost: int) -> float:\n    return cost + 1.0\n"}


@pytest.mark.parametrize(
    "condition",
    [
        "run(['margin']) == {'margin': 2}",
        "run(['price', 'margin'], inputs={'tax': 5}) == {'price': 8, 'margin': 5}",
        "run(['margin'], overrides={'price': 13})['margin'] == 10",
        "run(['margin'], config={'tax': 4})['margin'] == 4",
        "call('price', 10, tax=1) == 11",
    ],
)
def test_a_trial_returns_values(check, condition: str) -> None:
    assert check(f"assert {condition}")["message"] == ""


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("run(['margn'])", "There is no node `margn` yet. Write a function with that name. Did you mean `margin`?"),
        (
            "run(['margin'], overrides={'cost': 'x'})",
            "`margin` has no value. `cost` is overridden with a value of type str",
        ),
        ("call('price', 'a')", "`price('a')` raised TypeError: can only concatenate str"),
        ("call('tax', 1)", "No function computes `tax`. Write a function with that name."),
        ("run('margin')", "The check raised TypeError: `run` needs a list of names"),
    ],
)
def test_a_trial_that_fails_explains_why(check, call: str, message: str) -> None:
    assert check(call)["message"].startswith(message)


def test_a_trial_names_the_values_that_it_tried(shop, check) -> None:
    shop.update({"shop.py": "def half(number: int = 4) -> float:\n    return 2 / number\n"})
    shop.run()
    message = check("run(['half'], inputs={'number': 0})")["message"]
    assert message == "`half` failed: division by zero The check tried `number=0`."


def test_a_trial_does_not_change_the_session(shop, check) -> None:
    before = shop.run()
    assert check("run(['margin'], inputs={'tax': 9}); call('price', 1); start.nodes; assert value('margin') == 2")["passed"]
    assert check("assert reused == {'cost', 'price', 'margin', 'apart'} and not ran")["passed"]
    assert shop.run()["outputs"] == before["outputs"]
    assert shop.run()["ran"] == 0


def test_module_state_of_the_session_is_not_shared_with_trials(shop, check) -> None:
    shop.update({"shop.py": "CALLS = []\n\ndef count() -> int:\n    CALLS.append(1)\n    return len(CALLS)\n"})
    shop.run()
    assert check("assert call('count') == 1 and call('count') == 1 and value('count') == 1")["message"] == ""


def test_a_check_compares_with_the_start(check) -> None:
    passes = "assert start.value('price') == 4 and start.nodes == {'cost', 'price'} and 'price' in start.files['shop.py']"
    assert check(passes, start=START)["message"] == ""
    assert check("assert changed('cost', 'price') == {'price'} == changed()", start=START)["message"] == ""
    assert check("assert unchanged('cost') and not unchanged()", start=START)["message"] == ""
    assert check("assert not start.reads('price', 'tax') and start.node('price').type == 'float'", start=START)["message"] == ""


@pytest.mark.parametrize("runs", [0, 1, 2])
def test_reruns_do_not_depend_on_the_runs_before_the_check(shop, check, runs: int) -> None:
    for _ in range(runs):
        shop.run()
    start = {"shop.py": shop.texts["shop.py"].replace("cost + tax", "cost + tax + 1")}
    assert check("assert reruns() == {'price', 'margin'}", start=start)["message"] == ""
    assert check("assert reruns() == frozenset()", start=dict(shop.texts))["message"] == ""


@pytest.mark.parametrize(
    ("edit", "reruns"),
    [
        (("margin(price: int, cost: int)", "profit(price: int, cost: int)"), {"profit"}),
        (('"""What customers pay."""', '"""What we receive."""'), set()),
        (("cost + tax", "[][0]"), {"price"}),
        (("return cost + tax", "cost += 0\n    return cost + tax"), {"price"}),
    ],
    ids=["a new node", "a docstring", "a failure", "an equal value"],
)
def test_an_edit_reruns_what_it_changes(shop, check, edit: tuple[str, str], reruns: set[str]) -> None:
    start = dict(shop.texts)
    shop.update({"shop.py": start["shop.py"].replace(*edit)})
    shop.run()
    assert check(f"assert reruns() == frozenset({reruns!r}), sorted(reruns())", start=start)["message"] == ""


def test_the_start_keeps_its_code_and_values_when_reruns_are_computed(check) -> None:
    passes = "assert reruns() and 'margin' not in start.files['shop.py'] and start.value('price') == 4"
    assert check(passes, start=START)["message"] == ""


def test_a_deleted_node_is_not_unchanged(check) -> None:
    start = {"shop.py": START["shop.py"] + "\ndef gone() -> int:\n    return 1\n"}
    assert check("unchanged()", start=start)["message"].startswith("There is no node `gone` yet.")


def test_data_files_of_the_session_are_available_to_the_start(shop) -> None:
    flow = "from pathlib import Path\n\ndef text() -> str:\n    return Path(__file__).with_name('a.txt').read_text()\n"
    shop.update({"flow.py": flow, "a.txt": "hello"})
    shop.run()
    exercise = Exercise("assert start.value('text') == value('text') == 'hello'", start={"flow.py": flow})
    assert run_check(shop, exercise)["message"] == ""


def test_a_start_that_cannot_run_fails_only_checks_that_use_it(check) -> None:
    start = {"shop.py": "def a(b: int) -> int: ...\ndef b(a: int) -> int: ..."}
    assert check("assert value('cost') == 3", start=start)["passed"]
    assert "has a cycle" in check("start.value('a')", start=start)["message"]
