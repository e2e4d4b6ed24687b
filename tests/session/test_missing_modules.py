"""The missing module in a run, for which a page can offer a package."""

from __future__ import annotations

import importlib.util
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from headwater.session import Session


def missing(session: Session, source: str) -> object:
    session.update({"flow.py": source})
    (problem,) = session.run()["problems"]
    return problem.get("module")


AGAIN = """try:
        import shout_loud
    except ImportError as error:
        raise ImportError("It is not there.") from error"""


@pytest.mark.parametrize(
    ("code", "module"),
    [
        ("import shout_loud", "shout_loud"),
        ("from shout_loud.very import loud", "shout_loud"),
        ("__import__('shout_loud.very')", "shout_loud"),
        (AGAIN, "shout_loud"),
        ("from math import shout", None),
        ("import json.shout", None),
        ("raise ModuleNotFoundError('none', name='asyncore')", None),
        ("raise ModuleNotFoundError('none')", None),
        ("import importlib.metadata\n    importlib.metadata.version('shout-loud')", None),
        ("raise ModuleNotFoundError('none', name='')", None),
        ("raise ValueError(\"No module named 'shout_loud'\")", None),
        ("'a'.style", None),
        ("class Odd(ImportError):\n        @property\n        def __cause__(self): raise ValueError\n    raise Odd", None),
    ],
)
def test_a_missing_module_is_named(session: Session, code: str, module: str | None) -> None:
    assert missing(session, f"def total() -> int:\n    {code}\n    return 1\n") == module


def test_a_missing_module_of_a_file_is_named(session: Session) -> None:
    assert missing(session, "import shout_loud\ndef total() -> int: return 1\n") == "shout_loud"


@pytest.mark.parametrize(
    ("code", "module"),
    [
        ("pandas.read_excel('prices.xlsx', engine='openpyxl')", "openpyxl"),
        ("pandas.DataFrame().style", "jinja2"),
        ("type('Mine', (pandas.DataFrame,), {'__module__': 'mine'})().style", "jinja2"),
    ],
)
def test_an_optional_dependency_of_pandas_is_named(
    session: Session, code: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name == module else found(name, *rest))
    assert missing(session, f"import pandas\ndef total() -> object:\n    return {code}\n") == module
