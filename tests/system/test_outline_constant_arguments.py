"""Decorators whose arguments are computed from constants."""

import textwrap

import pytest

from headwater.encoding.graph import node_view
from headwater.outline import outline

HEAD = "import headwater as hw\nfrom headwater import extract_columns, group, inject, parameterize, source, tag, value\n"

SAME_AS_BUILT = {
    "a dictionary comprehension": """
        LAGS = [1, 7]
        @parameterize(**{f"lag_{n}": {"n": value(n)} for n in LAGS})
        def lag(n: int, price: float) -> float: return price * n
    """,
    "a comprehension in a constant": """
        LAGS = {f"lag_{n}": {"n": value(n)} for n in range(1, 10, 3)}
        @parameterize(**LAGS)
        def lag(n: int, price: float) -> float: return price * n
    """,
    "a group of sources": """
        COLUMNS = ["a", "b"]
        @inject(parts=group(*[source(c) for c in COLUMNS]))
        def total(parts: list[float]) -> float: return sum(parts)
    """,
    "a group with keywords": """
        COLUMNS = "a b".split()
        @inject(parts=group(**{c.upper(): source(f"{c}_sum") for c in COLUMNS}))
        def total(parts: dict[str, float]) -> float: return sum(parts.values())
    """,
    "columns combined from two lists": """
        import pandas as pd
        BASE = ("age", "height")
        ALL = [*BASE, *(f"{name}_squared" for name in BASE)]
        @extract_columns(*ALL)
        def people() -> pd.DataFrame: ...
    """,
    "tags from a template": """
        TEAM = "growth"
        TAGS = {"owner": "{}-team".format(TEAM), "level": str(len(TEAM))}
        @tag(**TAGS)
        def total() -> int: ...
    """,
    "fields with their types": """
        NAMES = ["low", "high"]
        @hw.extract_fields({name: float for name in NAMES})
        def bounds() -> dict[str, float]: ...
    """,
    "fields by name": """
        @hw.extract_fields(*(f"{side}_{unit}" for side in "lr" for unit in ("cm", "in")))
        def bounds() -> dict[str, float]: ...
    """,
    "parts of a tuple": """
        N = 3
        @hw.unpack_fields(*[f"part_{n}" for n in range(N)])
        def parts() -> tuple[int, ...]: ...
    """,
    "parameters from a table": """
        ROWS = [("us", 0.1), ("de", 0.19)]
        @parameterize(**{f"tax_{name}": dict(rate=value(rate), price=source(f"price_{name}")) for name, rate in ROWS})
        def tax(rate: float, price: float) -> float: return rate * price
    """,
    "values by name": """
        @hw.parameterize_values("n", {(f"of_{n}", f"By {n}."): n for n in [1, 2]})
        def of(n: int) -> int: return n
    """,
    "sources by name": """
        @hw.parameterize_sources(**{f"total_{c}": {"price": f"price_{c}"} for c in ("us", "de")})
        def total(price: float) -> float: return price
    """,
    "a conditional constant": """
        DEBUG = False
        LAGS = [1] if DEBUG else [1, 2]
        @parameterize(**{f"lag_{n}": {"n": value(n)} for n in LAGS})
        def lag(n: int) -> int: return n
    """,
    "steps": """
        FACTORS = [2.0, 3.0]
        def _scaled(x: float, by: float) -> float: return x * by
        @hw.pipe_output(*[hw.step(_scaled, by=factor).named(f"times_{factor:.0f}") for factor in FACTORS])
        def total() -> float: return 1.0
    """,
    "subdags": """
        def part(price: float) -> float: return price
        SHOPS = {"us": 1.0, "de": 2.0}
        @hw.parameterized_subdag(part, **{f"shop_{n}": {"inputs": {"price": value(p)}} for n, p in SHOPS.items()})
        def each(part: float) -> float: return part
    """,
    "a variant": """
        EUROPE = sorted({"de", "fr"})
        @hw.config.when_in(region=[*EUROPE, None])
        def tax__eu() -> int: return 1
    """,
    "a check": """
        LOW, = (0,)
        HIGH = 10 ** 3
        @hw.check_output(range=(-HIGH, HIGH / 2), values_in=list(range(3)))
        def total() -> int: return 1
    """,
    "a decorator with a name": """
        LAGS = (1, 7)
        lags = parameterize(**{f"lag_{n}": {"n": value(n)} for n in LAGS})
        @lags
        def lag(n: int) -> int: return n
    """,
    "a default": """
        DAYS = 7
        def total(price: float, days: int = DAYS * 4, unit: str = f"{DAYS}d") -> float: return price
    """,
}  # fmt: skip


@pytest.mark.parametrize("source", SAME_AS_BUILT.values(), ids=SAME_AS_BUILT)
def test_computed_constants_are_drawn_as_they_are_built(source, built):
    files = {"constants_of_a_flow.py": HEAD + textwrap.dedent(source)}
    view = outline(files)
    graph = built(files)
    assert view["problems"] == []
    assert {node["name"]: {**node, "end": None} for node in view["nodes"]} == {
        node.name: node_view(graph, node, file="constants_of_a_flow.py") for node in graph
    }


def lags(settings: str, flow: str = "from settings import LAGS") -> dict[str, str]:
    decorated = '@parameterize(**{f"lag_{n}": {"n": value(n)} for n in LAGS})\ndef lag(n: int) -> int: return n\n'
    return {"settings.py": textwrap.dedent(settings), "flow.py": HEAD + textwrap.dedent(flow) + "\n" + decorated}


KEPT = {
    "from another module": lags("LAGS = [1, 7]"),
    "computed there": lags("BASE = 7\nLAGS = [n * BASE // 7 for n in (1, 7)]"),
    "under another name": lags("DAYS = (1, 7)", "from settings import DAYS as LAGS"),
    "through the module": lags("LAGS = [1, 7]", "import settings\nLAGS = settings.LAGS"),
    "through two names": lags("DAYS = [1, 7]\nLAGS = DAYS"),
    "by a star import": lags("LAGS = [1, 7]", "from settings import *"),
    "by a star import, and headwater's star import": lags("LAGS = [1, 7]", "from settings import *\nfrom headwater import *"),
    "final": lags("from typing import Final\nLAGS: Final[tuple[int, ...]] = (1, 7)"),
    "read in many ways": lags(
        "LAGS = [1, 7]\nCOPY = list(LAGS)\nCOPY.append(9)\nprint(LAGS, len(LAGS))\nALL = LAGS + [9]\nALL.append(1)\n"
        "for LAG in LAGS:\n    print(LAG)\ndef _f(df): return df[LAGS].append(LAGS)\ndef _g(LAGS): LAGS.append(2)\n"
    ),
    "with a local variable of the same name": lags(
        "LAGS = [1, 7]\ndef _f():\n    LAGS = []\n    LAGS.append(1)\n    return LAGS"
    ),
    "within if": lags("import os\nif os.name:\n    LAGS = [1, 7]"),
    "within a known Python version": lags(
        "import sys\nif sys.version_info >= (3, 8):\n    LAGS = [1, 7]\nelse:\n    LAGS = []"
    ),
    "outside the branch for type checkers": lags(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    LAGS = []\nelse:\n    LAGS = [1, 7]"
    ),
}
CHANGED = {
    "bound again": lags("LAGS = [1, 7]\nLAGS = [1]"),
    "bound in branches": lags("import os\nif os.name:\n    LAGS = [1, 7]\nelse:\n    LAGS = []"),
    "bound by a fallback": lags("try:\n    import settings_of_mine\n    LAGS = [1]\nexcept ImportError:\n    LAGS = [1, 7]"),
    "bound by a loop": lags("LAGS = [1, 7]\nfor LAGS in ([1], [2]):\n    pass"),
    "bound by with": lags("LAGS = [1, 7]\nwith open('a') as LAGS:\n    pass"),
    "bound by an import": lags("LAGS = [1, 7]\nimport os as LAGS"),
    "bound by a match": lags("LAGS = [1, 7]\nmatch [1]:\n    case LAGS:\n        pass"),
    "bound by a walrus": lags("LAGS = [1, 7]\nprint(LAGS := [1])"),
    "bound by a class": lags("LAGS = [1, 7]\nclass LAGS:\n    pass"),
    "bound by a function": lags("LAGS = [1, 7]\ndef _more():\n    global LAGS\n    LAGS = [1]\n_more()"),
    "deleted": lags("LAGS = [1, 7]\ndel LAGS"),
    "bound by another module": lags("LAGS = [1, 7]", "import settings\nsettings.LAGS = [2]\nfrom settings import LAGS"),
    "bound by a later star import": lags("", "LAGS = [1, 7]\nfrom somewhere import *"),
    "bound through `globals()`": lags("LAGS = [1, 7]\nglobals()['LAGS'] = [2]"),
    "added to": lags("LAGS = [1, 7]\nLAGS += [9]"),
    "appended to": lags("LAGS = [1, 7]\nLAGS.append(9)"),
    "appended to in a function": lags("LAGS = [1, 7]\ndef _more():\n    LAGS.append(9)\n_more()"),
    "appended to in another module": lags("LAGS = [1, 7]", "from settings import LAGS\nLAGS.append(9)"),
    "appended to through the module": lags(
        "LAGS = [1, 7]", "import settings\nsettings.LAGS.append(9)\nfrom settings import LAGS"
    ),
    "appended to through another name": lags("LAGS = [1, 7]\nOTHER = LAGS\nOTHER.append(9)"),
    "appended to within a list": lags("LAGS = [1, 7]\nALL = [LAGS]\nALL[0].append(9)"),
    "appended to in a loop": lags("LAGS = [1, 7]\nfor one in [LAGS]:\n    one.append(9)"),
    "appended to in a function through another name": lags(
        "LAGS = [1, 7]\ndef _more():\n    x = LAGS\n    x.append(9)\n_more()"
    ),
    "appended to by a function": lags("LAGS = [1, 7]\nlist.append(LAGS, 9)"),
    "shuffled": lags("import random\nLAGS = [1, 7]\nrandom.shuffle(LAGS)"),
    "set at an index": lags("LAGS = [1, 7]\nLAGS[0] = 2"),
    "deleted from": lags("LAGS = [1, 7]\ndel LAGS[0]"),
    "from elsewhere": lags("", "from elsewhere import LAGS"),
    "from a star import of an unknown module": lags("", "from elsewhere import *"),
    "read from the environment": lags("import os\nLAGS = os.environ['LAGS'].split(',')"),
    "a call": lags("def _lags(): return [1, 7]\nLAGS = _lags()"),
    "names that refer to each other": lags("LAGS = OTHER\nOTHER = LAGS"),
    "a function with the name of a builtin": lags("def range(n: int) -> list: return [n]\nLAGS = [*range(7)]"),
    "a star import that may hide a builtin": lags("from numpy import *\nLAGS = [*range(7)]"),
}


@pytest.mark.parametrize("files", KEPT.values(), ids=KEPT)
def test_a_name_that_keeps_its_value_is_read(files):
    view = outline(files)
    assert view["problems"] == []
    assert {"lag_1", "lag_7"} <= {node["name"] for node in view["nodes"]}


IMPORTS = {
    "from . import": ("shop/flow.py", "from . import settings\nLAGS = settings.LAGS"),
    "from .module import": ("shop/flow.py", "from .settings import LAGS"),
    "from the package": ("shop/flow.py", "from shop.settings import LAGS"),
    "from the parent package": ("shop/prices/flow.py", "from ..settings import LAGS"),
    "in the package itself": ("shop/__init__.py", "from .settings import LAGS"),
    "by a star import": ("shop/flow.py", "from .settings import *"),
}


@pytest.mark.parametrize(("file", "statement"), IMPORTS.values(), ids=IMPORTS)
def test_a_constant_may_come_from_a_module_of_the_same_package(file, statement):
    files = lags("LAGS = [1, 7]", statement)
    view = outline({"shop/settings.py": files["settings.py"], file: files["flow.py"]})
    assert view["problems"] == []
    assert [node["name"] for node in view["nodes"]] == ["lag_1", "lag_7"]


@pytest.mark.parametrize("files", CHANGED.values(), ids=CHANGED)
def test_a_name_whose_value_may_change_is_known_only_after_a_run(files):
    view = outline(files)
    messages = [problem["message"] for problem in view["problems"]]
    line = files["flow.py"].split("\n").index('@parameterize(**{f"lag_{n}": {"n": value(n)} for n in LAGS})') + 1
    message = "@parameterize has computed arguments, so only a run can tell what it does. The graph shows the plain function."
    assert messages == [f"`lag` (flow.py:{line}): {message}"]
    assert [problem["severity"] for problem in view["problems"]] == ["warning"]
    assert "lag" in {node["name"] for node in view["nodes"]}


def test_many_expensive_constants_end_after_the_steps_of_their_module():
    expensive = "\n".join(f"@tag(a=str(sum(n * {k} for n in range(9000))))\ndef f{k}() -> int: ..." for k in range(200))
    view = outline({"a.py": HEAD + expensive})
    read = [node for node in view["nodes"] if node["tags"]]
    assert 0 < len(read) < 100
    assert {problem["severity"] for problem in view["problems"]} == {"warning"}
