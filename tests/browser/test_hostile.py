"""The corpus of hostile code in `hostile/`, opened from a link and run with consent. The page stays unharmed.

`make test` runs at least one file of each kind: those named here as `usual` or `seconds`. `make test-all` runs every file.

With `--promised` the page must respond within the documented limits, so the machine must be otherwise idle.
`make test-seconds` runs the tests marked `seconds` in this way, and `make test-all` the whole corpus.
"""

from pathlib import Path

import pytest
from dataflows import HOSTILE, SMALL, files_of, hostile_flows
from hostile_links import BOMBS, LARGE, Link, inflated_size, links
from hostile_visitor import HostileVisitor
from playwright.sync_api import expect

pytestmark = pytest.mark.pyodide


# `seconds` covers most kinds of endless code. `usual` adds a muted worker.
@hostile_flows(
    "endless",
    usual={"silent"},
    seconds={"node", "script"},
)
def test_endless_code_is_stopped_and_the_page_stays_responsive(visitor: HostileVisitor, path: Path) -> None:
    with visitor.unharmed():
        visitor.run_code(files_of(path))
        expect(visitor.play.summary).to_contain_text("Running")
        expect(visitor.play.stop_button).to_be_visible()
        visitor.type_key()
        visitor.stop()
        assert "Tries to" in visitor.play.text()


# `seconds` has large values. `usual` adds values that lie.
@hostile_flows("ending", usual={"lying"}, seconds={"large_texts"})
def test_hostile_values_names_and_errors_are_shown_as_text(visitor: HostileVisitor, path: Path) -> None:
    with visitor.unharmed():
        visitor.run_code(files_of(path))
        visitor.settle()
        visitor.type_key()
        visitor.show_everything()
    with visitor.unharmed():
        visitor.run_ordinary_code()


@hostile_flows("filling", usual=frozenset(), seconds={"large_lists"})
def test_memory_is_exhausted_in_python_only(visitor: HostileVisitor, path: Path) -> None:
    with visitor.unharmed():
        visitor.run_code(files_of(path))
        expect(visitor.play.stop_button).to_be_hidden()
        visitor.type_key()
        visitor.settle()
        visitor.run_ordinary_code()


@hostile_flows("looking", usual={"representing"})
def test_a_value_that_misbehaves_when_inspected_does_no_harm(visitor: HostileVisitor, path: Path) -> None:
    with visitor.unharmed():
        visitor.run_code(files_of(path))
        visitor.settle()
        expect(visitor.play.panel).to_contain_text("60")
        visitor.play.drawn("value").click()
        visitor.type_key()
        expect(visitor.play.panel).to_contain_text("value")
        if path.stem == "representing":
            expect(visitor.play.summary).to_contain_text("Waiting for Python")
            visitor.stop()
        visitor.settle()
        visitor.run_ordinary_code()


# `seconds` has floods and large replies. `usual` adds replies that were not requested.
# `test_sandbox.py` runs the forged replies that are displayed.
@hostile_flows(
    "forging",
    usual={"unasked_answers"},
    seconds={"flooding_states"},
)
def test_forged_replies_are_only_displayed(visitor: HostileVisitor, path: Path) -> None:
    with visitor.unharmed():
        visitor.run_forged_replies(path.read_text(encoding="utf-8"))
        visitor.keep_typing()
        visitor.restart()
        visitor.run_ordinary_code()


@links(
    LARGE,
    usual={"opens with no Python at all"},
    seconds={"decompresses to a gigabyte"},
)
def test_a_link_that_is_expensive_to_parse_does_not_break_the_next_run(visitor: HostileVisitor, link: Link) -> None:
    with visitor.unharmed():
        visitor.expect_opened_or_refused(link)
        visitor.type_key()
        # The graph of the link's code may still be pending.
        visitor.run_code({"flow.py": SMALL})
        expect(visitor.play.panel).to_contain_text("60")
        expect(visitor.play.notice).to_be_hidden()


# `usual` has code that patches `builtins`. Another test below aborts Python.
@hostile_flows("breaking", usual={"builtins"})
def test_code_that_breaks_python_breaks_only_its_own_run(visitor: HostileVisitor, path: Path) -> None:
    with visitor.unharmed():
        visitor.run_code(files_of(path))
        expect(visitor.play.stop_button).to_be_hidden()
        visitor.type_key()
        visitor.restart()
        visitor.run_ordinary_code()


def test_traces_of_untrusted_code_do_not_reach_the_next_dataflow(visitor: HostileVisitor) -> None:
    with visitor.unharmed():
        visitor.run_code(files_of(HOSTILE / "breaking/engine_values.py"))
        expect(visitor.play.panel).to_contain_text("owned")
        visitor.run_code({"flow.py": SMALL})
        expect(visitor.play.panel).to_contain_text("60")


def test_a_crash_of_python_is_reported_in_a_sentence(visitor: HostileVisitor) -> None:
    with visitor.unharmed():
        visitor.run_code(files_of(HOSTILE / "breaking/abort_in_c.py"))
        expect(visitor.play.notice).to_contain_text("This code crashed Python (")
        expect(visitor.play.notice).to_contain_text("). Python was restarted.")
        visitor.settle()


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda link: link.tries)
def test_the_bombs_are_large_enough(bomb: Link) -> None:
    assert inflated_size(bomb.fragment, 100_000_000) >= 100_000_000
