"""Messages of exceptions are extended with explanations and suggestions. A name that exists is never suggested."""

from __future__ import annotations

import os
import sys
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from headwater.session import Session

NO_CONSOLE = (
    "A dataflow has no console, so it cannot ask for a value while it runs. Make the value a parameter of the function. "
    "The parameter then has a field under Inputs."
)
NO_EXIT = "Return a value or raise an error instead."


def problems(session: Session, source: str) -> list[Any]:
    session.update({"flow.py": dedent(source).lstrip()})
    return session.run()["problems"]


def message(session: Session, body: str, before: str = "") -> str:
    """Return the message of a function's only problem."""
    lines = [*dedent(before).strip().splitlines(), "def total() -> object:", *(f"    {line}" for line in body.splitlines())]
    (problem,) = problems(session, "\n".join(lines))
    assert (problem["node"], problem["severity"]) == ("total", "error")
    return str(problem["message"])


@pytest.mark.parametrize(
    "body",
    [
        "return int(input('How many? '))",
        "import sys\nreturn sys.stdin.read()",
        "import sys\nreturn sys.stdin.readline()",
        "import sys\nreturn [line for line in sys.stdin]",
        "import sys\nreturn sys.stdin.readlines()",
        "import fileinput\nreturn list(fileinput.input('-'))",
    ],
)
def test_reading_from_the_console_suggests_an_input(session: Session, body: str) -> None:
    assert message(session, body) == NO_CONSOLE


def test_a_prompt_is_still_printed(session: Session) -> None:
    session.update({"flow.py": "def total() -> str: return input('How many? ')"})
    assert session.run()["nodes"]["total"]["prints"] == "How many? "


def test_a_module_that_reads_from_the_console_gets_the_same_message(session: Session) -> None:
    (problem,) = problems(session, "N = input()\ndef total() -> str: return N")
    assert problem["message"] == NO_CONSOLE
    assert problem["line"] == 1


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("import os\nos._exit(3)", f"The code tried to exit Python (3). {NO_EXIT}"),
        ("from os import _exit\n_exit(0)", f"The code tried to exit Python (0). {NO_EXIT}"),
        ("import os\nos.abort()", f"The code tried to exit Python (os.abort()). {NO_EXIT}"),
        ("exit()", f"The code tried to exit Python. {NO_EXIT}"),
        ("import sys\nsys.exit('enough')", f"The code tried to exit Python (enough). {NO_EXIT}"),
        ("raise SystemExit(2)", f"The code tried to exit Python (2). {NO_EXIT}"),
    ],
)
def test_code_that_exits_python_ends_only_its_function(session: Session, body: str, expected: str) -> None:
    assert message(session, body) == expected


def test_os_exit_imported_by_name_ends_only_its_function(session: Session) -> None:
    assert message(session, "_exit(1)", "from os import _exit") == f"The code tried to exit Python (1). {NO_EXIT}"


def test_patched_functions_are_restored_after_a_run(session: Session) -> None:
    before = os._exit, os.abort, sys.stdin
    message(session, "raise SystemExit(2)")
    assert (os._exit, os.abort, sys.stdin) == before


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("raise KeyError('nope')", "KeyError: 'nope'"),
        ("return {}['nope']", "KeyError: 'nope'"),
        ("prices = {'rain': 1, 'snow': 2}\nreturn prices['hail']", "KeyError: 'hail'. `prices` has the keys 'rain', 'snow'."),
        ("prices = {'rain': 1, 'snow': 2}\nreturn prices['rian']", "KeyError: 'rian'. Did you mean `rain`?"),
        ("prices = {2020: 1}\nreturn prices['2020']", "KeyError: '2020'. The only key of `prices` is 2020."),
        ("prices = {}\nreturn prices['hail']", "KeyError: 'hail'"),
        (
            "prices = dict.fromkeys(range(1000))\nreturn prices[-1]",
            "KeyError: -1. `prices` has the keys 0, 1, 2, 3, 4, 5, 6, 7 and 992 more.",
        ),
        ("return TABLE['c']", "KeyError: 'c'. `TABLE` has the keys 'a', 'b'."),
        ("return TABLE[\n    'c'\n]", "KeyError: 'c'. `TABLE` has the keys 'a', 'b'."),
        ("raise ValueError", "ValueError without a message"),
        ("assert False", "AssertionError without a message"),
        ("raise StopIteration", "StopIteration without a message"),
        ("raise ValueError('x')", "x"),
    ],
)
def test_a_short_message_includes_the_type_of_the_error(session: Session, body: str, expected: str) -> None:
    assert message(session, body, "TABLE = {'a': 1, 'b': 2}") == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("tag('x')", "name 'tag' is not defined. Add `from headwater import tag`."),
        ("np.arange(3)", "name 'np' is not defined. Add `import numpy as np`."),
        ("math.sqrt(2)", "name 'math' is not defined. Add `import math`."),
        ("math.sqrt(2)  # the module has `maths`", "name 'math' is not defined. Did you mean `maths`?"),
        ("sourc('x')", "name 'sourc' is not defined. Did you mean `source` or `super`?"),
        ("lenn('x')", "name 'lenn' is not defined. Did you mean `len`?"),
        ("wxyz", "name 'wxyz' is not defined"),
    ],
)
def test_an_undefined_name_is_imported_or_corrected(session: Session, code: str, expected: str) -> None:
    before = "maths = 1" if "maths" in code else ""
    assert message(session, f"return {code}", before) == expected


FUNCTION_USED = " is a function here. To use the value of the node `price`, add a parameter named `price`."


@pytest.mark.parametrize(
    "expression",
    [
        "price['a']",
        "price - 1",
        "1 - price",
        "price > 2",
        "price.mean()",
        "-price",
        "float(price)",
        "len(price)",
        "sum([1, price])",
        "[each for each in price]",
        "(\n    1 +\n    price\n)",
    ],
)
def test_a_missing_parameter_is_suggested_if_a_function_is_used_as_a_value(session: Session, expression: str) -> None:
    text = message(session, f"return {expression}", "def price() -> int:\n    return 1\n")
    assert text.endswith(f"`price`{FUNCTION_USED}")


@pytest.mark.parametrize(
    "body",
    [
        "return price()['a']",
        "return price(1)",
        "price = len\nreturn price['a']",
        "return helped['a']",
        "return _half['a']",
        "raise TypeError('not a function')",
        "return max(1, 'a', key=price)",
    ],
)
def test_no_parameter_is_suggested_if_no_function_of_a_node_is_used_as_a_value(session: Session, body: str) -> None:
    before = "def price() -> int:\n    return 1\n\nhelped = lambda: 1\n\ndef _half():\n    return 0.5\n"
    assert "is a function here" not in message(session, body, before)


def test_a_name_that_was_defined_above_the_failing_line_is_suggested(session: Session) -> None:
    (problem,) = problems(session, "from headwater import parameterize, value\n\nlimit = vlaue(3)")
    assert problem["message"] == "name 'vlaue' is not defined. Did you mean `value`?"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return frame['rian']", "KeyError: 'rian'. Did you mean `rain`?"),
        ("return frame['hail']", "KeyError: 'hail'. `frame` has the columns ' day', 'rain'."),
        ("rain = frame[['rain']]\nreturn rain['hail']", "KeyError: 'hail'. The only column of `rain` is 'rain'."),
        ("return frame['day']", "KeyError: 'day'. Did you mean `' day'`?"),
        (
            "return frame.loc['rain']",
            "KeyError: 'rain'. `frame` has a column 'rain', but this code looks up a row by its label.",
        ),
    ],
)
def test_a_missing_column_lists_the_existing_ones(session: Session, body: str, expected: str) -> None:
    pytest.importorskip("pandas")
    frame = "import pandas as pd\nframe = pd.DataFrame({' day': [1], 'rain': [2]})"
    assert message(session, f"{frame}\n{body}") == expected


STYLED = """
class Frame:
    @property
    def style(self): raise AttributeError("The '.style' accessor requires jinja2")
class Loose:
    @property
    def style(self): return self._missing
    def __getattr__(self, name): raise AttributeError(f"no {name}")
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "return Frame().style",
            "The '.style' accessor requires jinja2. `Frame` has an attribute `style`, but the code that computes it failed.",
        ),
        ("return Loose().style", "no style. `Loose` has an attribute `style`, but the code that computes it failed."),
        ("return Frame().stile", "'Frame' object has no attribute 'stile'. Did you mean `style`?"),
        ("raise KeyError('style')", "KeyError: 'style'"),
        ("style = {'style': 1}\nraise KeyError('style')", "KeyError: 'style'"),
        ("raise NameError('no style', name='style')", "no style"),
        (
            "if rate: rate = 2\nreturn rate",
            (
                "cannot access local variable 'rate' where it is not associated with a value. `total` assigns `rate`, "
                "which makes it a local variable throughout `total`. Use another name for the local variable."
            ),
        ),
    ],
)
def test_an_existing_name_is_never_suggested(session: Session, body: str, expected: str) -> None:
    assert message(session, body, STYLED + "rate = 1\nstyle = 1") == expected


def test_a_redefinition_warning_stays_after_the_run(session: Session) -> None:
    source = "def total() -> int: return 1\ndef total() -> int: return 2\n"
    session.update({"flow.py": source})
    before = session.graph()["problems"]
    result = session.run()
    assert [problem["message"] for problem in before] == [
        "`total` is defined twice, at flow.py:1 and at flow.py:2. Python uses the second. Rename or remove one."
    ]
    assert result["problems"] == session.graph()["problems"] == result["graph"]["problems"] == before
    assert result["ok"]
    session.update({"flow.py": source, "other.py": "import nowhere"})
    assert [problem["severity"] for problem in session.run()["problems"]] == ["warning", "error"]
    session.update({"flow.py": "def total() -> int: return 2\n"})
    assert session.run()["problems"] == session.graph()["problems"] == []
