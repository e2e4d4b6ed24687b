"""Side effects of statements during import: after an edit, a session has the results of a fresh session."""

from decimal import localcontext

import pytest

from headwater.session import Session

NODE = "\n\ndef n() -> object:\n    return {}\n"


def flow(text: str, node: str) -> dict[str, str]:
    return {"flow.py": text + NODE.format(node)}


GROWING = 'COLS = ["a"]\n{}'
REGISTRY = "REG = {{}}\ndef _register(f):\n    REG[f.__name__] = f\n    return f\n@_register\ndef _a():\n    return {}"
DISPATCH = (
    "from functools import singledispatch\n@singledispatch\ndef _area(x):\n    return 0\n"
    "@_area.register\ndef _(x: int):\n    return {}"
)

OBJECT = """\
class R:
    def __init__(self):
        self.all = []
    def reg(self, f):
        self.all.append(f)
        return f
REG = R()
@REG.reg
def _a():
    return {}
"""
SETUP = """\
C = {{}}
def _put(k, v):
    C[k] = v
def _setup():
    _put("k", {})
    return True
READY = _setup()
"""
NOTING = """\
class Base:
    subs = []
    def __init_subclass__(cls):
        Base.subs.append(cls.v)
class A(Base):
    v = {}
"""

IN_ONE_MODULE = {
    "a list that grows": (GROWING, 'COLS += ["b"]', 'COLS += ["b", "c"]', "list(COLS)"),
    "a list that grows differently": (GROWING, 'COLS += ["b"]', 'COLS += ["d"]', "list(COLS)"),
    "a list that no longer grows": (GROWING, 'COLS += ["b"]', "", "list(COLS)"),
    "a list that grows in a loop": (GROWING, "for i in range(4): COLS += [i]", "for i in range(2): COLS += [i]", "list(COLS)"),
    "a list under another name": (GROWING, "B = COLS\nB += [2]", "B = COLS\nB += [2, 3]", "list(COLS)"),
    "a dictionary that grows": ("D = {{}}\n{}", "D |= {'a': 1}", "D |= {'b': 1}", "sorted(D)"),
    "an array that grows": ("import numpy as np\nA = np.ones(3)\n{}", "A *= 2", "A *= 5", "float(A.sum())"),
    "a number": ("RATE = 2\n{}", "RATE += 1", "RATE += 2", "RATE"),
    "a removed item": ("Q = [1, 2, 3]\n{}", "X = Q.pop()", "X = Q.pop(0) + Q.pop()", "(list(Q), X)"),
    "an iterator that is read": ("IT = iter([1, 2, 3])\n{}", "X = next(IT)", "X = next(IT) + next(IT)", "X"),
    "an iterator that is exhausted": ("IT = iter([1, 2, 3])\n{}", "X = list(IT)", "X = list(IT) + [0]", "X"),
    "a heap": ("import heapq\nH = [1, 2, 3]\n{}", "X = heapq.heappop(H)", "X = -heapq.heappop(H)", "(X, list(H))"),
    "a default added to a dictionary": ("C = {{}}\n{}", "OK = C.setdefault('k', 1)", "OK = C.setdefault('k', 2)", "C['k']"),
    "an assignment for its effect": ("L = []\n{}", "_ = L.append(1)", "_ = L.append(2)", "list(L)"),
    "a comprehension for its effect": ("L = []\nX = [L.append(i) for i in {}]", "(1, 2)", "(3,)", "list(L)"),
    "a setup function": (SETUP, "1", "2", "C['k']"),
    "a default that changes something": ("Q = [1, 2, 3]\ndef _f(x={}): return x", "Q.pop()", "Q.pop(0)", "(_f(), list(Q))"),
    "a registry of functions": (REGISTRY, "1", "2", "sum(f() for f in REG.values())"),
    "a registry that is an object": (OBJECT, "1", "2", "[f() for f in REG.all]"),
    "a registry that is a list": ("REG = []\n@REG.append\ndef _a(): return {}", "1", "2", "[f() for f in REG]"),
    "a function for each type": (DISPATCH, "1", "2", "_area(3)"),
    "a class that records its subclasses": (NOTING, "1", "2", "list(Base.subs)"),
    "a class that lists its subclasses": (
        "class Base: ...\nclass A(Base): v = {}",
        "1",
        "2",
        "[c.v for c in Base.__subclasses__()]",
    ),
    "an attribute of a class": ("class K: n = 0\n{}", "K.n += 1", "K.n += 2", "K.n"),
}


def shown(session: Session, files: dict[str, str]) -> object:
    session.update(files)
    run = session.run()
    return run["outputs"], [problem["kind"] for problem in run["problems"]]


def both(*steps: dict[str, str]) -> tuple[object, object]:
    """Return the result of a session after its last step, and the result of a fresh session."""
    with Session() as edited, Session() as fresh:
        for files in steps:
            latest = shown(edited, files)
        return latest, shown(fresh, steps[-1])


@pytest.mark.parametrize(("text", "before", "after", "node"), IN_ONE_MODULE.values(), ids=IN_ONE_MODULE)
def test_an_edit_of_a_side_effect_equals_a_fresh_run(text, before, after, node):
    steps = [flow(text.format(part), node) for part in (before, after, after + " ", before)]
    for count in range(2, len(steps) + 1):
        edited, fresh = both(*steps[:count])
        assert edited == fresh


def test_an_edit_of_another_node_does_not_repeat_a_side_effect():
    edited, fresh = both(flow(GROWING.format('COLS += ["b"]'), "list(COLS)"), flow(GROWING.format('COLS += ["b"]'), "COLS[:]"))
    assert edited == fresh


PRECISION = "decimal.getcontext().prec"

TWO_MODULES = {
    "a list in another module": (
        {"x.py": "import y\nL = y.L\nL.append({})", "y.py": "L = []\nL.append(2)"}, {"x.py": "list(y.L)", "y.py": "list(L)"},
    ),
    "an attribute of another module": (
        {"x.py": "import y\ny.RATE = {}", "y.py": "RATE = 1"}, {"x.py": "y.RATE", "y.py": "RATE"},
    ),
    "an imported list": (
        {"x.py": "from y import L\nX = L.append({})", "y.py": "L = []"}, {"x.py": "list(L)", "y.py": "list(L)"},
    ),
    "a library setting": (
        {"x.py": f"import decimal\n{PRECISION} = {{}}", "y.py": "import decimal"}, {"x.py": "0", "y.py": PRECISION},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("texts", "nodes"), TWO_MODULES.values(), ids=TWO_MODULES)
def test_a_side_effect_on_another_module_is_visible_there(texts, nodes):
    def files(part: str) -> dict[str, str]:
        written = {file: text.format(part) + NODE.format(nodes[file]) for file, text in texts.items()}
        return {file: text.replace("def n()", f"def of_{file[0]}()") for file, text in written.items()}

    with localcontext():  # the dataflow changes the precision of this thread
        edited, fresh = both(files("5"), files("6"))
    assert edited == fresh


def test_a_constant_that_moves_above_its_dependency_fails_as_in_a_fresh_run():
    edited, fresh = both(flow("A = 1\nB = A + 1", "B"), flow("B = A + 1\nA = 1", "B"))
    assert edited == fresh
    assert "NameError" in str(edited)


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ('def _t():\n    """{}"""', "_t.__doc__"),
        ('class K:\n    """{}"""', "K.__doc__"),
        ("import inspect\ndef _t():\n    return 0  # {}", "inspect.getsource(_t)"),
        ("from importlib import import_module\nRATE = '{}'", "import_module('flow').RATE"),
        ("import sys\nRATE = '{}'", "sys.modules['flow'].RATE"),
        ("RATE = '{}'\ndef _t(): ...", "_t.__globals__['RATE']"),
    ],
)
def test_code_that_reads_source_text_depends_on_all_of_it(text, node):
    edited, fresh = both(flow(text.format("one"), node), flow(text.format("two"), node))
    assert edited == fresh


WITH_SIDE_EFFECTS = """\
import decimal
decimal.getcontext().prec = 28
NAMES = []
NAMES.append("a")
RATE = 1
class Price: ...
MISSING = object()
def price() -> object:
    return Price()
def missing() -> object:
    return MISSING
def names() -> list:
    return [*NAMES]
def total(price: object, missing: object) -> tuple:
    return isinstance(price, Price), missing is MISSING, RATE
"""


@pytest.mark.parametrize(
    ("old", "new", "rerun"),
    [
        ("import decimal", "# a comment\nimport decimal", set()),
        ("missing is MISSING", "MISSING is missing", {"total"}),
        ("RATE = 1", "RATE = 2", {"total"}),
        ("[*NAMES]", "NAMES[:]", {"names"}),
        ("class Price: ...", "class Price:\n    amount = 1", {"price", "total"}),
        ("RATE = 1", "RATE = 1\nprint(RATE)", set()),
        ('"a"', '"b"', {"price", "missing", "names", "total"}),
    ],
    ids=["a comment", "a function", "a constant", "a reader", "a class", "a call that prints", "a side effect"],
)
def test_an_edit_next_to_a_side_effect_reruns_only_the_affected_nodes(old: str, new: str, rerun: set[str]) -> None:
    edited = WITH_SIDE_EFFECTS.replace(old, new, 1)
    with Session() as session, Session() as fresh:
        session.update({"flow.py": WITH_SIDE_EFFECTS})
        session.run()
        session.update({"flow.py": edited})
        run = session.run()
        fresh.update({"flow.py": edited})
        assert {name for name, node in run["nodes"].items() if node["state"] == "succeeded"} == rerun
        assert run["outputs"] == fresh.run()["outputs"]


@pytest.mark.parametrize(
    "constant",
    [
        "RATE = float('3')",
        "import math\nRATE = math.sqrt(9)",
        "def _rate(x):\n    return x + 1\nRATE = _rate(2)",
        "NAMES = ['a', 'b']\nRATE = len(NAMES)",
        "NAMES = ['a', 'b']\nRATE = sorted(NAMES)",
        "import pandas as pd\nTABLE = pd.DataFrame({'a': [1, 2]})\nRATE = float(TABLE['a'].mean())",
        "from pathlib import Path\nROOT = Path('data')\nRATE = str(ROOT / 'x.csv')",
        "def _names(modules):\n    locate = modules\n    return locate\nRATE = 3",
        "import headwater as hw\nCOLUMNS = ['a']\n@hw.tag(kind='x')\ndef _f():\n    return COLUMNS\nRATE = 3",
    ],
)
def test_constants_without_side_effects_are_not_executed_again(constant):
    text = constant + NODE.format("RATE") + "\n\ndef other() -> int:\n    return 1\n"
    with Session() as session:
        session.update({"flow.py": text})
        session.run()
        session.update({"flow.py": text.replace("return 1", "return 2")})
        assert {name: node["state"] for name, node in session.run()["nodes"].items()} == {"n": "reused", "other": "succeeded"}
