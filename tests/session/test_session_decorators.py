"""The nodes that rerun after an edit to a decorator or to a function that it uses."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from headwater.session import Session

FLOW = {
    "parts.py": """
        def doubled(amount: int = 1) -> int:
            return amount * 2

        def worded(doubled: int) -> str:
            return str(doubled)
    """,
    "flow.py": """
        from headwater import configuration, exclude, inject, mutate, pipe_input, pipe_output, step, subdag, value
        import parts

        def _scaled(amount: int, by: int) -> int:
            return amount * by

        def _shifted(amount: int) -> int:
            return amount + 1

        def base() -> int:
            return 1

        @pipe_input(step(_scaled, by=2), step(_shifted))
        def piped(base: int) -> int:
            return base

        @pipe_output(step(_scaled, by=3))
        def scaled(base: int) -> int:
            return base

        def changed(base: int) -> int:
            return base

        @mutate(changed, by=5)
        def _times(amount: int, by: int) -> int:
            return amount * by

        @subdag(parts, inputs={"amount": value(4)})
        def word(worded: str) -> str:
            return worded
    """,
}


@pytest.fixture
def ran(session: Session):
    """Run the files after some replacements in their text. Return the functions that ran."""
    files = {file: dedent(text) for file, text in FLOW.items()}

    def run(*exchanges: tuple[str, str]) -> set[str]:
        texts = dict(files)
        for before, after in exchanges:
            assert any(before in text for text in texts.values())
            texts = {file: text.replace(before, after) for file, text in texts.items()}
        session.update(texts)
        result = session.run(None)
        assert result["problems"] == []
        return {name for name, node in result["nodes"].items() if node["state"] == "succeeded"}

    run()
    return run


EDITS = {
    "nothing": (("", ""), set()),
    "a constant of a step": (("by=2", "by=20"), {"piped.with_scaled", "piped.with_shifted", "piped"}),
    "a step's function": (("amount + 1", "amount + 2"), {"piped.with_scaled", "piped.with_shifted", "piped"}),
    "a step of the output": (("by=3", "by=30"), {"scaled.raw", "scaled.with_scaled", "scaled"}),
    "what mutates": (("by=5", "by=50"), {"changed.with_times", "changed"}),
    "a value given to a subdag": (("value(4)", "value(5)"), {"word.amount", "word.doubled", "word.worded", "word"}),
    "a function of a subdag": (
        ("amount * 2", "amount * 2 + 1"),
        {"word.amount", "word.doubled", "word.worded", "word", "doubled", "worded"},
    ),
    "a comment": (("def base() -> int:", "def base() -> int:  # one"), set()),
}


@pytest.mark.parametrize(("exchange", "expected"), EDITS.values(), ids=EDITS)
def test_an_edit_reruns_the_affected_nodes(exchange, expected, ran):
    assert ran(exchange) == expected


def test_repeated_loads_execute_only_changed_statements(session: Session):
    files = {file: dedent(text) for file, text in FLOW.items()}
    for number in range(3):
        session.update({**files, "flow.py": files["flow.py"] + f"\n# {number}\n"})
        result = session.run(["changed"])
    assert [name for name in result["nodes"] if name.startswith("changed.")] == ["changed.raw", "changed.with_times"]
    assert result["outputs"]["changed"]["text"] == "5"
