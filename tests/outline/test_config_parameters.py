"""Config keys that are parameters of functions passed to decorators."""

import pytest

from headwater.outline import outline


@pytest.mark.parametrize(
    ("decorator", "fields"),
    [
        ("@config.where(lambda year: year > 2020)", {"year": "null"}),
        ("@config.where(lambda year=2020, *, plan='a': year)", {"year": "2020", "plan": '"a"'}),
        ("@config.where(late)", {"year": "null", "month": "1"}),
        ("@config.where(LATE)", {"year": "null"}),
        ("@config.where(other.late)", {}),
        ("@resolve(decorate_with=lambda days: parameterize(a={'x': value(days)}))", {"days": None}),
        ("@resolve_from_config(decorate_with=tags)", {"unit": '"kg"'}),
        ("@pipe_output(step(late).when(mode='fast'))", {"mode": None}),
        ("@subdag(late, config={'mode': configuration('speed')})", {"speed": None}),
    ],
)
def test_config_keys_that_are_not_compared_with_values_take_any_json(decorator, fields):
    source = f"""
from headwater import *
from headwater import config
import other
LATE = lambda year: year
def late(year: int, month: int = 1) -> bool: ...
def tags(unit: str = "kg"): return tag(unit=unit)
{decorator}
def total(x: int) -> int: ...
"""
    found = outline({"a.py": source}).get("config", {})
    assert {key: field["default"] for key, field in found.items()} == fields
    assert all(field["kind"] == "json" for field in found.values())


@pytest.mark.parametrize("condition", ["limits.late", "limits.LATE"])
def test_a_default_is_read_in_the_module_of_the_function(condition):
    files = {
        "a.py": f"import limits\nfrom headwater import config\nFIRST = 1\n@config.where({condition})\ndef total() -> int: ...",
        "limits.py": "from headwater import exclude\nFIRST = 2020\nLATE = lambda year=FIRST: print(year)\n"
        "@exclude\ndef late(year=FIRST):\n    return print(year)",
    }
    assert {key: field["default"] for key, field in outline(files)["config"].items()} == {"year": "2020"}
