"""The corpus of hostile code in `hostile/`, opened as a visitor would: by a link, with consent. The page stays the visitor's.

With `--promised` the page must answer in the seconds that visitors are promised, so nothing else may keep the machine busy.
`make test-seconds` runs the tests marked `seconds` like that, and `make test-all` the whole corpus.
"""

from collections.abc import Set as AbstractSet
from pathlib import Path

import pytest
from dataflows import HOSTILE, SMALL, files_of, hostile_flows, params
from hostile_links import BOMBS, LARGE, Link, inflated_size
from hostile_links import SMALL as SMALL_LINKS
from hostile_visitor import PROMISED, Visitor
from playwright.sync_api import expect

pytestmark = pytest.mark.pyodide


def links(links: list[Link], *, seconds: AbstractSet[str] = frozenset()) -> pytest.MarkDecorator:
    """Run a test with each link; those that try what `seconds` names are marked so."""
    return pytest.mark.parametrize("link", params({link.tries: link for link in links}, seconds))


def opens_or_is_refused(visitor: Visitor, link: Link) -> None:
    visitor.opens(link.fragment)
    if link.says:
        expect(visitor.play.notice).to_contain_text(link.says)
        expect(visitor.play.consent).to_be_hidden()
    else:
        expect(visitor.play.consent).to_be_visible()


@hostile_flows("endless", seconds={"node", "backtracking", "script", "printing_past_the_session", "heap"})
def test_code_without_end_is_stopped_and_the_page_answers_meanwhile(visitor: Visitor, path: Path) -> None:
    with visitor.unharmed():
        visitor.lets_run(files_of(path))
        expect(visitor.play.summary).to_contain_text("Running")
        expect(visitor.play.stop_button).to_be_visible()
        visitor.types()
        visitor.stops()
        assert "Tries to" in visitor.play.text()


@hostile_flows("ending", seconds={"large_texts", "many_columns"})
def test_hostile_values_names_and_errors_are_shown_as_texts(visitor: Visitor, path: Path) -> None:
    with visitor.unharmed():
        visitor.lets_run(files_of(path))
        visitor.settled()
        visitor.types()
        visitor.looks_everywhere()
    with visitor.unharmed():
        visitor.runs_something_ordinary()


@hostile_flows("filling", seconds={"large_lists"})
def test_memory_is_taken_from_python_only(visitor: Visitor, path: Path) -> None:
    with visitor.unharmed():
        visitor.lets_run(files_of(path))
        expect(visitor.play.stop_button).to_be_hidden()
        visitor.types()
        visitor.settled()
        visitor.runs_something_ordinary()


@hostile_flows("looking", seconds={"representing"})
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


@hostile_flows("forging", seconds={"flooding_states", "flooding_failures", "huge_graph", "huge_previews", "structured_objects"})
def test_forged_words_of_python_do_nothing_but_be_read(visitor: Visitor, path: Path) -> None:
    with visitor.unharmed():
        visitor.lets_speak(path.read_text(encoding="utf-8"))
        visitor.goes_on_typing()
        visitor.begins_anew()
        visitor.runs_something_ordinary()


@links(LARGE, seconds={"unfolds to a gigabyte", "opens with one line without end", "opens with a chain without end"})
def test_a_link_that_is_hard_to_read_is_refused_or_shown_and_does_not_end_the_next_run(visitor: Visitor, link: Link) -> None:
    with visitor.unharmed():
        opens_or_is_refused(visitor, link)
        visitor.types()
        # The graph of the link's code may still be awaited.
        visitor.lets_run({"flow.py": SMALL})
        expect(visitor.play.panel).to_contain_text("60")
        expect(visitor.play.notice).to_be_hidden()


@hostile_flows("breaking")
def test_who_breaks_python_breaks_it_for_that_run_only(visitor: Visitor, path: Path) -> None:
    with visitor.unharmed():
        visitor.lets_run(files_of(path))
        expect(visitor.play.stop_button).to_be_hidden()
        visitor.types()
        visitor.begins_anew()
        visitor.runs_something_ordinary()


@links(SMALL_LINKS)
def test_a_link_that_nobody_made_is_refused_or_shown(visitor: Visitor, link: Link) -> None:
    with visitor.unharmed():
        opens_or_is_refused(visitor, link)
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


def test_a_page_that_does_not_answer_is_noticed(visitor: Visitor) -> None:
    visitor.holds = False
    visitor.limits = PROMISED
    busy = "milliseconds => void setTimeout(() => { const end = Date.now() + milliseconds; while (Date.now() < end); })"
    visitor.page.evaluate(busy, 2 * visitor.limits.typed)
    with pytest.raises(Exception, match=r"Timeout|to contain text"):
        visitor.types()


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
