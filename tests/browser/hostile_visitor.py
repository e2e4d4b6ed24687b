"""Visitors who open hostile links, and the checks that the page is unharmed."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from dataflows import SMALL, hostile
from hostile_links import Link
from local_server import Served
from playground import READY, Playground, link_to
from playwright.sync_api import Browser, BrowserContext, Page, expect
from returning_visitor import OFFLINE_USE_IS_OFF
from sandbox import forge_replies
from waiting import PATIENCE, until


@dataclass(frozen=True)
class Limits:
    """Milliseconds within which the page must respond, whatever Python does."""

    typed: float
    """Until a key press appears in the editor."""
    stopped: float
    """Until a run has stopped."""
    back: float
    """Until Python is ready again after a stop."""


PROMISED = Limits(typed=2_000, stopped=1_000, back=2_000)
"""The documented limits, for an otherwise idle machine."""
PATIENT = Limits(PATIENCE * 1000, PATIENCE * 1000, PATIENCE * 1000)
"""The limits for tests that run in parallel. There, it matters only that the page responds at all."""


PAGE_STATE = """() => ({
    owned: String(window.owned),
    polluted: String({}.polluted),
    ofObjects: Object.getOwnPropertyNames(Object.prototype).sort().join(),
    title: document.title,
    address: location.pathname + location.search,
    frames: frames.length,
})"""
"""The state of the page that hostile code would change."""


class HostileVisitor:
    """A visitor who opens hostile links on one page, as long as the page is unharmed."""

    def __init__(self, context: BrowserContext, site: Served, outside: Served, limits: Limits) -> None:
        self.page = context.new_page()
        self.limits = limits
        self.play = Playground(self.page, site.address)
        self.holds = True
        self._site = site
        self._outside = outside
        self._asked_before = len(site.requests_with("owned"))
        self._opened = 0
        self._typed = 0
        self._dialogs: list[str] = []
        self._windows: list[Page] = []
        self.page.on("dialog", self._dismiss)
        # Without automatic runs, each test knows what runs.
        self.play.open("play/?run=0")
        self.settle()
        context.on("page", lambda window: self._windows.append(window))  # noqa: PLW0108 - Playwright requires a Python function
        self._page_state = self._read_page_state()

    def _dismiss(self, dialog: Any) -> None:
        self._dialogs.append(dialog.message)
        dialog.dismiss()

    def _read_page_state(self) -> dict[str, object]:
        nature: dict[str, object] = self.page.evaluate(PAGE_STATE)
        return nature

    @contextmanager
    def unharmed(self) -> Iterator[None]:
        """Check after the block that nothing outside the sandboxed frame has changed."""
        self.holds = False
        yield
        self.type_key()
        self.assert_unharmed()
        self.holds = True

    def assert_unharmed(self) -> None:
        """Check that the page is unchanged, showed no dialog, opened no window and sent no request elsewhere."""
        assert self._read_page_state() == self._page_state
        assert self.page.locator("[src=owned], [onerror], [onload]").count() == 0
        assert self._dialogs == []
        assert self._windows == []
        assert self.markup_requests() == []
        assert self._outside.requests == []

    def markup_requests(self) -> list[str]:
        """Return the requests for images in hostile markup, which are sent only if the markup is rendered."""
        return self._site.requests_with("owned")[self._asked_before :]

    def open_link(self, fragment: str) -> None:
        """Open a link, after dismissing the notice about the previous one."""
        if self.play.notice.is_visible():
            self.play.notice.get_by_role("button", name="Dismiss").click()
        self.page.goto(f"{self.play.address}play/?run=0{fragment}")

    def expect_opened_or_refused(self, link: Link) -> None:
        self.open_link(link.fragment)
        if link.says:
            expect(self.play.notice).to_contain_text(link.says)
            expect(self.play.consent).to_be_hidden()
        else:
            expect(self.play.consent).to_be_visible()

    def run_code(self, files: dict[str, str]) -> None:
        """Run files through a new link, because the page remembers consent to earlier links."""
        self._open_new_link(files)
        self.play.consent.click()

    def run_forged_replies(self, script: str) -> None:
        """Let a script forge Python's replies to the page until the script has sent the result of a run."""
        self._open_new_link(hostile("reaching/parent.py"))
        expect(self.play.status).to_have_text(READY)
        is_done = forge_replies(self.page, script)
        self.play.consent.click()
        until(is_done, lambda: "the script has not sent a result")

    def _open_new_link(self, files: dict[str, str]) -> None:
        self._opened += 1
        title = f"Link {self._opened}"
        self.open_link(link_to({**files, "opened.txt": title}, title=title))
        expect(self.play.title).to_have_text(title)

    def type_key(self) -> None:
        """Type a comment in the editor, and expect it to appear in time."""
        self._typed += 1
        sign = f"#{self._typed}"
        deadline = time.monotonic() + self.limits.typed / 1000
        self.play.code.click(timeout=self.limits.typed)
        self.page.keyboard.press("ControlOrMeta+End")
        self.page.keyboard.type(sign)
        left = max(1.0, (deadline - time.monotonic()) * 1000)
        expect(self.play.code).to_contain_text(sign, timeout=left)

    def keep_typing(self) -> None:
        """Type long enough for all messages of an attack to arrive."""
        for _ in range(6):
            self.type_key()

    def settle(self) -> None:
        expect(self.play.status).to_have_text(READY)
        expect(self.play.stop_button).to_be_hidden()

    def stop(self) -> None:
        self.play.stop_button.click()
        expect(self.play.stop_button).to_be_hidden(timeout=self.limits.stopped)
        expect(self.play.status).to_have_text(READY, timeout=self.limits.back)

    def restart(self) -> None:
        """Restart Python: with Stop while something runs, otherwise with Restart."""
        # One button may replace the other during a click; Playwright then clicks again.
        self.play.stop_button.or_(self.play.restart_button).first.click(timeout=self.limits.typed)
        expect(self.play.stop_button).to_be_hidden(timeout=self.limits.stopped)
        self.settle()

    def run_ordinary_code(self) -> None:
        self.play.write(SMALL)
        self.play.run_button.click()
        self.play.tab("Outputs").click()
        expect(self.play.panel).to_contain_text("60")

    def show_everything(self) -> None:
        """Show all panels, several nodes and the Share dialog."""
        for tab in ("Outputs", "Inputs", "Prints", "Problems"):
            self.play.tab(tab).click()
        for node in self.play.nodes.all()[:6]:
            node.click()
            self.settle()
        self.play.share_button.click()
        expect(self.play.dialog).to_be_visible()
        self.page.keyboard.press("Escape")
        expect(self.play.dialog).to_be_hidden()


class HostileVisitors:
    """One visitor for all tests, replaced after a failed test."""

    def __init__(self, browser: Browser, site: Served, outside: Served, limits: Limits) -> None:
        self._browser = browser
        self._limits = limits
        self._site = site
        self._outside = outside
        self._context: BrowserContext | None = None
        self._visitor: HostileVisitor | None = None

    def get(self) -> HostileVisitor:
        if self._visitor is None or not self._visitor.holds:
            self.close()
            self._context = self._browser.new_context(viewport={"width": 1440, "height": 900})
            self._context.add_init_script(OFFLINE_USE_IS_OFF)
            self._context.set_default_timeout(PATIENCE * 1000)
            self._visitor = HostileVisitor(self._context, self._site, self._outside, self._limits)
        return self._visitor

    def close(self) -> None:
        if self._context is not None:
            self._context.close()
