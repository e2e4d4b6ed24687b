"""Which edits change a function's fingerprint, and which do not."""

from __future__ import annotations

import sys
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.sources.fingerprints import fingerprints

pytestmark = pytest.mark.interpreter  # interpreters differ in code objects and in the depth of recursion

MODULE = '''
"""A module."""
from __future__ import annotations
import math
from collections import Counter as Tally

RATE = 2
"""A constant with words behind it."""

class Price:
    """A price."""
    amount: int = 1

def _round(value):
    return math.floor(value)

def _tidy(value):
    return _round(value) if value else _again(value)

def _again(value):
    return _tidy(value + 1)

def total(price, rate):
    """The total."""
    # a comment
    return _tidy(price) * RATE

def first(rows: list[Price]):
    return Price()

def share(total: "Price", RATE):
    def inner(x=RATE):
        return [x for x in range(x)]
    return total / RATE + inner()

def counted(total):
    return Tally(total)
'''

FUNCTIONS = ("total", "first", "share", "counted")


def changed(before: str, after: str, functions: tuple[str, ...] = FUNCTIONS) -> set[str]:
    """Return the functions in a module whose fingerprints differ."""
    old, new = fingerprints({"flow": dedent(before)}), fingerprints({"flow": dedent(after)})
    assert fingerprints({"flow": dedent(after)}, old).digests == new.digests
    return {name for name in functions if old.of("flow", name) != new.of("flow", name)}


@pytest.mark.parametrize(
    ("old", "new", "affected"),
    [
        pytest.param("# a comment", "# another", set(), id="a comment"),
        pytest.param('"""The total."""', '"""Words."""', set(), id="a docstring"),
        pytest.param('"""The total."""', "", set(), id="a removed docstring"),
        pytest.param('"""A module."""', "\n\n\n", set(), id="the module's docstring and empty lines"),
        pytest.param('"""A price."""', '"""x"""', set(), id="a class's docstring"),
        pytest.param("price, rate)", "price,\n        rate)", set(), id="layout"),
        pytest.param("RATE = 2", "RATE = 0x2", set(), id="another spelling of a number"),
        pytest.param("RATE = 2", "RATE = 2.0", {"total"}, id="a constant of another type"),
        pytest.param("math.floor", "math.ceil", {"total"}, id="a helper's helper"),
        pytest.param("value + 1", "value + 2", {"total"}, id="a helper in a cycle"),
        pytest.param("import math", "import cmath as math", {"total"}, id="an import"),
        pytest.param("import Counter", "import OrderedDict", {"counted"}, id="an import under another name"),
        pytest.param("amount: int = 1", "amount: int = 2", {"first", "share"}, id="a class that a quoted annotation names"),
        pytest.param("def total(price, rate)", "def total(price, rate=1)", {"total"}, id="a default"),
        pytest.param("def counted", "@staticmethod\ndef counted", {"counted"}, id="a decorator"),
        pytest.param("return total /", "return 2 * total /", {"share"}, id="only the function itself"),
        pytest.param("import math\n", "import math\nmath.x = 1\n", set(FUNCTIONS), id="a statement that binds nothing"),
        pytest.param("import math\n", "import math\nfrom os import *\n", set(FUNCTIONS), id="a star import"),
        pytest.param("RATE = 2", "RATE = 2\nif __name__ == '__main__':\n    print(1)", set(), id="the main program"),
        pytest.param(
            "RATE = 2",
            "if __name__ == '__main__':\n    RATE = 1\nelse:\n    RATE = 2",
            set(),
            id="a branch for imported modules",
        ),
        pytest.param("RATE = 2", "RATE = 2\nRATE += 1", {"total"}, id="a constant changed in place"),
        pytest.param("RATE = 2", "RATE = 2\nmath.x: int = 1", set(FUNCTIONS), id="an annotated attribute"),
        pytest.param(
            "RATE = 2", "RATE = 2\nif RATE == 2:\n    math.x = 1", set(FUNCTIONS), id="a condition with a side effect"
        ),
        pytest.param("RATE = 2", "RATE = 2\nif RATE:\n    OTHER = 1", set(), id="a condition that defines something else"),
    ],
)
def test_a_fingerprint_changes_only_with_the_code_that_the_function_uses(old: str, new: str, affected: set[str]) -> None:
    assert old in MODULE
    assert changed(MODULE, MODULE.replace(old, new)) == affected


def test_the_order_of_definitions_does_not_matter() -> None:
    first = "def _a():\n    return 1\n"
    second = "def total():\n    return _a()\n"
    assert changed(first + second, second + first, ("total",)) == set()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("A = 1\nA = 2\ndef f():\n    return A", "A = 2\nA = 1\ndef f():\n    return A", id="assignments"),
        pytest.param("A = 1\nB = A\nA = 2\ndef f():\n    return B", "A = 1\nA = 2\nB = A\ndef f():\n    return B", id="reads"),
        pytest.param("A = []\nA.append(1)\ndef f():\n    return A", "A = [1]\ndef f():\n    return A", id="calls"),
    ],
)
def test_the_order_of_statements_matters_if_it_changes_the_meaning_of_a_name(before: str, after: str) -> None:
    assert changed(before, after, ("f",)) == {"f"}


@pytest.mark.parametrize(
    "body",
    [
        "return [RATE for RATE in x]",
        "return (lambda RATE: RATE)(x)",
        "RATE = 1\n    return RATE",
        "for RATE in x:\n        pass\n    return RATE",
        "import math as RATE\n    return RATE",
        "def RATE():\n        return 1\n    return RATE()",
        "class RATE:\n        pass\n    return RATE",
        "try:\n        return 1\n    except ValueError as RATE:\n        return RATE",
        "match x:\n        case {'a': RATE}:\n            return RATE",
        "with x as RATE:\n        return RATE",
        "return any((RATE := y) for y in x) and RATE",
        "return {RATE: 1 for RATE in x}",
        "def inner():\n        nonlocal RATE\n        RATE = 2\n    RATE = 1\n    return inner()",
        "RATE = x\n    return x.query('price > @RATE')",
        "return x.match('RATE')",
    ],
)
def test_a_local_name_hides_a_module_level_name(body: str) -> None:
    source = f"RATE = 1\ndef f(x):\n    {body}\n"
    assert changed(source, source.replace("RATE = 1\ndef", "RATE = 2\ndef"), ("f",)) == set()


@pytest.mark.parametrize(
    "definition",
    [
        "def f(x):\n    return [y for y in RATE]",
        "def f(x):\n    return [RATE for y in x]",
        "def f(x):\n    global RATE\n    RATE = RATE + 1\n    return RATE",
        "def f(x):\n    class Inner:\n        RATE = RATE\n    return Inner",
        "def f(x):\n    class Inner:\n        RATE = 3\n        def g(self):\n            return RATE\n    return Inner",
        "def f(x=RATE):\n    return x",
        "def f(x) -> RATE:\n    return x",
        "def f(x: 'list[RATE]'):\n    return x",
        "def f(x: 'not a type' = RATE):\n    return x",
        "def f(x):\n    return {y: RATE for y in x}",
        "def f(x):\n    return eval('RATE')",
        "def f(x):\n    return globals()['RATE']",
        "def f(x):\n    return x.query('price > @RATE')",
        "def f(x):\n    text = f'price > @RATE and {x}'\n    return x.query(text)",
        "def f(x):\n    return x.sql('select * from RATE')",
        "f = RATE",
        "f: int = RATE",
        "class f:\n    def g(self):\n        return RATE",
        "try:\n    f = RATE\nexcept NameError:\n    f = 0",
    ],
)
def test_every_way_to_read_a_module_level_name_is_detected(definition: str) -> None:
    source = f"RATE = 1\n{definition}\n"
    assert changed(source, source.replace("RATE = 1\n", "RATE = 2\n"), ("f",)) == {"f"}


@pytest.mark.skipif(sys.version_info < (3, 12), reason="type parameters need Python 3.12")
def test_a_type_parameter_hides_a_module_level_name_but_its_bound_does_not() -> None:
    source = "RATE = 1\nBOUND = 1\ndef f[RATE: BOUND](x: RATE) -> RATE:\n    return x\n"
    assert changed(source, source.replace("RATE = 1", "RATE = 2"), ("f",)) == set()
    assert changed(source, source.replace("BOUND = 1", "BOUND = 2"), ("f",)) == {"f"}


@pytest.mark.parametrize(
    ("use", "affected"),
    [
        pytest.param("from rates import RATE\ndef f(x):\n    return RATE", True, id="from import"),
        pytest.param("from rates import RATE as r\ndef f(x):\n    return r", True, id="from import as"),
        pytest.param("from rates import other\ndef f(x):\n    return other", False, id="another binding"),
        pytest.param("from rates import derived\ndef f(x):\n    return derived()", True, id="a function that uses it"),
        pytest.param("import rates\ndef f(x):\n    return rates.other", True, id="the whole module"),
        pytest.param("import rates as r\ndef f(x):\n    return 1", False, id="an import that the function does not use"),
        pytest.param("from rates import *\ndef f(x):\n    return 1", True, id="a star import"),
        pytest.param("def f(x):\n    from rates import RATE\n    return RATE", True, id="an import inside the function"),
        pytest.param("from rates import made_elsewhere\ndef f(x):\n    return made_elsewhere", True, id="an unknown name"),
        pytest.param("import importlib\ndef f(x):\n    return importlib.import_module('rates')", True, id="by name"),
        pytest.param("def f(x):\n    return x", False, id="nothing"),
    ],
)
def test_a_fingerprint_changes_with_code_in_other_modules(use: str, affected: bool) -> None:
    rates = "RATE = {}\nother = 5\ndef derived():\n    return RATE\n"
    old = fingerprints({"flow": use, "rates": rates.format(1)})
    new = fingerprints({"flow": use, "rates": rates.format(2)})
    assert (old.of("flow", "f") != new.of("flow", "f")) is affected


def test_modules_that_import_one_another_have_fingerprints() -> None:
    one = "from two import b\ndef a():\n    return b\n"
    two = "import one\ndef b():\n    return one.a()\n"
    old = fingerprints({"one": one, "two": two})
    new = fingerprints({"one": one, "two": two.replace("one.a()", "one.a() + 1")})
    assert old.of("one", "a") != new.of("one", "a")
    assert old.of_module("one") != new.of_module("one")


def test_an_unbound_name_has_no_fingerprint() -> None:
    assert fingerprints({"flow": "x = 1"}).of("flow", "y") is None


def test_a_long_chain_of_helpers_and_a_deep_expression_work() -> None:
    chain = "".join(f"def f{i}():\n    return f{i + 1}()\n" for i in range(1500))
    before = fingerprints({"flow": f"{chain}def f1500():\n    return 1\n"})
    after = fingerprints({"flow": f"{chain}def f1500():\n    return 2\n"})
    assert before.of("flow", "f0") != after.of("flow", "f0")
    assert fingerprints({"flow": "x = " + "+".join(["1"] * 2500)}).of("flow", "x")


def test_dependents_are_found_through_helpers() -> None:
    prints = fingerprints({"flow": "def _a():\n    return open('x')\ndef b():\n    return _a()\ndef c():\n    return 1\n"})
    touched = prints.dependents(lambda statement: "open" in statement.reads)
    assert [touched.includes("flow", name) for name in ("b", "c")] == [True, False]


def test_statements_on_one_line_are_distinguished() -> None:
    before = fingerprints({"prices": "LOW = 1; HIGH = 2\ndef low(): return LOW\ndef high(): return HIGH"})
    after = fingerprints({"prices": "LOW = 1; HIGH = 3\ndef low(): return LOW\ndef high(): return HIGH"})
    assert [before.of("prices", name) == after.of("prices", name) for name in ("low", "high")] == [True, False]


def test_a_statement_that_moves_in_its_module_has_the_same_fingerprint() -> None:
    before = fingerprints({"prices": "def low(): return 1"})
    after = fingerprints({"prices": "import os\n\n\ndef low(): return 1"})
    assert before.of("prices", "low") == after.of("prices", "low")


STATEMENTS = [
    "import math",
    "import other",
    "from other import *",
    "RATE = 2",
    "RATE = 3",
    "def total(price): return price * RATE",
    "def total(price): return price * RATE + 1",
    "def total(price): return helper(price)",
    "def helper(price): return total(price)",
    "def helper(price): return other.total(price)",
    "@helper\ndef shown(price): return price",
    "class Price: amount = RATE",
    "print(total.__doc__)",
    "RATES = []",
    "RATES.append(RATE)",
    "def seen(price): return eval('price')",
    "def noted(price: int = RATES.append(1)): RATES.append(price)",
]
modules = st.lists(st.sampled_from(STATEMENTS), max_size=6).map("\n".join)
histories = st.lists(st.fixed_dictionaries({"flow": modules}, optional={"other": modules}), min_size=2, max_size=6)


@given(histories)
def test_incremental_fingerprints_equal_fresh_ones(history):
    before = None
    for sources in history:
        before = fingerprints(sources, before)
        fresh = fingerprints(sources)
        assert before.digests == fresh.digests
        assert before.graph.links.side_effects == fresh.graph.links.side_effects


DECORATED = """
from headwater import parameterize
def helper(): return 1
LIST = [1]
RATE = 2
@parameterize(LIST)
def total(price: int = RATE) -> int: return price * helper()
"""
EDITS_BELOW_DECORATORS = {
    "the decorator": ("(LIST)\n", "(LIST, RATE)\n", True),
    "a value that only the decorator uses": ("[1]", "[2]", True),
    "one more decorator": ("@param", "@parameterize(3)\n@param", True),
    "the body": ("price *", "price +", False),
    "a helper": ("return 1", "return 2", False),
    "a default": ("= RATE", "= 7", False),
    "an annotation": ("-> int", "-> float", False),
    "another binding of the name": ("RATE = 2", "RATE = 2\ntotal = 0", None),
}


@pytest.mark.parametrize(("before", "after", "is_same"), EDITS_BELOW_DECORATORS.values(), ids=EDITS_BELOW_DECORATORS)
def test_the_fingerprint_without_decorators_covers_all_other_code(before: str, after: str, is_same: bool | None) -> None:
    assert DECORATED.count(before) == 1
    first = fingerprints({"prices": DECORATED}).of_undecorated("prices", "total")
    second = fingerprints({"prices": DECORATED.replace(before, after)}).of_undecorated("prices", "total")
    assert (None if second is None else first == second) is is_same


def test_only_a_decorated_function_has_a_fingerprint_without_decorators() -> None:
    prints = fingerprints({"prices": "RATE = 2\ndef total(price): return price * RATE"})
    assert [prints.of_undecorated("prices", name) for name in ("total", "RATE", "missing")] == [None] * 3
