"""Puzzles show the graph of their solution, without its code."""

from __future__ import annotations

from pathlib import Path

import pytest

DOCS = Path(__file__).parents[3] / "docs"
PUZZLES = sorted(path.parent for path in (DOCS / "course").glob("*/*/check.py") if "check_puzzle(" in path.read_text())


def test_the_picture_has_the_nodes_and_edges_of_the_solution(steps, read) -> None:
    picture = steps("solution_picture").solution_picture(read())
    assert picture.text == "  one     int\n* double  int  <- one"


def test_the_picture_does_not_show_code(steps, read, folder: Path) -> None:
    (folder / "solution/flow.py").write_text('def secret() -> int:\n    """Two."""\n    return 2\n')
    svg = steps("solution_picture").solution_picture(read()).svg
    assert "<title>secret: int</title>" in svg


@pytest.mark.parametrize(("count", "orient"), [(3, "TB"), (12, "LR")])
def test_a_wide_graph_is_drawn_from_left_to_right(steps, read, folder: Path, count: int, orient: str) -> None:
    functions = [f"def number_{n}(one: int = 1) -> int:\n    return one + {n}\n" for n in range(count)]
    (folder / "solution/flow.py").write_text("\n\n".join(functions))
    assert steps("solution_picture").solution_picture(read()).picture.orient == orient


def test_a_solution_that_cannot_be_loaded_has_no_picture(steps, read, folder: Path) -> None:
    (folder / "solution/flow.py").write_text("def")
    with pytest.raises(steps("settings").StepError, match="The solution to doubles/double has no graph: "):
        steps("solution_picture").solution_picture(read())


@pytest.mark.parametrize("folder", PUZZLES, ids=lambda folder: folder.name)
def test_every_puzzle_shows_its_target(steps, folder: Path) -> None:
    assert steps("step").Step.read(folder, (DOCS / "data",)).picture
