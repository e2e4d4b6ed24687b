"""The page object of `<hw-play>`, with all selectors of these tests."""

import base64
import json
import re
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import FrameLocator, Locator, Page, expect
from waiting import evaluate_async, until
from warm_page import WarmPage

READY = re.compile(r"Python.* ready")
HAS_RUN = re.compile(r"\d nodes? ran|Could not run")
EVICT = """async digest => {
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const { url } of await cache.keys()) if (url.includes(digest)) await cache.delete(url);
    }
}"""


def link_to(files: Mapping[str, str], **more: Any) -> str:
    """Return the fragment of a link to the files, compressed without a dictionary."""
    packed = zlib.compress(json.dumps({"files": files, **more}).encode(), 9)
    return "#v1." + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


class Playground:
    """A playground on a page, or in a frame on that page; by default, the first one."""

    def __init__(
        self,
        page: Page,
        address: str,
        which: int = 0,
        within: FrameLocator | None = None,
        warm: WarmPage | None = None,
    ) -> None:
        self.page = page
        self.address = address
        self._warm = warm
        self.root = (within or page).locator("hw-play").nth(which)
        self.code = self.root.get_by_role("textbox", name="Code")
        self.lines = self.root.locator(".cm-line")
        self.title = self.root.locator("header .title")
        self.notice = self.root.locator(".notice")
        self.summary = self.root.locator(".summary")
        self.status = self.root.locator(".runtime")
        self.run_button = self.root.locator("header .go")
        self.stop_button = self.root.get_by_role("button", name="Stop")
        self.restart_button = self.root.get_by_role("button", name="Restart")
        self.retry_button = self.root.get_by_role("button", name="Retry")
        self.share_button = self.root.get_by_role("button", name="Share", exact=True)
        self.drafts_button = self.root.get_by_role("button", name="Drafts", exact=True)
        self.export_button = self.root.get_by_role("button", name="Export", exact=True)
        self.save_drawing_button = self.root.get_by_role("button", name="Save", exact=True)
        self.panel = self.root.locator(".panel")
        self.problem = self.root.locator("footer .problem")
        self.graph = self.root.locator("section.graph svg").first
        self.nodes = self.graph.locator(".node")
        self.selector = self.root.get_by_role("combobox", name="Select nodes")
        self.selected_count = self.root.locator("#selector-status > span").first
        self.consent = self.root.get_by_role("button", name="Run this code")
        self.dialog = self.root.get_by_role("dialog")
        self.counts = self.dialog.locator(".compare-counts")

    def open(self, path: str = "play/") -> "Playground":
        """Go to a page on the site."""
        go = self.page.goto if self._warm is None else self._warm.go
        go(self.address + path)
        return self

    def evict(self, digest: str) -> None:
        """Remove the runtime file that has this digest from the browser's cache."""
        self.open("404.html")
        evaluate_async(self.page, EVICT, digest)

    def open_code(self, text: str, **more: Any) -> "Playground":
        """Open a link to one module, and allow it to run."""
        return self.open_files({"flow.py": text}, **more)

    def open_files(self, files: Mapping[str, str], **more: Any) -> "Playground":
        """Open a link to several files, and allow them to run."""
        is_allowed = self._warm is not None and self._warm.allow(files, more.get("outputs"), more.get("given", {}))
        self.open("play/" + link_to(files, **more))
        if is_allowed:
            expect(self.summary).to_have_text(HAS_RUN)
        else:
            self.consent.click()
        self.settle()
        self.point_at_code()
        return self

    def open_changed_example(self, warm: str = "3.0") -> "Playground":
        """Open the built-in example, and change one of its lines."""
        self.open()
        self.settle()
        self.code.get_by_text("WARM = 2.0").click()
        self.page.keyboard.press("Home")
        self.page.keyboard.insert_text(f"WARM = {warm}  #")
        self.settle()
        return self

    def consent_in_frame(self) -> None:
        """Allow code to run in a frame on another site's page, where the button works only after the mouse has rested on it."""
        expect(self.consent).to_be_enabled()  # otherwise Playwright scrolls while it waits
        self.consent.hover()
        expect(self.consent).to_be_enabled()
        self.consent.click()

    def close_dialog(self) -> None:
        """Close the open dialog, and wait until its history entry is gone."""
        self.page.keyboard.press("Escape")
        self.page.wait_for_function("() => !history.state?.headwaterDialog")

    def settle(self) -> None:
        """Wait until Python is ready and the code in the editor has run."""
        expect(self.status).to_have_text(READY)
        expect(self.stop_button).to_be_hidden()
        expect(self.summary).not_to_contain_text("edited since")

    def point_at_code(self) -> None:
        """Point at the editor, and wait until its assistance is loaded."""
        self.root.locator(".cm-editor").dispatch_event("pointerenter")
        expect(self.root.locator(".cm-editor.assisted")).to_be_attached()

    def write(self, text: str) -> None:
        """Replace the code in the editor."""
        self.point_at_code()
        self.code.click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)

    def text(self) -> str:
        """Return the text in the editor."""
        return "\n".join(self.lines.all_text_contents())

    def expect_text(self, text: str) -> None:
        """Wait until the editor shows exactly this text, including whitespace."""
        until(lambda: self.text() == text, lambda: f"the editor shows {self.text()!r}, not {text!r}")

    def expect_states(self, states: Mapping[str, str]) -> None:
        """Wait until exactly these nodes are drawn with these states."""
        expect(self.graph.locator("[data-node]")).to_have_count(len(states))
        for node, state in states.items():
            expect(self.drawn(node)).to_have_attribute("data-state", state)

    def tab(self, label: str) -> Locator:
        """Return the button of a panel."""
        return self.root.get_by_role("toolbar", name="Panels").get_by_role("button", name=label)

    def node(self, name: str) -> Locator:
        """Return the label of a node in the drawing, but not the label of a module with the same name."""
        return self.graph.locator("[data-node]").get_by_text(name, exact=True)

    def drawn(self, name: str) -> Locator:
        """Return a node in the drawing. The name of a folded module has the prefix `module `."""
        return self.graph.locator(f'[data-node="{name}"]')

    def show(self, panel: str) -> None:
        """Show a panel."""
        tabs = self.root.get_by_role("toolbar", name="Panels")
        tabs.get_by_role("button", name=re.compile(rf"^{panel}( \d+)?$")).click()

    def share(self) -> str:
        """Open the Share dialog, and return its link."""
        self.share_button.click()
        return self.dialog.get_by_label("Link", exact=True).input_value()

    def compare_with(self, link: str) -> None:
        """Compare the open code with a link."""
        self.share_button.click()
        self.dialog.get_by_role("button", name="Compare with").click()
        self.dialog.get_by_label("Link", exact=True).fill(link)
        self.page.keyboard.press("Enter")

    def compared(self, node: str) -> Locator:
        """Return a node in the drawing of a comparison."""
        return self.dialog.locator(f"svg [data-node={node}]")

    def pair(self, node: str) -> Locator:
        """Return the values of a node on both sides of a comparison."""
        return self.dialog.locator(f"[data-compared={node}]")

    def downloaded(self, button: str) -> Path:
        """Click a button in the open dialog, and return the downloaded file under its suggested name."""
        with self.page.expect_download() as waiting:
            self.dialog.get_by_role("button", name=button, exact=True).click()
        saved = Path(str(waiting.value.path()))
        named = saved.with_name(f"{saved.stem}-{waiting.value.suggested_filename}")
        waiting.value.save_as(named)
        return named
