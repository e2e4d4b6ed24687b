"""The corpus of hostile code in `hostile/`, opened as a visitor would: by a link, with consent. The page stays his."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from dataflows import HOSTILE, SMALL, hostile
from hostile_links import BOMBS, LINKS, Link, inflated_size
from local_server import SITE, Served, serving
from playground import READY, Playground, link_to
from playwright.sync_api import Browser, BrowserContext, Page, expect

PROMPT = 2_000
"""Milliseconds in which a key press is seen, whatever Python does."""
STOPPED = 1_000
"""Milliseconds in which a stop has ended whatever runs."""
BACK = 2_000
"""Milliseconds after a stop in which Python is there again."""


def in_time(milliseconds: int) -> float:
    """A promise, on a machine that others keep busy as well: our share of it is so much smaller."""
    return milliseconds * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


NATURE = """() => ({
    owned: String(window.owned),
    polluted: String({}.polluted),
    ofObjects: Object.getOwnPropertyNames(Object.prototype).sort().join(),
    title: document.title,
    address: location.pathname + location.search,
    frames: frames.length,
})"""
"""What hostile code would change of a page if it could."""


class Visitor:
    """Somebody who opens one hostile link after another, on one page, as long as it holds."""

    def __init__(self, context: BrowserContext, site: Served, outside: Served) -> None:
        self.page = context.new_page()
        self.play = Playground(self.page, site.address)
        self.holds = True
        self._site = site
        self._outside = outside
        self._asked_before = len(site.was_asked_for("owned"))
        self._opened = 0
        self._typed = 0
        self._dialogs: list[str] = []
        self._windows: list[Page] = []
        self.page.on("dialog", self._dismiss)
        # Nothing runs again by itself, so that each test knows what runs.
        self.play.open("play/?run=0")
        self.settled()
        context.on("page", lambda window: self._windows.append(window))  # noqa: PLW0108 - Playwright wants a Python function
        self._nature = self._read_nature()

    def _dismiss(self, dialog: Any) -> None:
        self._dialogs.append(dialog.message)
        dialog.dismiss()

    def _read_nature(self) -> dict[str, object]:
        nature: dict[str, object] = self.page.evaluate(NATURE)
        return nature

    @contextmanager
    def unharmed(self) -> Iterator[None]:
        """Whatever is opened meanwhile, nothing outside of the sealed frame is other than before."""
        self.holds = False
        yield
        self.types()
        self.is_unharmed()
        self.holds = True

    def is_unharmed(self) -> None:
        """The page is what it was, showed no dialog and opened no window, and nobody was asked for anything."""
        assert self._read_nature() == self._nature
        assert self.page.locator("[src=owned], [onerror], [onload]").count() == 0
        assert self._dialogs == []
        assert self._windows == []
        assert self.asked_for_what_is_not_there() == []
        assert self._outside.asked == []

    def asked_for_what_is_not_there(self) -> list[str]:
        """Since this visitor came: markup that a page takes for its own has its picture fetched."""
        return self._site.was_asked_for("owned")[self._asked_before :]

    def opens(self, fragment: str) -> None:
        """A link, once what was said of the one before is out of sight."""
        if self.play.notice.is_visible():
            self.play.notice.get_by_role("button", name="Dismiss").click()
        self.page.goto(f"{self.play.address}play/?run=0{fragment}")

    def lets_run(self, files: dict[str, str]) -> None:
        """By a link that was never opened before: consent is remembered."""
        self._opened += 1
        title = f"Link {self._opened}"
        self.opens(link_to({**files, "opened.txt": title}, title=title))
        expect(self.play.title).to_have_text(title)
        self.play.consent.click()

    def types(self) -> None:
        """A key is pressed in the editor, and its sign is there in time."""
        self._typed += 1
        sign = f"#{self._typed}"
        until = time.monotonic() + in_time(PROMPT) / 1000
        self.play.code.click(timeout=in_time(PROMPT))
        self.page.keyboard.press("ControlOrMeta+End")
        self.page.keyboard.type(sign)
        left = max(1.0, (until - time.monotonic()) * 1000)
        expect(self.play.code).to_contain_text(sign, timeout=left)

    def settled(self) -> None:
        expect(self.play.status).to_have_text(READY)
        expect(self.play.stop_button).to_be_hidden()

    def stops(self) -> None:
        self.play.stop_button.click()
        expect(self.play.stop_button).to_be_hidden(timeout=in_time(STOPPED))
        expect(self.play.status).to_have_text(READY, timeout=in_time(BACK))

    def begins_anew(self) -> None:
        """By Stop where something still runs, and by Restart where Python is well, or pretends to be."""
        self.play.stop_button.or_(self.play.restart_button).first.click()  # there may be both
        self.settled()

    def runs_something_ordinary(self) -> None:
        self.play.write(SMALL)
        self.play.run_button.click()
        self.play.tab("Outputs").click()
        expect(self.play.panel).to_contain_text("60")

    def looks_everywhere(self) -> None:
        """At each tab, each node, and what Share makes of it."""
        for tab in ("Outputs", "Inputs", "Prints", "Problems"):
            self.play.tab(tab).click()
        for node in self.play.nodes.all()[:6]:
            node.click()
            self.settled()
        self.play.share_button.click()
        expect(self.play.dialog).to_be_visible()
        self.page.keyboard.press("Escape")
        expect(self.play.dialog).to_be_hidden()


class Visitors:
    """One visitor for all tests; another one after a test that failed."""

    def __init__(self, browser: Browser, site: Served, outside: Served) -> None:
        self._browser = browser
        self._site = site
        self._outside = outside
        self._context: BrowserContext | None = None
        self._visitor: Visitor | None = None

    def one(self) -> Visitor:
        if self._visitor is None or not self._visitor.holds:
            self.leave()
            self._context = self._browser.new_context(viewport={"width": 1440, "height": 900})
            self._context.set_default_timeout(30_000)
            self._visitor = Visitor(self._context, self._site, self._outside)
        return self._visitor

    def leave(self) -> None:
        if self._context is not None:
            self._context.close()


@pytest.fixture(scope="module")
def visitors(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitors]:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "index.html").write_text("<!doctype html><title>elsewhere</title>")
    # A server of one's own: other tests count what theirs is asked for.
    with serving(SITE) as site, serving(elsewhere) as outside:
        visitors = Visitors(browser, site, outside)
        yield visitors
        visitors.leave()


@pytest.fixture
def visitor(visitors: Visitors) -> Visitor:
    return visitors.one()


def _flows(folder: str) -> Any:
    paths = sorted((HOSTILE / folder).iterdir())
    assert paths
    return pytest.mark.parametrize("path", paths, ids=[path.stem for path in paths])


def _files(path: Path) -> dict[str, str]:
    return {"flow.py": path.read_text(encoding="utf-8")}


@_flows("endless")
def test_code_without_end_is_stopped_and_the_page_answers_meanwhile(visitor: Visitor, path: Path) -> None:
    with visitor.unharmed():
        visitor.lets_run(_files(path))
        expect(visitor.play.summary).to_contain_text("Running")
        expect(visitor.play.stop_button).to_be_visible()
        visitor.types()
        visitor.stops()
        assert "Tries to" in visitor.play.text()


@_flows("ending")
def test_hostile_values_names_and_errors_are_shown_as_texts(visitor: Visitor, path: Path) -> None:
    with visitor.unharmed():
        visitor.lets_run(_files(path))
        visitor.settled()
        visitor.types()
        visitor.looks_everywhere()
    with visitor.unharmed():
        visitor.runs_something_ordinary()


@_flows("filling")
def test_memory_is_taken_from_python_only(visitor: Visitor, path: Path) -> None:
    with visitor.unharmed():
        visitor.lets_run(_files(path))
        expect(visitor.play.stop_button).to_be_hidden()
        visitor.types()
        visitor.settled()
        visitor.runs_something_ordinary()


@_flows("breaking")
def test_who_breaks_python_breaks_it_for_that_run_only(visitor: Visitor, path: Path) -> None:
    with visitor.unharmed():
        visitor.lets_run(_files(path))
        expect(visitor.play.stop_button).to_be_hidden()
        visitor.types()
        visitor.begins_anew()
        visitor.runs_something_ordinary()


@_flows("looking")
def test_a_value_that_misbehaves_when_it_is_looked_at_is_left_alone(visitor: Visitor, path: Path) -> None:
    with visitor.unharmed():
        visitor.lets_run(_files(path))
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


@_flows("forging")
def test_forged_words_of_python_do_nothing_but_be_read(visitor: Visitor, path: Path) -> None:
    with visitor.unharmed():
        visitor.lets_run({**hostile("reaching/parent.py"), "said.js": path.read_text(encoding="utf-8")})
        visitor.types()
        visitor.begins_anew()
        visitor.runs_something_ordinary()


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link.tries)
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
        visitor.lets_run(_files(HOSTILE / "breaking/engine_values.py"))
        expect(visitor.play.panel).to_contain_text("owned")
        visitor.lets_run({"flow.py": SMALL})
        expect(visitor.play.panel).to_contain_text("60")


def test_the_end_of_python_is_said_in_a_sentence(visitor: Visitor) -> None:
    with visitor.unharmed():
        visitor.lets_run(_files(HOSTILE / "breaking/abort.py"))
        expect(visitor.play.notice).to_contain_text("This code brought Python to its end, and it was started again")
        visitor.settled()


# --- that the checks above can fail ----------------------------------------------------------------------------------


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


def test_a_page_that_does_not_answer_is_noticed(visitor: Visitor) -> None:
    visitor.holds = False
    busy = "milliseconds => void setTimeout(() => { const end = Date.now() + milliseconds; while (Date.now() < end); })"
    visitor.page.evaluate(busy, 2 * in_time(PROMPT))
    with pytest.raises(Exception, match=r"Timeout|to contain text"):
        visitor.types()


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda link: link.tries)
def test_the_bombs_would_go_off(bomb: Link) -> None:
    assert inflated_size(bomb.fragment, 100_000_000) >= 100_000_000
