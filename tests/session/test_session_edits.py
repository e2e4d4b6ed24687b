"""After any edits to modules that share objects, a session has the results of a fresh session with the same files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.wire.views import RunView

few = settings(max_examples=max(settings.default.max_examples // 8, 1))

SEPARATOR = "# --- "
"""The start of the line above each module. The module's name follows on the same line."""
CHOICE = re.compile("«(.*?)»", re.DOTALL)
"""A part of a module that has several versions. The versions are separated by `¦`."""

DATAFLOWS = {
    "sentinel": """
# --- shared
import decimal
decimal.getcontext().prec = 28
MISSING = object()
RATE = «1¦2¦undefined»
# --- flow
from shared import MISSING, RATE
def price() -> object: return MISSING
def is_missing(price: object) -> tuple: return price is MISSING, RATE, «1¦2»
def total(is_missing: tuple) -> int: return «1¦2»
""",
    "named tuple and enum": """
# --- shared
from collections import namedtuple
from enum import Enum
TABLE = {}
TABLE["a"] = «1¦2»
Price = namedtuple("Price", "amount")
Color = Enum("Color", "RED BLUE")
# --- flow
from shared import Price, Color
def price() -> Price: return Price(1)
def color() -> Color: return Color.RED
def known(price: Price, color: Color) -> tuple: return isinstance(price, Price), color is Color.RED, «1¦2»
""",
    "class whose edit is undone": """
# --- shared
from dataclasses import dataclass
@dataclass
class Price:
    amount: int = «1¦2¦undefined»
# --- prices
from shared import Price
def price() -> Price:
    return Price() if «True¦1 / 0» else None
# --- flow
from shared import Price
def known(price: Price) -> tuple: return isinstance(price, Price), price == Price(), «1¦2»
""",
    "list that another module extends": """
# --- shared
NAMES = ["a"]
def _names(): return list(NAMES)
# --- plugin
import shared
shared.NAMES.append("«b¦c»")
EXTRA = «1¦2»
# --- flow
from shared import NAMES, _names
def names() -> tuple: return list(NAMES), _names(), «1¦2»
""",
    "class that another module changes": """
# --- shared
class Price:
    amount = 1
# --- plugin
import shared
shared.Price.amount += «1¦2»
# --- flow
from shared import Price
def amount() -> tuple: return Price.amount, «1¦2»
""",
    "function that another module replaces": """
# --- shared
def _price(count): return count + «1¦2»
def _total(count): return _price(count) * 2
# --- plugin
import shared
_before = shared._price
def _doubled(count): return _before(count) * 2
shared._price = _doubled
# --- flow
import shared
from shared import _price, _total
def price() -> tuple: return shared._price(3), _price(3), «1¦2»
def total() -> tuple: return _total(3), «1¦2»
""",
    "registry": """
# --- registry
STEPS = []
def _step(function):
    STEPS.append(function)
    return function
# --- first
from registry import _step
@_step
def _one(): return «1¦2»
# --- second
from registry import _step
@_step
def _two(): return «3¦4»
# --- flow
import first, second
from registry import STEPS
def results() -> list: return [step() for step in STEPS]
def other() -> int: return «1¦2»
""",
    "subclasses that a class collects": """
# --- shared
KINDS = []
class Kind:
    def __init_subclass__(cls): KINDS.append(cls.__name__)
# --- kinds
from shared import Kind
class Book(Kind): price = «1¦2»
class Pen(Kind): price = 1
# --- flow
from shared import KINDS
def kinds() -> tuple: return list(KINDS), «1¦2»
""",
    "classes that a metaclass collects": """
# --- shared
KINDS = {}
class Meta(type):
    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        KINDS[name] = cls
class Kind(metaclass=Meta): price = 0
# --- kinds
from shared import Kind
class Book(Kind): price = «1¦2»
# --- flow
from shared import KINDS
def prices() -> tuple: return sorted((name, kind.price) for name, kind in KINDS.items()), «1¦2»
""",
    "global variable that a function sets": """
# --- flow
def _set_up():
    global LIMIT
    LIMIT = «5¦6»
    return True
IS_READY = _set_up()
def limit() -> int: return LIMIT + «1¦2»
""",
    "name with several bindings": """
# --- flow
import decimal
decimal.getcontext().prec = 28
RATE = «1¦2»
«RATE = 5¦RATE += 1¦del RATE¦OTHER = 1¦for RATE in range(3): pass»
def rate() -> object:
    try: return RATE, «1¦2»
    except NameError: return None
""",
    "renamed constant": """
# --- flow
import decimal
decimal.getcontext().prec = 28
«RATE¦TAX» = 1
TOTAL = RATE + «1¦2»
def total() -> tuple: return TOTAL, «1¦2»
""",
    "statements around a side effect": """
# --- flow
NAMES = ["a"]
BEFORE = list(NAMES)«¦ + ["x"]»
NAMES += ["«b¦c»"]
AFTER = list(NAMES)«¦ + ["x"]»
def names() -> tuple: return NAMES[:], BEFORE, AFTER, «1¦2»
""",
    "import between statements": """
# --- shared
NAMES = ["a"]
# --- middle
import shared
BEFORE = list(shared.NAMES)
«import plugin¦pass»
AFTER = list(shared.NAMES)
# --- plugin
import shared
shared.NAMES.append("b")
# --- flow
from middle import BEFORE, AFTER
def names() -> tuple: return BEFORE, AFTER, «1¦2»
""",
    "registry that functions also change": """
# --- shared
class Kind:
    known = []
    def __init_subclass__(cls): cls.known.append(cls.__name__)
    @classmethod
    def forget(cls): cls.known.clear()
# --- kinds
from shared import Kind
class Book(Kind): price = «1¦2»
# --- flow
from shared import Kind
from kinds import Book
def book() -> Book: return Book()
def kinds() -> tuple: return list(Kind.known), «1¦2»
def forgotten(kinds: tuple) -> tuple:
    Kind.forget()
    return list(Kind.known), «1¦2»
def known(book: Book) -> tuple: return isinstance(book, Book), «1¦2»
""",
    "function in a call": """
# --- flow
SEEN = []
def _note(number):
    SEEN.append(number)
    return number
SORTED = sorted([2, 1], key=_note«¦, reverse=True»)
def seen() -> tuple: return list(SEEN), list(SORTED), «1¦2»
""",
    "random numbers during import": """
# --- shared
import random
OWN = random.Random(1)
A = OWN.random()
B = OWN.random()«¦ + OWN.random()»
C = OWN.random()
random.seed(«1¦2»)
D = random.random()
E = random.random()«¦ + random.random()»
# --- flow
from shared import A, B, C, D, E
def numbers() -> tuple: return A, B, C, D, E, «1¦2»
def last() -> float: return C + E
""",
    "module that replaces itself": """
# --- shared
import sys
class _Prices:
    price = «1¦2»
    def __getattr__(self, name): return name
sys.modules[__name__] = _Prices()
# --- flow
import shared
def price() -> tuple:
    import shared as again
    return shared.price, shared.other, again is shared, «1¦2»
""",
    "default that a function changes": """
# --- shared
def _seen(number, before=[]):
    before.append(number)
    return list(before)
# --- flow
from shared import _seen
def first() -> list: return _seen(«1¦2»)
def second(first: list) -> list: return _seen(«3¦4»)
""",
    "results that a function caches": """
# --- shared
from functools import cache
@cache
def _counts(): return {"a": 0}
# --- flow
from shared import _counts
def first() -> int:
    _counts()["a"] += «1¦2»
    return _counts()["a"]
def second(first: int) -> int:
    _counts()["a"] += «1¦2»
    return _counts()["a"]
""",
    "attributes of functions and classes": """
# --- shared
def _next():
    _next.count = getattr(_next, "count", 0) + 1
    return _next.count
class Counter:
    count = 0
    seen = []
    def __init__(self):
        type(self).count += 1
        self.seen.append(1)
    @classmethod
    def next(cls):
        cls.count += 1
        return cls.count
# --- flow
from shared import Counter, _next
def first() -> int: return _next() + Counter.next()
def second(first: int) -> tuple: return _next(), Counter().count, len(Counter.seen), «1¦2»
def third() -> int: return «1¦2»
""",
    "checks, and functions with the same name": """
# --- flow
from headwater import check_output
LOW = «0¦5»
if LOW:
    def price() -> int: return 1
else:
    def price() -> int: return 2
@check_output(range=(LOW, 10))
def total(price: int) -> int: return price * «1¦2»
""",
}


@dataclass
class Version:
    """The current version of the modules."""

    template: str
    chosen: dict[int, int] = field(default_factory=dict[int, int])
    """The index of the chosen version of each part, keyed by the position of the part."""
    lines: dict[str, int] = field(default_factory=dict[str, int])
    """The number of comment lines to add above each module, keyed by name."""
    removed: set[str] = field(default_factory=set[str])
    order: int = 0
    """The number of modules to move from the start to the end."""

    @property
    def files(self) -> dict[str, str]:
        choices = iter(range(len(CHOICE.findall(self.template))))
        text = CHOICE.sub(lambda choice: choice[1].split("¦")[self.chosen.get(next(choices), 0)], self.template)
        modules = dict(part.split("\n", 1) for part in text.split(SEPARATOR)[1:])
        names = [*list(modules)[self.order :], *list(modules)[: self.order]]
        return {f"{name}.py": "#\n" * self.lines.get(name, 0) + modules[name] for name in names if name not in self.removed}

    def edit(self, data: st.DataObject) -> None:
        """Make one change, and restore a removed module."""
        choices = [choice.split("¦") for choice in CHOICE.findall(self.template)]
        names = re.findall(f"{SEPARATOR}(.*)", self.template)
        self.removed = set()
        match data.draw(st.sampled_from(["text", "text", "text", "lines", "order", "removed"])):
            case "text":
                position = data.draw(st.integers(0, len(choices) - 1))
                self.chosen[position] = data.draw(st.integers(0, len(choices[position]) - 1))
            case "lines":
                self.lines[data.draw(st.sampled_from(names))] = data.draw(st.integers(0, 2))
            case "order":
                self.order = data.draw(st.integers(0, len(names) - 1))
            case _:
                self.removed = {data.draw(st.sampled_from(names))}


def result(session: Session, files: Mapping[str, str]) -> Any:
    """Return everything that does not depend on earlier runs."""
    session.update(files)
    run: RunView = session.run()
    states = {name: node["state"].replace("reused", "succeeded") for name, node in run["nodes"].items()}
    return run["outputs"], run["problems"], run["graph"], states


@pytest.mark.parametrize("template", DATAFLOWS.values(), ids=DATAFLOWS)
@given(data=st.data())
@few
def test_a_session_equals_a_fresh_session_after_any_edits(template: str, data: st.DataObject) -> None:
    version = Version(template)
    with Session() as session:
        for _ in range(data.draw(st.integers(2, 6))):
            incremental = result(session, version.files)
            with Session() as fresh:
                assert incremental == result(fresh, version.files)
            version.edit(data)


EFFECT = "import decimal\ndecimal.getcontext().prec = 28\n"
MUTATION = """
from headwater import mutate
def price() -> int: return 1
@mutate(price)
def _raised(price: int) -> int: return price + 1
"""
WRAPPED = """
from functools import wraps
from headwater import apply_to, mutate
def _same(function):
    @wraps(function)
    def call(): return function()
    return call
@_same
def price() -> int: return 1
@mutate(apply_to(price))
def _raised(price: int) -> int: return price + 1
"""
FAILING = "def low() -> float:\n    'Low.'\n    return 1 / 0\n"
LISTED = """
from headwater import subdag
from prices import low
PARTS = [low]
@subdag(*PARTS)
def price(low: float) -> float: return low
"""
FACTORY = """
def _factory(count):
    def price() -> float:
        "Low."
        return 1 / count
    price.__module__ = "flow"
    return price
"""
ADDED = """
def price() -> int: return 1
def _add():
    def tax() -> int: return 3
    globals()["tax"] = tax
_add()
def total(price: int) -> int: return price + 1
"""
SEQUENCES = {
    "module that is emptied after an error": [
        {"flow.py": "from shared import RATE\ndef price() -> int: return RATE", "shared.py": "RATE = 1"},
        {"flow.py": "from shared import RATE\ndef price() -> int: return RATE"},
        {"flow.py": ""},
    ],
    "constant that is bound too late": [
        {"flow.py": f"{EFFECT}RATE = 1\nTAX = RATE + 1\ndef tax() -> int: return TAX"},
        {"flow.py": f"{EFFECT}TAX = RATE + 1\nRATE = 1\ndef tax() -> int: return TAX"},
        {"flow.py": f"{EFFECT}RATE = 1\nTAX = RATE + 1\ndef tax() -> int: return TAX"},
    ],
    "default that is bound too late": [
        {"flow.py": f"{EFFECT}RATE = 1\ndef tax(rate: int = RATE) -> int: return rate"},
        {"flow.py": f"{EFFECT}def tax(rate: int = RATE) -> int: return rate\nRATE = 1"},
    ],
    "decorator that is defined too late": [
        {"flow.py": "def _same(function): return function\n@_same\ndef price() -> int: return 1"},
        {"flow.py": "@_same\ndef price() -> int: return 1\ndef _same(function): return function"},
    ],
    "class that is used in an annotation before its definition": [
        {"flow.py": f"{EFFECT}class Price: pass\ndef price() -> Price: return 1"},
        {"flow.py": f"{EFFECT}def price() -> Price: return 1\nclass Price: pass"},
    ],
    "mutated function in a module with a side effect": [
        {"flow.py": f"{EFFECT}{MUTATION}"},
        {"flow.py": f"{EFFECT}{MUTATION.replace('+ 1', '+ 2')}"},
        {"flow.py": f"{EFFECT}{MUTATION.replace('return 1', 'return 2')}"},
        {"flow.py": f"{EFFECT}{MUTATION.partition('@')[0]}"},
        {"flow.py": f"{EFFECT}{MUTATION}"},
    ],
    "wrapped function that is mutated": [
        {"flow.py": WRAPPED},
        {"flow.py": WRAPPED.replace("+ 1", "+ 2")},
        {"flow.py": f"{WRAPPED}\nLIMIT = 3"},
        {"flow.py": WRAPPED.rpartition("@")[0]},
    ],
    "function inside `if` that is mutated": [
        {"flow.py": MUTATION.replace("def price", "if mutate:\n  def price")},
        {"flow.py": MUTATION.replace("def price", "if mutate:\n  def price").replace("+ 1", "+ 2")},
    ],
    "functions in a list in another module": [
        {"prices.py": FAILING, "flow.py": LISTED},
        {"prices.py": FAILING.replace("    'Low.'\n", "    # A comment.\n    'High.'\n"), "flow.py": LISTED},
        {"prices.py": f"\n{FAILING}", "flow.py": LISTED},
    ],
    "functions from a factory in another module": [
        {"prices.py": FACTORY, "flow.py": "from prices import _factory\nprice = _factory(0)"},
        {"prices.py": f"\n{FACTORY}", "flow.py": "from prices import _factory\nprice = _factory(0)"},
        {"prices.py": FACTORY.replace("Low", "High"), "flow.py": "from prices import _factory\nprice = _factory(0)"},
    ],
    "order of functions that a side effect adds": [
        {"flow.py": ADDED},
        {"flow.py": f"# A comment.\n{ADDED}"},
        {"flow.py": ADDED.replace("+ 1", "+ 2")},
    ],
    "names from the previous version": [
        {"flow.py": "RATES = 1\ndef price() -> int: return RATES"},
        {"flow.py": "TAX = RATE\ndef price() -> int: return TAX"},
        {"flow.py": "TAX = RATES\ndef price() -> int: return TAX"},
        {"flow.py": "TAXES = 1\nTAX = TAXE\ndef price() -> int: return TAX"},
    ],
    "order of functions inside `if`": [
        {"flow.py": f"{EFFECT}if decimal:\n  def price() -> int: return 1\ndef tax() -> int: return 2"},
        {"flow.py": f"{EFFECT}if decimal:\n  def price() -> int: return 1\ndef tax() -> int: return 3"},
        {"flow.py": f"{EFFECT}def tax() -> int: return 3\nif decimal:\n  def price() -> int: return 1"},
    ],
}


@pytest.mark.parametrize("versions", SEQUENCES.values(), ids=SEQUENCES)
def test_a_session_equals_a_fresh_session_after_each_of_these_edits(versions: list[dict[str, str]]) -> None:
    with Session() as session:
        for files in versions:
            incremental = result(session, files)
            with Session() as fresh:
                assert incremental == result(fresh, files)
