"""The checks detect harm: each of them fails on a page that was attacked. No attack here comes from Python."""

from dataclasses import replace

import pytest
from dataflows import HOSTILE
from hostile_visitor import PROMISED, HostileVisitor


def test_an_unresponsive_page_is_detected(visitor: HostileVisitor) -> None:
    visitor.holds = False
    visitor.limits = replace(PROMISED, typed=500)
    busy = "milliseconds => void setTimeout(() => { const end = Date.now() + milliseconds; while (Date.now() < end); })"
    visitor.page.evaluate(busy, 4 * visitor.limits.typed)
    with pytest.raises(Exception, match=r"Timeout|to contain text"):
        visitor.type_key()


@pytest.mark.parametrize("attack", ["owned = 1", "Object.prototype.polluted = 1", "document.title = 'owned'", "alert(1)"])
def test_an_attack_that_reaches_the_page_is_detected(visitor: HostileVisitor, attack: str) -> None:
    visitor.holds = False
    visitor.page.evaluate(f"() => {{ {attack} }}")
    with pytest.raises(AssertionError):
        visitor.assert_unharmed()


def test_the_markup_of_the_corpus_is_active_and_detected(visitor: HostileVisitor) -> None:
    """A page that rendered this markup instead of showing it as text would be detected."""
    markup = (HOSTILE / "ending/markup.py").read_text(encoding="utf-8").partition('"""')[2].partition(" tries")[0]
    visitor.holds = False
    visitor.page.evaluate("markup => document.body.insertAdjacentHTML('beforeend', markup)", markup)
    visitor.page.wait_for_function("() => window.owned === 1")
    assert visitor.markup_requests() != []
    with pytest.raises(AssertionError):
        visitor.assert_unharmed()
