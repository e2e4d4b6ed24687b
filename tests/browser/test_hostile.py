"""The corpus of hostile code in `hostile/`, opened as a visitor would: by a link, with consent. The page stays the visitor's.

What keeps Python or the page busy is in `test_seconds.py`.
"""

from pathlib import Path

import pytest
from dataflows import HOSTILE, SMALL, files_of, hostile_flows
from hostile_links import BOMBS, Link, inflated_size
from hostile_links import SMALL as SMALL_LINKS
from hostile_visitor import Visitor
from playwright.sync_api import expect

pytestmark = pytest.mark.pyodide


@hostile_flows("breaking")
def test_who_breaks_python_breaks_it_for_that_run_only(visitor: Visitor, path: Path) -> None:
    with visitor.unharmed():
        visitor.lets_run(files_of(path))
        expect(visitor.play.stop_button).to_be_hidden()
        visitor.types()
        visitor.begins_anew()
        visitor.runs_something_ordinary()


@pytest.mark.parametrize("link", SMALL_LINKS, ids=lambda link: link.tries)
def test_a_link_that_nobody_made_is_refused_or_shown(visitor: Visitor, link: Link) -> None:
    with visitor.unharmed():
        visitor.opens(link.fragment)
        if link.says:
            expect(visitor.play.notice).to_contain_text(link.says)
            expect(visitor.play.consent).to_be_hidden()
        else:
            expect(visitor.play.consent).to_be_visible()
        visitor.types()


def test_what_a_stranger_left_in_python_does_not_reach_the_next_dataflow(visitor: Visitor) -> None:
    with visitor.unharmed():
        visitor.lets_run(files_of(HOSTILE / "breaking/engine_values.py"))
        expect(visitor.play.panel).to_contain_text("owned")
        visitor.lets_run({"flow.py": SMALL})
        expect(visitor.play.panel).to_contain_text("60")


def test_the_end_of_python_is_said_in_a_sentence(visitor: Visitor) -> None:
    with visitor.unharmed():
        visitor.lets_run(files_of(HOSTILE / "breaking/abort_in_c.py"))
        expect(visitor.play.notice).to_contain_text("This code brought Python to its end, and it was started again")
        visitor.settled()


@pytest.mark.parametrize("attack", ["owned = 1", "Object.prototype.polluted = 1", "document.title = 'owned'", "alert(1)"])
def test_what_reaches_the_page_is_noticed(visitor: Visitor, attack: str) -> None:
    visitor.holds = False
    visitor.page.evaluate(f"() => {{ {attack} }}")
    with pytest.raises(AssertionError):
        visitor.is_unharmed()


def test_the_markup_of_the_corpus_runs_where_it_is_taken_for_markup(visitor: Visitor) -> None:
    """And a page that took it for markup would be noticed."""
    markup = (HOSTILE / "ending/markup.py").read_text(encoding="utf-8").partition('"""')[2].partition(" tries")[0]
    visitor.holds = False
    visitor.page.evaluate("markup => document.body.insertAdjacentHTML('beforeend', markup)", markup)
    visitor.page.wait_for_function("() => window.owned === 1")
    assert visitor.asked_for_what_is_not_there() != []
    with pytest.raises(AssertionError):
        visitor.is_unharmed()


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda link: link.tries)
def test_the_bombs_would_go_off(bomb: Link) -> None:
    assert inflated_size(bomb.fragment, 100_000_000) >= 100_000_000
