"""Loaders and savers in a session rerun only if their file or their arguments change."""

import json

FLOW = """
from headwater import load_from, save_to

@save_to.json(path="out.json", output_name_="saved", indent=1)
@load_from.json(path="prices.json")
def total(prices: list[float]) -> dict[str, float]:
    return {"total": sum(prices)}

def pure(count: int = 2) -> int:
    return count
"""
LOADED = {"total.prices.loader", "total.prices", "total", "saved"}


def ran(session, flow: str = FLOW, prices: str = "[1.0]", **files: str) -> set[str]:
    session.update({"flow.py": flow, "prices.json": prices, **files})
    view = session.run()
    assert view["ok"], view["problems"]
    return {name for name, node in view["nodes"].items() if node["state"] == "succeeded"}


def test_unchanged_nodes_are_reused(session):
    assert ran(session) == {*LOADED, "pure"}
    assert ran(session) == set()


def test_a_changed_file_is_loaded_again(session):
    ran(session)
    assert ran(session, prices="[1.0, 3.0]") == LOADED
    assert json.loads(session.preview("total")["text"]) == {"total": 4.0}


def test_a_changed_argument_loads_and_saves_again(session):
    ran(session)
    assert "saved" in ran(session, FLOW.replace("indent=1", "indent=2"))
    assert "total" in ran(session, FLOW.replace('path="prices.json"', 'path="other.json"'), **{"other.json": "[5.0]"})
    assert json.loads(session.preview("total")["text"]) == {"total": 5.0}


def test_a_missing_file_is_a_problem_of_the_function_that_loads_it(session):
    session.update({"flow.py": FLOW})
    (problem,) = session.run()["problems"]
    assert (problem["kind"], problem["node"], problem["file"]) == ("FileNotFoundError", "total.prices.loader", "flow.py")
    assert "prices.json" in problem["message"]
