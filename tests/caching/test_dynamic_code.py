"""Functions that look up code by a name in a string, such as `eval`, are recognized under any alias."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from headwater.caching.loaded_code import LoadedCode


def function_of(source: str) -> Callable[..., object]:
    namespace: dict[str, object] = {"__name__": "notebook"}
    exec(textwrap.dedent(source), namespace)  # noqa: S102 - the test's own code
    function = namespace["f"]
    assert callable(function)
    return function


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("from importlib import import_module\ndef f(x): return import_module(x)", "`importlib.import_module`"),
        ("from importlib import import_module as load\ndef f(x): return load(x)", "`importlib.import_module`"),
        ("import importlib as il\ndef f(x): return il.import_module(x)", "`importlib.import_module`"),
        ("def f(x):\n    import importlib\n    return importlib.import_module(x)", "`importlib.import_module`"),
        ("def f(x):\n    from importlib import import_module as load\n    return load(x)", "`importlib.import_module`"),
        ("import builtins\ndef f(x): return builtins.eval(x)", "`builtins.eval`"),
        ("def f(x):\n    import builtins\n    return builtins.__import__(x)", "`builtins.__import__`"),
        ("def f(x): return __builtins__['eval'](x)", "which gives access to arbitrary code"),
        ("run = eval\ndef f(x): return run(x)", "`eval`"),
        ("RUNNERS = {'python': exec}\ndef f(x): return RUNNERS['python'](x)", "`exec`"),
        ("def f(x, run=eval): return run(x)", "`eval`"),
        ("names = globals\ndef f(x): return names()[x]", "`globals`"),
        ("from sys import modules\ndef f(x): return modules[x]", "`sys.modules`"),
        ("import sys as system\ndef f(x): return system.modules[x]", "`sys.modules`"),
        ("def f(x):\n    import sys\n    return sys.modules[x]", "`sys.modules`"),
        ("def g(): pass\ndef f(x): return g.__globals__[x]", "`__globals__`"),
        ("import sys\ndef f(x): return sys._getframe().f_globals[x]", "`f_globals`"),
        ("import runpy\ndef f(x): return runpy.run_path(x)", "`runpy.run_path`"),
        ("import pkgutil\ndef f(x): return pkgutil.resolve_name(x)", "`pkgutil.resolve_name`"),
        ("from pydoc import locate\ndef f(x): return locate(x)", "`pydoc.locate`"),
        ("class A: pass\ndef f(x): return A.__subclasses__()", "`__subclasses__`"),
    ],
    ids=lambda value: value.replace("\n", " "),
)
def test_code_that_may_use_any_code_has_no_token(source: str, problem: str) -> None:
    report = LoadedCode().report(function_of(source))
    assert report.token is None
    assert problem in str(report.problem)


@pytest.mark.parametrize(
    "source",
    [
        "import sys\ndef f(x): return sys.maxsize + x",
        "import importlib\ndef f(x): return importlib.metadata.version(x)",
        "def f(x): return x.eval('a + b')",
        "def f(x):\n    import math\n    return math.sqrt(x)",
        "def f(modules): return modules['a']",
    ],
    ids=lambda source: source.replace("\n", " "),
)
def test_code_that_only_resembles_it_has_a_token(source: str) -> None:
    assert LoadedCode().token(function_of(source)) is not None
