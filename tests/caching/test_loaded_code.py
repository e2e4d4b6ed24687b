"""The token of a function changes with everything that it uses, and with nothing else."""

from __future__ import annotations

import functools
import importlib
import json
import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from headwater.caching.loaded_code import LoadedCode

FLOW = """
import functools
import logging

import helpers
from helpers import Order, scaled_by
from helpers import tax as vat

log = logging.getLogger(__name__)
RATE = 2
CALLS = []


@scaled_by(3)
def total(price, extra=1):
    "Return the total."
    CALLS.append(price)  # counts calls
    log.info("total")
    return helpers.scale(price) * RATE + vat(price) + extra


def order_total(price):
    return Order(price).total()


def nested(price):
    from deep import deepest

    def inner(value):
        return deepest(value)

    return [inner(number) for number in (price,)]


@functools.lru_cache
def remembered(value):
    return value + RATE


def uses_remembered(price):
    return remembered(price)


def makes_adder(number):
    def add(value):
        return value + number

    return add


add_one = makes_adder(1)


def uses_closure(price):
    return add_one(price)


def uses_partial(price, scale=functools.partial(helpers.scale, factor=5)):
    return scale(price)


def uses_method(price):
    return helpers.DEFAULT.total() + price


def passes_module(price):
    return getattr(helpers, "scale")(price)
"""
HELPERS = """
import dataclasses
import enum

import deep

FACTOR = 10


class Color(enum.Enum):
    RED = 1

    def weight(self):
        return FACTOR


class Base:
    def discounted(self, value):
        return value - 7


@dataclasses.dataclass
class Order(Base):
    price: int
    discount: int = 3
    kinds: list = dataclasses.field(default_factory=list)
    LIMIT = 5

    def total(self):
        return self.discounted(self.price) + self.LIMIT + deep.deepest(1)


DEFAULT = Order(4)


def scale(value, factor=None):
    return value * (factor or FACTOR)


def tax(value):
    return Color.RED.weight() + value


def scaled_by(number):
    def decorate(function):
        import functools

        @functools.wraps(function)
        def inner(*arguments, **keywords):
            return function(*arguments, **keywords) * number

        return inner

    return decorate
"""
DEEP = """
LIMITS = {"low": [1, 2]}


def deepest(value):
    return LIMITS["low"][0] + value
"""
SOURCES = {"deep": DEEP, "helpers": HELPERS, "flow": FLOW}
NAMES = (
    *("total", "order_total", "nested", "uses_remembered", "uses_closure", "uses_partial", "uses_method", "passes_module"),
)
Load = Callable[..., ModuleType]


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """Write the modules, some of them changed, and import `flow` as a new process would."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    def run(**changed: str) -> ModuleType:
        for name, source in {**SOURCES, **changed}.items():
            (tmp_path / f"{name}.py").write_text(source, encoding="utf-8")
        for name in SOURCES:
            sys.modules.pop(name, None)
        importlib.invalidate_caches()
        return importlib.import_module("flow")

    yield run
    for name in SOURCES:
        sys.modules.pop(name, None)


def tokens(flow: ModuleType) -> dict[str, str | None]:
    code = LoadedCode()
    return {name: code.token(getattr(flow, name)) for name in NAMES}


def changed_by(load: Load, module: str, before: str, after: str) -> set[str]:
    assert SOURCES[module].count(before) == 1
    old = tokens(load())
    new = tokens(load(**{module: SOURCES[module].replace(before, after)}))
    assert None not in (*old.values(), *new.values())
    return {name for name in NAMES if old[name] != new[name]}


@pytest.mark.parametrize(
    ("module", "before", "after"),
    [
        ("flow", "  # counts calls", "  # another comment"),
        ("flow", '"Return the total."', '"Return it."'),
        ("flow", '    "Return the total."\n', ""),
        ("flow", "def total(price, extra=1)", "def total(price, extra = 1)"),
        ("flow", "\n\n@scaled_by(3)", "\n\ndef unrelated():\n    return 1\n\n\n@scaled_by(3)"),
        ("flow", "CALLS = []", "CALLS = [1]"),
        ("helpers", "import deep\n", "import deep\nUNUSED = 3\n"),
    ],
    ids=["comment", "docstring", "no docstring", "layout", "line number", "log of calls", "unused value"],
)
def test_a_token_does_not_change_with_what_cannot_affect_the_result(load: Load, module: str, before: str, after: str) -> None:
    assert changed_by(load, module, before, after) <= {"passes_module"}


@pytest.mark.parametrize(
    ("module", "before", "after", "changed"),
    [
        ("flow", "RATE = 2", "RATE = 3", {"total", "uses_remembered"}),
        ("flow", "extra=1", "extra=2", {"total"}),
        ("flow", "@scaled_by(3)", "@scaled_by(4)", {"total"}),
        ("flow", "as vat", "as vat\nfrom helpers import scale as vat", {"total"}),
        ("flow", "makes_adder(1)", "makes_adder(2)", {"uses_closure"}),
        ("flow", "factor=5", "factor=6", {"uses_partial"}),
        ("flow", "value + number", "value - number", {"uses_closure"}),
        ("flow", "return value + RATE", "return value - RATE", {"uses_remembered"}),
        ("helpers", "FACTOR = 10", "FACTOR = 11", {"total", "uses_partial", "passes_module"}),
        ("helpers", "RED = 1", "RED = 2", {"total", "passes_module"}),
        ("helpers", "(*arguments, **keywords) * number", "(*arguments, **keywords) + number", {"total", "passes_module"}),
        ("helpers", "LIMIT = 5", "LIMIT = 6", {"order_total", "uses_method", "passes_module"}),
        ("helpers", "discount: int = 3", "discount: int = 4", {"order_total", "uses_method", "passes_module"}),
        ("helpers", "default_factory=list", "default_factory=tuple", {"order_total", "uses_method", "passes_module"}),
        ("helpers", "value - 7", "value - 8", {"order_total", "uses_method", "passes_module"}),
        ("helpers", "Order(4)", "Order(5)", {"uses_method", "passes_module"}),
        ("deep", "[1, 2]", "[1, 3]", {"order_total", "nested", "uses_method", "passes_module"}),
        ("deep", "[0] + value", "[0] - value", {"order_total", "nested", "uses_method", "passes_module"}),
    ],
    ids=lambda value: None if isinstance(value, set) else str(value).replace("\n", " "),
)
def test_a_token_changes_with_everything_that_a_function_uses(
    load: Load, module: str, before: str, after: str, changed: set[str]
) -> None:
    assert changed_by(load, module, before, after) == changed


@pytest.mark.native  # starts another Python
def test_tokens_are_the_same_in_another_process(load: Load, tmp_path: Path) -> None:
    here = tokens(load())
    program = f"""
    import json, sys
    sys.dont_write_bytecode = True
    sys.path.insert(0, {str(tmp_path)!r})
    import flow
    from headwater.caching.loaded_code import LoadedCode
    code = LoadedCode()
    print(json.dumps({{name: code.token(getattr(flow, name)) for name in {NAMES!r}}}))
    """
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    ran = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=True, env=environment
    )
    assert json.loads(ran.stdout) == here


def test_a_file_that_changed_after_its_import_does_not_matter(load: Load, tmp_path: Path) -> None:
    flow = load()
    before = tokens(flow)
    (tmp_path / "helpers.py").write_text(HELPERS.replace("FACTOR = 10", "FACTOR = 99"), encoding="utf-8")
    (tmp_path / "deep.py").write_text("broken (", encoding="utf-8")
    assert tokens(flow) == before


def test_a_value_that_was_replaced_in_memory_changes_the_token(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    flow = load()
    code = LoadedCode()
    before = code.token(flow.total)
    assert not code.refresh()
    monkeypatch.setattr(flow.helpers, "FACTOR", 99)
    assert code.refresh()
    assert code.token(flow.total) != before


def test_a_value_that_was_changed_in_place_changes_the_token(load: Load) -> None:
    flow = load()
    code = LoadedCode()
    before = code.token(flow.nested)
    sys.modules["deep"].LIMITS["low"][0] = 5
    assert code.refresh()
    assert code.token(flow.nested) != before


def test_a_log_of_calls_does_not_change_the_token(load: Load) -> None:
    flow = load()
    code = LoadedCode()
    before = code.token(flow.total)
    flow.total(1)
    code.refresh()
    assert code.token(flow.total) == before


def test_a_replaced_helper_changes_the_token(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    flow = load()
    code = LoadedCode()
    before = code.token(flow.order_total)
    monkeypatch.setattr(flow.Order, "total", lambda _: 1)
    assert code.refresh()
    assert code.token(flow.order_total) != before


def function_of(source: str, name: str = "f") -> Callable[..., object]:
    namespace: dict[str, object] = {"__name__": "notebook"}
    exec(textwrap.dedent(source), namespace)  # noqa: S102 - the test's own code
    function = namespace[name]
    assert callable(function)
    return function


def test_a_function_without_a_file_has_a_token() -> None:
    code = LoadedCode()
    one, same, other = (function_of(f"RATE = {rate}\ndef f(x): return x * RATE") for rate in (1, 1, 2))
    assert code.token(one) is not None
    assert code.token(one) == code.token(same)
    assert code.token(one) != code.token(other)


def test_swapped_helpers_change_the_token() -> None:
    source = "def g(): return {}\ndef h(): return {}\ndef f(): return g() - h()"
    code = LoadedCode()
    assert code.token(function_of(source.format(1, 2))) != code.token(function_of(source.format(2, 1)))


def test_helpers_that_call_each_other_have_tokens() -> None:
    source = """
    def even(n): return n == 0 or odd(n - 1)
    def odd(n): return n != 0 and even(n - {})
    def f(n): return even(n)
    """
    code = LoadedCode()
    assert code.token(function_of(source.format(1))) == code.token(function_of(source.format(1)))
    assert code.token(function_of(source.format(1))) != code.token(function_of(source.format(2)))


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("def f(x): return eval(x)", "calls `eval`"),
        ("def f(x): return globals()[x]", "calls `globals`"),
        ("def f(x): return __import__(x)", "calls `__import__`"),
        ("import importlib\ndef f(x): return importlib.import_module(x)", "uses `importlib.import_module`"),
        ("import sys\ndef f(x): return sys.modules[x]", "uses `sys.modules`"),
        ("import inspect\ndef f(x): return inspect.getsource(x)", "may read source text (`getsource`)"),
        ("import threading\nLOCK = threading.Lock()\ndef f(x):\n    with LOCK: return x", "value notebook.LOCK"),
        ("def g():\n    return eval\ndef f(x): return g()(x)", "`g` calls `eval`"),
        ("def f(x, lines=iter([])): return next(lines)", "cannot be hashed"),
        ("class A:\n    lines = iter([])\ndef f(x): return A", "the attribute `lines` of the class `A` cannot be hashed"),
    ],
    ids=lambda value: value.replace("\n", " "),
)
def test_code_that_may_use_anything_has_no_token(source: str, problem: str) -> None:
    report = LoadedCode().report(function_of(source))
    assert report.token is None
    assert problem in str(report.problem)


@pytest.mark.parametrize("value", [functools.partial(next, iter([])), iter([]).__next__, threading.Lock()])
def test_a_value_without_a_token_is_named_by_its_type(value: object) -> None:
    assert LoadedCode().report(value).problem == f"the value of type `{type(value).__qualname__}` cannot be hashed"


def test_code_of_libraries_counts_by_version(monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    from headwater.caching.user_code import library_version

    function = function_of("import numpy as np\ndef f(x): return np.sqrt(x)")
    before = LoadedCode().token(function)
    monkeypatch.setattr(np, "__version__", "99")
    library_version.cache_clear()
    try:
        assert LoadedCode().token(function) != before
    finally:
        library_version.cache_clear()


def test_a_report_names_the_parts(load: Load) -> None:
    parts = set(LoadedCode().parts(load().uses_partial))
    assert {"function flow.uses_partial", "function helpers.scale", "value helpers.FACTOR"} <= parts


def test_objects_that_have_no_digest_do_not_break_constants() -> None:
    class Hostile:
        def __reduce_ex__(self, protocol: object) -> tuple[object, ...]:
            raise ValueError

    code = LoadedCode()
    assert code.constant(Hostile()) is None
    assert code.constant({"a": len}) == code.constant({"a": len})
    assert code.constant({"a": len}) != code.constant({"a": max})


HELPER = "RATE = 2\ndef rate():\n    return 2\n"
PACKAGE = {"pack/__init__.py": "RATE = 2\n", "pack/part.py": "RATE = 2\n", "pack/other.py": "RATE = 2\n"}
SCALED = """
import functools

class Scaled:
    def __init__(self, function, factor):
        functools.update_wrapper(self, function)
        self.function, self.factor = function, factor

    def __call__(self, value):
        return self.function(value) * self.factor

def scaled_by(factor):
    return lambda function: Scaled(function, factor)

@scaled_by(2)
def helper(value):
    "Return the value."
    return value

def f():
    return helper(5)
"""
SINGLETON = """
class A:
    def __init__(self, x): self.x = x
    def __reduce__(self): return "ONE"

ONE = A(2)

def f(): return ONE.x
"""
Sources = dict[str, str]


@pytest.mark.parametrize(
    ("sources", "before", "after"),
    [
        # modules in values
        ({"flow": "import h\nALL = {'a': h}\ndef f(): return ALL['a'].rate()", "h": HELPER}, "return 2", "return 3"),
        ({"flow": "import h\ndef f(module=h): return module.rate()", "h": HELPER}, "return 2", "return 3"),
        ({"flow": "import h\ndef g(m):\n    return lambda: m.rate()\nf = g(h)", "h": HELPER}, "return 2", "return 3"),
        ({"flow": "import h\nclass A: m = h\na = A()\ndef f(): return a.m.rate()", "h": HELPER}, "return 2", "return 3"),
        # module attributes that a search for their names does not find
        ({"flow": "import h\ndef f(): return h.rate", "h": "def __getattr__(name): return 2"}, "2", "3"),
        ({"flow": "import h\ndef f(): return getattr(h, 'rate')", "h": "def __getattr__(name): return 2"}, "2", "3"),
        ({"flow": "import h\ndef f(): return getattr(h, '__version__')", "h": "__version__ = '2'"}, "'2'", "'3'"),
        # imports inside functions
        ({"flow": "def f():\n    import pack.part\n    return pack.RATE", **PACKAGE}, "pack/__init__.py", ""),
        ({"flow": "import pack.other\ndef f():\n    import pack.part\n    return pack.other", **PACKAGE}, "pack/other.py", ""),
        ({"flow": "def f():\n    import pack.part as part\n    return part.RATE", **PACKAGE}, "pack/part.py", ""),
        ({"flow": "def f():\n    from pack import part\n    return part.RATE", **PACKAGE}, "pack/part.py", ""),
        # decorators and attributes of functions
        ({"flow": SCALED}, "scaled_by(2)", "scaled_by(3)"),
        ({"flow": SCALED}, "* self.factor", "+ self.factor"),
        ({"flow": SCALED}, "return value", "return -value"),
        (
            {
                "flow": "import functools\n@functools.singledispatch\ndef area(x): return 0\n"
                "@area.register\ndef _(x: int): return x * 2\ndef f(): return area(5)"
            },
            "x * 2",
            "x * 3",
        ),
        ({"flow": "def g(): return g.rate\ng.rate = 2\ndef f(): return g()"}, "= 2", "= 3"),
        ({"flow": "def g(): return 1\ng.rate = 2\ndef f(): return getattr(g, 'rate')"}, "= 2", "= 3"),
        ({"flow": "def g(): return 1\ng.rate = 2\ndef f():\n    h = g\n    return h.rate"}, "= 2", "= 3"),
        # values that the code does not refer to by name
        ({"flow": "from types import MappingProxyType\nALL = MappingProxyType({'a': 2})\ndef f(): return ALL['a']"}, "2", "3"),
        ({"flow": SINGLETON}, "A(2)", "A(3)"),
        ({"flow": "LIMIT = 2\ndef f(frame): return frame.query('price > @LIMIT')"}, "= 2", "= 3"),
        ({"flow": "LIMIT = [2]\nTEXT = 'price in @LIMIT'\ndef f(frame): return frame.query(TEXT)"}, "[2]", "[3]"),
        ({"flow": "import db\nTABLE = [2]\ndef f(): return db.sql('select * from TABLE')", "db": "sql = print"}, "[2]", "[3]"),
    ],
    ids=lambda value: str(value.get("flow")).replace("\n", " ")[-70:] if isinstance(value, dict) else "",
)  # fmt: skip
def test_a_token_changes_with_code_that_is_used_indirectly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sources: Sources, before: str, after: str
) -> None:
    def token(changed: Sources) -> str | None:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        for name, text in changed.items():
            file = folder / (name if name.endswith(".py") else f"{name}.py")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        with monkeypatch.context() as patch:
            patch.setattr(sys, "dont_write_bytecode", True)
            patch.setattr(sys, "path", [str(folder), *sys.path])
            importlib.invalidate_caches()
            try:
                return LoadedCode().token(importlib.import_module("flow").f)
            finally:
                for name in ("flow", "h", "db", "pack", "pack.part", "pack.other"):
                    sys.modules.pop(name, None)

    if not after:
        edited = {**sources, before: sources[before].replace("2", "3")}
    else:
        edited = {name: text.replace(before, after) for name, text in sources.items()}
    assert edited != sources
    tokens = [token(sources), token(sources), token(edited)]
    assert None not in tokens
    assert tokens[0] == tokens[1]
    assert tokens[0] != tokens[2]


def test_a_local_name_in_a_query_is_not_a_module_level_value() -> None:
    source = "prices = [2]\ndef f(db, prices): return db.sql('select * from prices')"
    code = LoadedCode()
    assert code.token(function_of(source)) == code.token(function_of(source.replace("2", "3"))) is not None


def test_the_docstring_of_a_decorated_function_does_not_matter() -> None:
    code = LoadedCode()
    first, second = (function_of(source) for source in (SCALED, SCALED.replace("Return the value.", "Return it.")))
    assert code.token(first) == code.token(second) is not None


@pytest.mark.parametrize(
    ("source", "change"),
    [
        ("ALL = {'a': lambda: 2}\ndef f(): return ALL['a']()", "ALL['a'] = lambda: 3"),
        ("ALL = [lambda: 2]\ndef f(): return ALL[0]()", "ALL[0] = lambda: 3"),
        ("def g(): return 1\ng.rate = 2\ndef f(): return g.rate", "g.rate = 3"),
        ("class A:\n    rate = 2\nclass B(A): pass\ndef f(): return B.rate", "B.rate = 3"),
        ("class A:\n    ALL = {'a': 2}\ndef f(): return A.ALL", "A.ALL['a'] = 3"),
        ("class A:\n    rate = 2\nclass B:\n    rate = 3\nclass C(A): pass\ndef f(): return C.rate", "C.__bases__ = (B,)"),
        ("import enum\nclass A(enum.Enum):\n    X = 1\nA.X.rate = 2\ndef f(): return A.X.rate", "A.X.rate = 3"),
        ("def f(): return len('ab')", "len = lambda text: 3"),
        ("import functools\n@functools.singledispatch\ndef g(x): ...\ndef f(): return g(5)", "g.register(int)(lambda x: 3)"),
        ("def make(n):\n    return lambda: n\ng = make([2])\ndef f(): return g()", "g.__closure__[0].cell_contents[0] = 3"),
        ("class A: pass\na = A()\na.b = A()\na.b.rate = 2\ndef f(): return a.b.rate", "a.b.rate = 3"),
    ],
    ids=lambda value: value.replace("\n", " "),
)
def test_what_is_replaced_in_memory_changes_the_token(source: str, change: str) -> None:
    function = function_of(source)
    code = LoadedCode()
    before = code.token(function)
    assert not code.refresh()
    exec(change, function.__globals__)  # noqa: S102 - the test's own code
    assert code.refresh()
    assert code.token(function) not in (None, before)


def test_an_object_that_raises_while_it_is_read_has_no_token() -> None:
    source = """
    class Hostile(type):
        def __getattribute__(cls, name):
            raise LookupError(name)

    class A(metaclass=Hostile):
        pass

    def f(): return A
    """
    report = LoadedCode().report(function_of(source))
    assert report.token is None
    assert "cannot be read" in str(report.problem)


def test_a_metaclass_may_answer_for_any_attribute() -> None:
    source = """
    class Anything(type):
        def __getattr__(cls, name):
            return {}

    class A(metaclass=Anything):
        pass

    def f(): return A.rate
    """
    first, second = (function_of(source.replace("{}", str(number))) for number in (2, 3))
    code = LoadedCode()
    assert None not in (code.token(first), code.token(second))
    assert code.token(first) != code.token(second)
