"""An outline after an edit equals a fresh outline, and unchanged parts are reused."""

from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.outline import Outliner, outline

PLAIN = "def price(quantity: int) -> int: ...\ndef tax(price: int, rate: float = 0.2) -> float: ..."
CONSTANTS = "LAGS = [1, 2]\nRATE = 0.5\nPrices = dict[str, float]"
TYPES = "from typing import TypedDict\nclass Row(TypedDict):\n    low: int\n    high: int"
LAGGED = """
from a import LAGS
import headwater as hw
@hw.parameterize(**{f"lag_{n}": {"by": hw.value(n)} for n in LAGS})
def lag(price: int, by: int) -> int: ...
"""
VARIANTS = """
import headwater as hw
@hw.config.when(kind="big")
def size__big(price: int) -> int: ...
@hw.config.otherwise
def size__small(tax: float) -> int: ...
"""
NESTED = """
import headwater as hw
import a, c
@hw.subdag(a, inputs={"quantity": hw.source("low")})
def inner(tax: float) -> float: ...
"""
TEXTS = [
    "",
    PLAIN,
    PLAIN.replace("0.2", "0.3"),
    PLAIN.replace("-> int", "-> str"),
    PLAIN.replace("tax", "_tax"),
    f"# a line more\n{PLAIN}",
    CONSTANTS,
    CONSTANTS.replace("[1, 2]", "[1, 2, 3]"),
    f"{CONSTANTS}\nLAGS.append(3)",
    TYPES,
    TYPES.replace("high: int", "high: str"),
    LAGGED,
    VARIANTS,
    NESTED,
    "def total(tax: float, row: dict) -> int: ...\ndef broken(:",
    "import a\ndef shown(tax: float) -> a.Prices: ...",
    "def shown(tax: float) -> a.Prices: ...",
    "from a import *\ndef row(price: int) -> Row: ...",
    "from b import Row\nimport headwater as hw\n@hw.extract_fields()\ndef row(price: int) -> Row: ...",
    "def high(row: 'list[int]', low: int = 3) -> int: ...\ndef high(low: int) -> int: ...",
    "import a\na.LAGS.append(4)\na.RATE = 1",
    "import headwater as hw\nfrom a import price\n@hw.mutate(price)\ndef _twice(value: int) -> int: ...",
    "@unknown\ndef tax(price: int) -> int: ...",
    "def price(total: int) -> int: ...\ndef total(price: int) -> int: ...",
]

files = st.sampled_from(["a.py", "b.py", "c.py", "package/a.py", "data.csv"])
dataflows = st.dictionaries(files, st.sampled_from(TEXTS), max_size=4)
values = st.sampled_from([{}, {"quantity": 2}, {"price": 3, "tax": None}])
histories = st.lists(st.tuples(dataflows, values), min_size=2, max_size=6)


@settings(max_examples=3 * settings.default.max_examples)
@given(histories, st.sampled_from([{}, {"kind": "big"}, {"kind": "small", "low": 2}]))
def test_every_outline_equals_that_of_a_new_outliner(history, config):
    outliner = Outliner(config)
    for texts, given_values in history:
        assert outliner.read(texts, values=given_values) == outline(texts, config, values=given_values)


def test_the_view_of_an_unaffected_node_is_the_same_object():
    outliner = Outliner()
    before = outliner.read({"a.py": PLAIN, "b.py": "def total(tax: float) -> float: ..."})
    after = outliner.read({"a.py": PLAIN, "b.py": "def total(tax: float) -> int: ...\ndef last(total: int) -> int: ..."})
    reused = [node["name"] for node in after["nodes"] if any(node is earlier for earlier in before["nodes"])]
    assert reused == ["price", "tax"]


def test_a_node_that_another_node_uses_now_is_not_an_output():
    outliner = Outliner()
    outliner.read({"a.py": PLAIN})
    after = outliner.read({"a.py": PLAIN, "b.py": "def total(tax: float) -> int: ..."})
    assert [node["name"] for node in after["nodes"] if node["output"]] == ["total"]


def test_a_constant_of_another_module_counts():
    outliner = Outliner()
    outliner.read({"a.py": CONSTANTS, "b.py": LAGGED})
    after = outliner.read({"a.py": "LAGS = [7]", "b.py": LAGGED})
    assert [node["name"] for node in after["nodes"] if node["kind"] == "function"] == ["lag_7"]
