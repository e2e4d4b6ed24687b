"""A module stays loaded after another module is edited, unless it may hold objects from that module."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from headwater.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from headwater.wire.views import NodeView

RATES = "def rate() -> float:\n    return 0.2\n"
HELPERS = "def scaled(value: float = 1.0) -> float:\n    return value * 2\n"
PRICES = "def price() -> float:\n    return 10.0\n"
BILL = "from helpers import scaled as _scaled\n\n\ndef bill(price: float) -> float:\n    return _scaled(price)\n"
FILES = {"helpers.py": HELPERS, "bill.py": BILL, "prices.py": PRICES, "rates.py": RATES}


def function_of(session: Session, name: str, **edited: str) -> Callable[..., Any] | None:
    session.update({**FILES, **{f"{module}.py": text for module, text in edited.items()}})
    view = session.run()
    assert view["ok"], view["problems"]
    assert session.latest_run is not None
    return session.latest_run.graph[name].function


def values(session: Session) -> dict[str, object]:
    assert session.latest_run is not None
    return dict(session.latest_run.values)


@pytest.mark.parametrize("name", ["price", "bill", "scaled"])
def test_an_unchanged_module_keeps_its_functions(session: Session, name: str) -> None:
    before = function_of(session, name)
    assert function_of(session, name, rates=RATES.replace("0.2", "0.3")) is before
    assert values(session)["rate"] == 0.3


@pytest.mark.parametrize(
    "bill",
    [
        BILL,
        BILL.replace("from helpers import scaled as _scaled", "import helpers").replace("_scaled(", "helpers.scaled("),
        BILL.replace("from helpers import", "from between import"),
        "def bill(price: float) -> float:\n    from helpers import scaled\n\n    return scaled(price)\n",
        "import importlib\n\n\ndef bill(price: float) -> float:\n    return importlib.import_module('helpers').scaled(price)\n",
    ],
    ids=["a name", "the module", "through another module", "in a function", "by a string"],
)
@pytest.mark.parametrize(
    "helpers", [HELPERS.replace("* 2", "* 3"), f"# A comment.\n{HELPERS}"], ids=["the code", "only the line numbers"]
)
def test_a_module_that_imports_a_changed_module_gets_new_functions(session: Session, bill: str, helpers: str) -> None:
    files = {"bill": bill, "between": "from helpers import scaled"}
    before = function_of(session, "bill", **files)
    unrelated = function_of(session, "price", **files)
    assert function_of(session, "bill", **files, helpers=helpers) is not before
    assert function_of(session, "price", **files, helpers=helpers) is unrelated
    assert values(session)["bill"] == (30.0 if "* 3" in helpers else 20.0)


def test_a_changed_module_with_side_effects_reloads_all_modules(session: Session) -> None:
    """A side effect may wrap a function of another module, and must not wrap it twice."""
    wrapping = (
        "import helpers\n\n\ndef _doubled(function):\n    return lambda value: 2 * function(value)\n\n\n"
        "helpers.scaled = _doubled(helpers.scaled)\n\n\ndef rate() -> float:\n    return {}\n"
    )
    bill = "import helpers\n\n\ndef bill(price: float) -> float:\n    return helpers.scaled(price)\n"
    for rate in ("0.2", "0.3", "0.4"):
        function_of(session, "bill", bill=bill, rates=wrapping.format(rate))
        assert values(session)["bill"] == 40.0


def test_an_unchanged_module_reports_a_removed_module(session: Session) -> None:
    function_of(session, "bill")
    session.update({name: text for name, text in FILES.items() if name != "helpers.py"} | {"rates.py": RATES + "\n"})
    (problem,) = session.run()["problems"]
    assert (problem["kind"], problem["file"], problem["line"]) == ("ModuleNotFoundError", "bill.py", 1)


def test_an_error_in_one_module_does_not_leave_another_module_outdated(session: Session) -> None:
    """The first run fails after it has loaded the new helper, and before it loads the module that imports the helper."""
    files = {"helpers.py": HELPERS, "broken.py": "", "bill.py": BILL, "prices.py": PRICES}
    session.update(files)
    assert session.run()["ok"]
    moved = f"\n\n\n{HELPERS.replace('value * 2', 'value / 0')}"
    session.update({**files, "helpers.py": moved, "broken.py": "1 / 0"})
    assert not session.run()["ok"]
    session.update({**files, "helpers.py": moved})
    (problem,) = (problem for problem in session.run()["problems"] if problem["node"] == "bill")
    assert [(frame["file"], frame["line"]) for frame in problem["frames"]] == [("bill.py", 5), ("helpers.py", 5)]


def test_tracebacks_through_unchanged_modules_have_the_current_lines(session: Session) -> None:
    files = {**FILES, "rates.py": "def rate(bill: float) -> float:\n    return bill / 0\n"}
    session.update(files)
    assert session.run()["problems"][0]["line"] == 2
    moved = {**files, "rates.py": f"\n\n{files['rates.py']}"}
    session.update({**moved, "bill.py": BILL.replace("_scaled(price)", "_scaled(0) / 0")})
    (problem,) = session.run()["problems"]
    assert (problem["file"], problem["line"], problem["node"]) == ("bill.py", 5, "bill")
    session.update(moved)
    (problem,) = session.run()["problems"]
    assert (problem["file"], problem["line"], problem["node"]) == ("rates.py", 4, "rate")


def test_a_function_that_keeps_its_identity_reports_its_new_line(session: Session) -> None:
    """An unchanged function that a user's decorator wraps is not defined again, even if its module is executed again."""
    source = (
        "from functools import wraps\n\nfrom headwater import tag\n\n\ndef _same(function):\n    @wraps(function)\n"
        "    def wrapper(*values):\n        return function(*values)\n\n    return wrapper\n\n\n"
        '@tag(unit="eur")\n@_same\ndef rate() -> float:\n    return 0.2\n'
    )
    for start in ("", "# Moved.\n\n", ""):
        function_of(session, "rate", rates=start + source)
        assert session.latest_run is not None
        assert session.latest_run.graph["rate"].location.line == (start + source).split("\n").index("def rate() -> float:") + 1


def test_warnings_of_decorators_are_reported_in_every_run(session: Session) -> None:
    bill = (
        "from headwater import extract_fields\n\n\n@extract_fields({'tax': str})\n"
        "def bill(price: float) -> dict[str, float]:\n    return {'tax': price}\n"
    )
    reported = []
    for rates in (RATES, RATES.replace("0.2", "0.3"), f"\n{RATES}"):
        session.update({**FILES, "bill.py": bill, "rates.py": rates})
        reported.append([(problem["kind"], problem["file"], problem["line"]) for problem in session.run()["problems"]])
    assert reported == [[("DecoratorWarning", "bill.py", 5)]] * 3


def test_nodes_from_the_config_follow_the_config(session: Session) -> None:
    bill = (
        "from headwater import configuration, parameterize\n\n\n@parameterize(bill={'factor': configuration('factor')})\n"
        "def scaled_price(price: float, factor: float) -> float:\n    return price * factor\n"
    )
    for factor in (2.0, 3.0):
        session.update({**FILES, "bill.py": bill}, config={"factor": factor})
        session.run()
        assert values(session)["bill"] == 10.0 * factor


@pytest.mark.filterwarnings("always::SyntaxWarning")
def test_a_compiler_warning_is_repeated_when_another_module_changes(session: Session) -> None:
    bill = "def bill(price: float) -> float:\n    return price is 1 and 2.0 or 1.0\n"
    for rates in (RATES, RATES.replace("0.2", "0.3")):
        session.update({**FILES, "bill.py": bill, "rates.py": rates})
        with pytest.warns(SyntaxWarning, match='"is" with'):
            session.run()


DOCS = {
    "a decorated function": """
        def _same(function):
            @wraps(function)
            def wrapper(): return function()
            return wrapper

        @_same
        @_same
        def rate() -> float:
            "The rate."
            return 0.2
    """,
    "a function inside `if`": """
        if wraps:
            def rate() -> float:
                "The rate."
                return 0.2
        else:
            def rate() -> float:
                return 0.2 + 0.1
    """,
    "a function in a factory": """
        def _rate():
            def rate() -> float:
                "The rate."
                return 0.2
            return rate

        rate = _rate()
    """,
    "a registered function": """
        RATES = []

        def _registered(function):
            RATES.append(function)
            return function

        @_registered
        def rate() -> float:
            "The rate."
            return 0.2
    """,
}


@pytest.mark.parametrize("source", DOCS.values(), ids=DOCS)
@pytest.mark.parametrize("doc", ["The price.", "", "The\n\n    rate."])
def test_a_function_that_keeps_its_identity_has_its_new_docstring(session: Session, source: str, doc: str) -> None:
    source = "from functools import wraps\n" + dedent(source)
    function_of(session, "rate", rates=source)
    for line in (f'"""{doc}"""' if doc else "# None.", '"The rate."'):
        edited = source.replace('"The rate."', line)
        view = node_of(session, edited, "rate")
        with Session() as fresh:
            assert view == node_of(fresh, edited, "rate")


def node_of(session: Session, rates: str, name: str) -> NodeView:
    session.update({"rates.py": rates})
    (node,) = (node for node in session.run()["graph"]["nodes"] if node["name"] == name)
    return node
