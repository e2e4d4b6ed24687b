"""The order of execution of modules with side effects."""

from __future__ import annotations

import pytest

from headwater.sources.execution_order import execution_order
from headwater.sources.fingerprints import fingerprints
from headwater.sources.statements import statements_of

NAMES = "NAMES = []\nNAMES.append(1)"


@pytest.mark.parametrize(
    ("modules", "expected"),
    [
        ({"first": NAMES, "second": NAMES}, ["first", "second"]),
        ({"second": NAMES, "first": NAMES}, ["second", "first"]),
        ({"first": f"import second\n{NAMES}", "second": NAMES}, ["second", "first"]),
        ({"first": f"{NAMES}\nimport second", "second": NAMES}, ["first:2", "second", "first"]),
        ({"first": "def price():\n    import second", "second": NAMES, "third": NAMES}, ["second", "third"]),
        ({"first": f"import second\n{NAMES}", "second": f"import first\n{NAMES}"}, ["second", "first"]),
        (
            {"first": "from second import RATE", "second": "RATE = 1", "third": "import second\nsecond.RATE = 2"},
            ["first", "third"],
        ),
    ],
    ids=["two", "reversed", "an import", "an import at the end", "an import in a function", "a cycle", "a changed module"],
)
def test_imports_determine_the_order_of_execution(modules: dict[str, str], expected: list[str]) -> None:
    statements = {name: statements_of(name, text) for name, text in modules.items()}
    side_effects = fingerprints(modules).graph.links.side_effects
    assert list(execution_order(statements, side_effects)) == expected


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ("NAMES = []", "def price(): return 1", True),
        ("NAMES = []\nNAMES.append(1)", "def price(): return 1", True),
        ("NAMES = []\nNAMES.append(1)", "import first\nfirst.NAMES.append(2)", True),
        ("NAMES = []\nNAMES.append(1)", "import os\nHOME = os.getcwd()", False),
        ("import sys\nsys.stdout.write('1')", "import sys\nsys.stdout.write('2')", False),
    ],
    ids=["no side effects", "only a function", "an order that an import determines", "a value", "two side effects"],
)
def test_the_order_of_modules_matters_if_side_effects_may_be_seen(first: str, second: str, is_same: bool) -> None:
    modules = {"first": first, "second": second}
    before, after = fingerprints(modules), fingerprints(dict(reversed(modules.items())))
    assert (before.of_side_effects == after.of_side_effects) is is_same
