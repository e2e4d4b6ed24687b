"""`async def` functions and checks in a live session."""

from __future__ import annotations

import asyncio

import pytest

from headwater.session import Session

FLOW = """\
import asyncio
from headwater import check_output_custom

async def price(symbol: str = "a") -> float:
    print(f"requesting {symbol}")
    await asyncio.sleep(0.001)
    return 10.0

async def _is_positive(value: float) -> bool:
    await asyncio.sleep(0)
    return value > 0

@check_output_custom(_is_positive, importance="fail")
def total(price: float) -> float:
    return price * 2

async def failing(price: float) -> float:
    await asyncio.gather(asyncio.sleep(0), _failing(price))
    return price

async def _failing(price: float) -> None:
    raise ValueError(f"not {price}")
"""


def states(session: Session, *outputs: str) -> dict[str, str]:
    return {name: node["state"] for name, node in session.run(list(outputs))["nodes"].items()}


def test_async_functions_and_checks_run_and_are_reused() -> None:
    with Session() as session:
        session.update({"a.py": FLOW})
        assert session.graph()["problems"] == []
        run = session.run(["total"])
        assert (run["ok"], run["problems"]) == (True, [])
        assert run["outputs"]["total"] == {"kind": "scalar", "type": "float", "text": "20.0"}
        assert run["nodes"]["price"]["prints"] == "requesting a\n"
        assert set(states(session, "total").values()) == {"reused"}
        session.update({"a.py": FLOW.replace("price * 2", "price * 3")})
        assert states(session, "total")["price"] == "reused"
        assert session.recording().values["total"] == 30.0


def test_an_exception_in_an_async_function_has_the_lines_of_the_user() -> None:
    with Session() as session:
        session.update({"a.py": FLOW})
        run = session.run(["failing"])
    (problem,) = run["problems"]
    assert (problem["kind"], problem["message"], problem["node"]) == ("ValueError", "not 10.0", "failing")
    assert [(frame["file"], frame["line"]) for frame in problem["frames"]] == [("a.py", 18), ("a.py", 22)]


def test_a_failed_async_check_is_a_problem() -> None:
    with Session() as session:
        session.update({"a.py": FLOW.replace("return 10.0", "return -10.0")})
        run = session.run(["total"])
    assert run["nodes"]["total"]["state"] == "failed"
    assert "is_positive" in run["problems"][0]["message"]


def test_functions_share_an_event_loop_from_run_to_run() -> None:
    flow = """\
import asyncio

async def loop() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()

async def is_same(loop: asyncio.AbstractEventLoop, wait: bool) -> bool:
    return asyncio.get_running_loop() is loop
"""
    with Session() as session:
        loops = set()
        for wait in (False, True):
            session.update({"a.py": flow}, inputs={"wait": wait})
            states(session, "is_same")
            values = session.recording().values
            assert values["is_same"] is True
            loops.add(values["loop"])
        assert len(loops) == 1


@pytest.mark.native  # the event loop of a browser is always running
def test_a_session_runs_async_functions_while_an_event_loop_is_running() -> None:
    async def main() -> dict[str, str]:
        with Session() as session:
            session.update({"a.py": FLOW})
            return states(session, "total")

    assert asyncio.run(main())["total"] == "succeeded"


def test_a_task_that_a_function_leaves_behind_ends_with_the_session() -> None:
    flow = """\
import asyncio
tasks = set()

async def started() -> int:
    tasks.add(asyncio.ensure_future(asyncio.sleep(60)))
    await asyncio.sleep(0)
    return 1
"""
    with Session() as session:
        session.update({"a.py": flow})
        assert states(session, "started") == {"started": "succeeded"}
