"""The outline evaluates `config.where` if the source text determines whether the condition holds."""

import pytest

from headwater.outline import outline
from headwater.wire.views import GraphView

UNKNOWN = (
    "@config.where calls a function, so only a run can tell whether the decorated function is included. "
    "The graph shows the plain function."
)


def drawn(condition: str, config: dict[str, object] | None = None, head: str = "") -> GraphView:
    source = f"""\
import os
from headwater import config
{head}
@config.where({condition})
def tax__late(price: int) -> int: ...
@config.otherwise
def tax__early(cost: int) -> int: ...
"""
    other = "LIMIT = 2020\nOVER = lambda year=LIMIT: year > LIMIT\ndef _late(year: int = LIMIT):\n    return year > LIMIT\n"
    return outline({"a.py": source, "limits.py": other}, config)


CONDITIONS = {
    "a lambda": ("lambda year=0: year > 2020", ""),
    "a keyword-only parameter": ("lambda *, year=0: year > 2020", ""),
    "two keys": ("lambda year=0, month=1: year > 2020 and month in {1, 2}", ""),
    "no default": ("lambda year: year is not None and year > 2020", ""),
    "a result that is only truthy": ("lambda year=0: [year] if year > 2020 else []", ""),
    "a constant": ("lambda year=0: year > LIMIT", "LIMIT = 2020"),
    "a constant as the default": ("lambda year=LIMIT: year > 2020", "LIMIT = 2020"),
    "a parameter with the name of a constant": ("lambda year=0: year > 2020", "year = 1"),
    "a comprehension": ("lambda year=0: any(year > limit for limit in [2020])", ""),
    "a named lambda": ("LATE", "LATE = lambda year=0: year > 2020"),
    "a function": ("_late", 'def _late(year: int = 0) -> bool:\n    """Say."""\n    return year > 2020'),
    "a lambda from another module": ("limits.OVER", "import limits"),
    "a function from another module": ("_late", "from limits import _late"),
}


@pytest.mark.parametrize(("condition", "head"), CONDITIONS.values(), ids=CONDITIONS)
@pytest.mark.parametrize(
    ("config", "selected"), [({}, "tax__early"), ({"year": 2021}, "tax__late"), ({"year": 9}, "tax__early")]
)
def test_a_condition_that_the_text_determines_selects_a_variant(condition, head, config, selected):
    view = drawn(condition, config, head)
    assert [node["function"] for node in view["nodes"] if node["name"] == "tax"] == [selected]
    assert view["problems"] == []
    assert "year" in view["config"]


UNDETERMINED = {
    "another library": ("lambda year=0: os.getenv('YEAR')", ""),
    "a default from another library": ("lambda year=os.name: year", ""),
    "an error": ("lambda year=None: year > 2020", ""),
    "too much work": ("lambda year=0: 'x' * 10 ** 9", ""),
    "a lambda that changes": ("LATE", "LATE = lambda year=0: year > 2020\nLATE = print"),
    "a constant that changes": ("lambda year=0: year > LIMIT", "LIMIT = 2020\nLIMIT += 1"),
    "several statements": ("_late", "def _late(year: int = 0):\n    year += 1\n    return year"),
    "a decorated function": ("_late", "@os.cache\ndef _late(year: int = 0):\n    return year"),
    "one of two functions": ("_late", "if os.name:\n    def _late(year: int = 0):\n        return year"),
    "a function from another library": ("os.isatty", ""),
    "parameters without names": ("lambda *years: years", ""),
    "two functions": ("lambda: False, lambda: True", ""),
}


@pytest.mark.parametrize(("condition", "head"), UNDETERMINED.values(), ids=UNDETERMINED)
def test_a_function_whose_condition_is_unknown_is_shown_with_a_warning(condition, head):
    view = drawn(condition, {}, head)
    assert [node["function"] for node in view["nodes"] if node["name"] == "tax"] == ["tax__late"]
    line = 4 + head.count("\n")
    assert [(problem["severity"], problem["line"], problem["column"], problem["message"]) for problem in view["problems"]] == [
        ("warning", line, 2, f"`tax__late` (a.py:{line}): {UNKNOWN}")
    ]


def test_only_the_config_of_a_run_decides_whether_a_condition_is_known():
    condition = "lambda year=None: year > 2020"
    assert len(drawn(condition)["problems"]) == 1
    assert drawn(condition, {"year": 2021})["problems"] == []
    assert len(drawn(condition, {"year": object()})["problems"]) == 1


def test_an_error_about_a_function_with_an_unknown_condition_is_a_warning():
    source = """\
from headwater import config
def price() -> float: ...
@config.where(lambda year=None: year > 2020)
def total(price: str) -> float: ...
"""
    severities = {year: [p["severity"] for p in outline({"a.py": source}, {"year": year})["problems"]] for year in (None, 2021)}
    assert severities == {None: ["warning", "warning"], 2021: ["error"]}
