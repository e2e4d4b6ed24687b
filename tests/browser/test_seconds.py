"""The seconds that visitors are promised whatever code does. Nothing else may keep the machine busy: `make test-seconds`."""

from pathlib import Path

import pytest
from dataflows import SMALL, files_of, hostile_flows
from hostile_links import LARGE, Link
from hostile_visitor import PROMISED, Visitor
from playwright.sync_api import expect

pytestmark = [pytest.mark.pyodide, pytest.mark.seconds]

LIMITS = PROMISED


@hostile_flows("endless")
def test_code_without_end_is_stopped_and_the_page_answers_meanwhile(visitor: Visitor, path: Path) -> None:
    with visitor.unharmed():
        visitor.lets_run(files_of(path))
        expect(visitor.play.summary).to_contain_text("Running")
        expect(visitor.play.stop_button).to_be_visible()
        visitor.types()
        visitor.stops()
        assert "Tries to" in visitor.play.text()


@hostile_flows("ending")
def test_hostile_values_names_and_errors_are_shown_as_texts(visitor: Visitor, path: Path) -> None:
    with visitor.unharmed():
        visitor.lets_run(files_of(path))
        visitor.settled()
        visitor.types()
        visitor.looks_everywhere()
    with visitor.unharmed():
        visitor.runs_something_ordinary()


@hostile_flows("filling")
def test_memory_is_taken_from_python_only(visitor: Visitor, path: Path) -> None:
    with visitor.unharmed():
        visitor.lets_run(files_of(path))
        expect(visitor.play.stop_button).to_be_hidden()
        visitor.types()
        visitor.settled()
        visitor.runs_something_ordinary()


@hostile_flows("looking")
def test_a_value_that_misbehaves_when_it_is_looked_at_is_left_alone(visitor: Visitor, path: Path) -> None:
    with visitor.unharmed():
        visitor.lets_run(files_of(path))
        visitor.settled()
        expect(visitor.play.panel).to_contain_text("60")
        visitor.play.nodes.filter(has_text="value").click()
        visitor.types()
        expect(visitor.play.panel).to_contain_text("value")
        if path.stem == "representing":
            expect(visitor.play.summary).to_contain_text("Waiting for Python")
            visitor.stops()
        visitor.settled()
        visitor.runs_something_ordinary()


@hostile_flows("forging")
def test_forged_words_of_python_do_nothing_but_be_read(visitor: Visitor, path: Path) -> None:
    with visitor.unharmed():
        visitor.lets_speak(path.read_text(encoding="utf-8"))
        visitor.goes_on_typing()
        visitor.begins_anew()
        visitor.runs_something_ordinary()


@pytest.mark.parametrize("link", LARGE, ids=lambda link: link.tries)
def test_a_link_that_is_hard_to_read_is_refused_or_shown_and_does_not_end_the_next_run(visitor: Visitor, link: Link) -> None:
    with visitor.unharmed():
        visitor.opens(link.fragment)
        if link.says:
            expect(visitor.play.notice).to_contain_text(link.says)
            expect(visitor.play.consent).to_be_hidden()
        else:
            expect(visitor.play.consent).to_be_visible()
        visitor.types()
        # The graph of the link's code may still be awaited.
        visitor.lets_run({"flow.py": SMALL})
        expect(visitor.play.panel).to_contain_text("60")
        expect(visitor.play.notice).to_be_hidden()


def test_a_page_that_does_not_answer_is_noticed(visitor: Visitor) -> None:
    visitor.holds = False
    busy = "milliseconds => void setTimeout(() => { const end = Date.now() + milliseconds; while (Date.now() < end); })"
    visitor.page.evaluate(busy, 2 * visitor.limits.typed)
    with pytest.raises(Exception, match=r"Timeout|to contain text"):
        visitor.types()
