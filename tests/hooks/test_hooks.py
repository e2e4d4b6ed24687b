"""The names that `headwater.hooks` exports, and combinations of hooks."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from typing import Any

import pytest

from headwater import Builder, hooks
from headwater.hooks import (
    Breakpoints,
    ContinueOnError,
    GracefulErrors,
    PrintNodes,
    Profile,
    Progress,
    Retry,
    StrictTypes,
    WatchArguments,
)


def price() -> float:
    return 10.0


def total(price: float) -> float:
    return price * 2


def built_in_hooks() -> list[Any]:
    return [
        PrintNodes(),
        Progress(style="text"),
        Retry(),
        StrictTypes(),
        GracefulErrors(),
        ContinueOnError(),
        WatchArguments(),
        Breakpoints(name="no node"),
        Profile(),
    ]


def test_every_public_name_is_exported() -> None:
    public = {name for name in dir(hooks) if not name.startswith("_") and not isinstance(getattr(hooks, name), type(sys))}
    assert public == set(hooks.__all__)
    with pytest.raises(AttributeError, match=r"module 'headwater\.hooks' has no attribute 'Retries'"):
        _ = hooks.Retries


def test_all_hooks_work_together_and_a_second_time() -> None:
    driver = Builder().with_functions(price, total).with_hooks(*built_in_hooks()).build()
    assert driver.execute(["total"]) == driver.execute(["total"]) == {"total": 20.0}


def test_a_driver_with_all_hooks_can_be_copied_and_pickled() -> None:
    driver = Builder().with_functions(price, total).with_hooks(*built_in_hooks()).build()
    for other in (copy.deepcopy(driver), pickle.loads(pickle.dumps(driver))):  # noqa: S301 - the test's own data
        assert other.execute(["total"]) == {"total": 20.0}


@pytest.mark.native
def test_a_session_imports_no_built_in_hooks() -> None:
    program = (
        "import sys; import headwater.session\n"
        "print(*sorted(name for name in sys.modules if name.startswith('headwater.hooks.')))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["headwater.hooks.digests", "headwater.hooks.isolation", "headwater.hooks.mutation"]


@pytest.mark.native
def test_a_bare_run_imports_no_hooks() -> None:
    program = (
        "import sys; from headwater import Builder\n"
        "def one() -> int: return 1\n"
        "Builder().with_functions(one).build().execute(['one'])\n"
        "names = ('hooks', 'policy', 'events', 'observer', 'middleware')\n"
        "print([name for name in sys.modules if name.startswith('headwater') and name.endswith(names)])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
