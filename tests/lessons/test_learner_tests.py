"""A learner's tests must pass on the correct code and detect every mutant."""

import sys

import pytest

from headwater.lessons import Exercise, Mutant, run_check
from headwater.session import Session

START = {"shop.py": "def total(price: int, count: int = 2) -> int:\n    return price * count\n"}
MUTANTS = [
    Mutant("It adds instead of multiplying.", {"shop.py": "def total(price, count=2):\n    return price + count\n"}),
    Mutant("The default is three.", {"shop.py": "def total(price, count=3):\n    return price * count\n"}),
    Mutant("It cannot be imported.", {"shop.py": "raise OSError\n"}),
]
GOOD = """
from shop import total

def test_three():
    assert total(5, 3) == 15

def test_default():
    assert total(4) == 8
"""


def result(tests: str | None, shop: str = START["shop.py"], check: str = "check_tests()"):
    with Session() as session:
        session.update({"shop.py": shop} | ({} if tests is None else {"test_shop.py": tests}), inputs={"price": 3})
        session.run()
        return run_check(session, Exercise(check, start=START, mutants=MUTANTS))


def test_tests_that_detect_every_mutant_pass() -> None:
    view = result(GOOD)
    assert view["message"] == ""
    assert [criterion["text"] for criterion in view["criteria"]] == [
        "There is at least one test.",
        "All tests pass on the correct code.",
        "The tests detect all 3 faults.",
    ]


@pytest.mark.parametrize(
    ("tests", "message"),
    [
        (None, "Write a function whose name starts with `test_`."),
        ("", "Write a function whose name starts with `test_`."),
        (
            "from shop import total\ndef test_total():\n    assert total(2, 2) == 4\n",
            "All tests pass on code with these faults:\n- It adds instead of multiplying.\n- The default is three.",
        ),
        (
            "from shop import total\ndef test_total():\n    assert total(2, 2) == 5\n",
            "`test_total` fails, although the code is correct: `assert total(2, 2) == 5` is false, because `total(2, 2)` is 4.",
        ),
        (
            "def test_total():\n    assert False, 'no luck'\n",
            "`test_total` fails, although the code is correct: no luck.",
        ),
        (
            "def test_total():\n    raise OSError('No luck.')\n",
            "`test_total` fails, although the code is correct: OSError: No luck.",
        ),
        (
            "import shop\ndef test_total():\n    raise OSError(shop.__file__ + ' is gone')\n",
            "`test_total` fails, although the code is correct: OSError: shop.py is gone.",
        ),
        (
            "def test_total():\n    1 / 0\n",
            "`test_total` fails, although the code is correct: ZeroDivisionError: division by zero.",
        ),
        (
            "def test_total(shop):\n    pass\n",
            (
                "`test_total` fails, although the code is correct: it has the parameter `shop`, but lesson tests take no "
                "parameters."
            ),
        ),
        (
            "async def test_total():\n    assert False\n",
            "`test_total` fails, although the code is correct: it is `async`, so calling it does not run it. Remove `async`.",
        ),
        (
            "def test_total():\n    assert False\n    yield\n",
            (
                "`test_total` fails, although the code is correct: it contains `yield`, so calling it does not run it. "
                "Remove `yield`."
            ),
        ),
        (
            "class Shop:\n    def test_total(self):\n        assert False\n",
            "`test_total` does not run, because it is inside the class `Shop`. Move it to the left margin.",
        ),
        (
            f"{GOOD}\n    def test_more():\n        assert False\n",
            "`test_more` does not run, because it is inside the function `test_default`. Move it to the left margin.",
        ),
        (
            "class TestShop:\n    def test_total(self):\n        assert 1 > 2\n",
            "`TestShop.test_total` fails, although the code is correct: `assert 1 > 2` is false.",
        ),
        ("import nowhere\n", "`test_shop.py` cannot be imported: ModuleNotFoundError: No module named 'nowhere'"),
        (
            "from shop import sum\n",
            "`test_shop.py` cannot be imported: ImportError: cannot import name 'sum' from 'shop' (shop.py)",
        ),
    ],
)
def test_insufficient_tests_are_explained(tests: str | None, message: str) -> None:
    assert result(tests)["message"] == message


def test_methods_of_a_class_of_tests_run() -> None:
    methods = GOOD.replace("def test_three():", "class TestTotal:\n  @staticmethod\n  def test_three():")
    view = result(methods.replace("def test_default():", "class TestMore:\n  def test_default(self):"))
    assert view["message"] == ""


def test_an_ignored_test_is_reported_even_if_the_others_suffice() -> None:
    view = result(f"{GOOD}\nclass Shop:\n    def test_total(self): pass\n")
    assert [criterion["passed"] for criterion in view["criteria"]] == [True, False, True, True]
    assert view["criteria"][1]["text"] == "Every function whose name starts with `test_` runs."


def test_without_a_test_the_other_criteria_are_not_evaluated() -> None:
    assert [criterion["passed"] for criterion in result("")["criteria"]] == [False, None, None]
    failing = "def test_total():\n    assert False\n"
    assert [criterion["passed"] for criterion in result(failing)["criteria"]] == [True, False, None]


def test_tests_run_on_the_code_of_the_start_even_if_the_learner_changed_it() -> None:
    assert result(GOOD, shop="def total(price: int) -> int:\n    return 0\n")["passed"]


def test_a_check_can_inspect_tests() -> None:
    assert result(GOOD, check="assert tests.failures == {'test_three': None, 'test_default': None}")["message"] == ""
    assert result(None, check="assert len(tests.survivors) == 3")["message"] == ""


def test_the_reason_of_a_failure_includes_warnings() -> None:
    tests = """
import warnings
import shop
from headwater import Builder

def test_total():
    warnings.warn("unrelated")
    driver = Builder().with_modules(shop).build()
    assert driver.execute(["total"], inputs={"price": 3, "cuont": 5})["total"] == 15
"""
    (failure, warning) = result(tests)["message"].splitlines()
    assert failure.endswith(
        '== 15` is false, because `driver.execute(["total"], inputs={"price": 3, "cuont": 5})["total"]` is 6'
    )
    assert warning == "Warning: `cuont` was provided, but nothing in the dataflow reads it. Did you mean `count`?"


def test_tests_may_warn() -> None:
    warning = "import warnings\ndef test_warning():\n    warnings.warn('unrelated')\n"
    assert result(f"{GOOD}\n{warning}")["passed"]


def test_a_test_may_set_a_global_of_its_module() -> None:
    setting = "def test_total():\n    global found\n    found = total(2)\n    assert found == 4\n"
    assert result(f"{GOOD}\n{setting}")["passed"]


def test_nothing_stays_imported() -> None:
    path = list(sys.path)
    result(GOOD)
    assert sys.path == path
    assert not {"shop", "test_shop"} & sys.modules.keys()


def test_test_modules_are_not_part_of_the_dataflow() -> None:
    with Session() as session:
        session.update({**START, "test_shop.py": "def test_total( -> broken"}, inputs={"price": 3})
        assert {node["name"] for node in session.graph()["nodes"]} == {"total", "price", "count"}
        run = session.run()
        assert (run["ok"], run["total"]) == (True, 1)
