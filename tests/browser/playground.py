"""`<hw-play>` as a visitor meets it: every selector of these tests stands here."""

import base64
import json
import re
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import FrameLocator, Locator, Page, expect
from waiting import until

READY = re.compile(r"Python.* ready")


def link_to(files: Mapping[str, str], **more: Any) -> str:
    """The fragment of a link that carries the files, as anybody can make it: without a dictionary."""
    packed = zlib.compress(json.dumps({"files": files, **more}).encode(), 9)
    return "#v1." + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


class Playground:
    """One playground of a page, or of a frame in it: the first one, unless told which."""

    def __init__(self, page: Page, address: str, which: int = 0, within: FrameLocator | None = None) -> None:
        self.page = page
        self.address = address
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
        self.download_button = self.root.get_by_role("button", name="Download", exact=True)
        self.save_drawing_button = self.root.get_by_role("button", name="Save", exact=True)
        self.panel = self.root.locator(".panel")
        self.problem = self.root.locator("footer .problem")
        self.graph = self.root.locator("section.graph svg").first
        self.nodes = self.graph.locator(".node")
        self.selector = self.root.get_by_role("combobox", name="Select nodes")
        self.selected_count = self.root.locator("#selector-said > span").first
        self.consent = self.root.get_by_role("button", name="Run this code")
        self.dialog = self.root.get_by_role("dialog")
        self.counts = self.dialog.locator(".compare-counts")

    def open(self, path: str = "play/") -> "Playground":
        """Go to a page of the site."""
        self.page.goto(self.address + path)
        return self

    def open_code(self, text: str, **more: Any) -> "Playground":
        """Open a link to one module, and say that it may run."""
        return self.open_files({"flow.py": text}, **more)

    def open_files(self, files: Mapping[str, str], **more: Any) -> "Playground":
        """Open a link to several files, and say that they may run."""
        self.open("play/" + link_to(files, **more))
        self.consent.click()
        self.settle()
        self.point_at_code()
        return self

    def open_changed_example(self, warm: str = "3.0") -> "Playground":
        """Open the built-in example, and have one of its lines say something else."""
        self.open()
        self.settle()
        self.code.get_by_text("WARM = 2.0").click()
        self.page.keyboard.press("Home")
        self.page.keyboard.insert_text(f"WARM = {warm}  #")
        self.settle()
        return self

    def consent_in_frame(self) -> None:
        """Let code run inside a page of another site, where the button waits until nothing moves and the mouse rests on it."""
        expect(self.consent).to_be_enabled()  # Playwright scrolls what it waits for in vain
        self.consent.hover()
        expect(self.consent).to_be_enabled()
        self.consent.click()

    def close_dialog(self) -> None:
        """Close the dialog in front, and wait until its entry is gone from the history."""
        self.page.keyboard.press("Escape")
        self.page.wait_for_function("() => !history.state?.headwaterDialog")

    def settle(self) -> None:
        """Wait until Python is there and what is in the editor has been run."""
        expect(self.status).to_have_text(READY)
        expect(self.stop_button).to_be_hidden()
        expect(self.summary).not_to_contain_text("edited since")

    def point_at_code(self) -> None:
        """Wait until the editor helps with writing, as it does soon after one points at it."""
        self.root.locator(".cm-editor").dispatch_event("pointerenter")
        expect(self.root.locator(".cm-editor.assisted")).to_be_attached()

    def write(self, text: str) -> None:
        """Put other code in the place of what is in the editor."""
        self.point_at_code()
        self.code.click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)

    def text(self) -> str:
        """What the editor shows."""
        return "\n".join(self.lines.all_text_contents())

    def expect_text(self, text: str) -> None:
        """Wait until the editor shows exactly this; blank space counts."""
        until(lambda: self.text() == text, lambda: f"the editor shows {self.text()!r}, not {text!r}")

    def expect_states(self, states: Mapping[str, str]) -> None:
        """Wait until these nodes, and no others, are drawn with these states."""
        expect(self.graph.locator("[data-node]")).to_have_count(len(states))
        for node, state in states.items():
            expect(self.drawn(node)).to_have_attribute("data-state", state)

    def tab(self, label: str) -> Locator:
        """What chooses one of the lists of values."""
        return self.root.get_by_role("group", name="Panels").get_by_role("button", name=label)

    def node(self, name: str) -> Locator:
        """The name of a node in the drawing; the frame of its module may have the same."""
        return self.graph.locator("[data-node]").get_by_text(name, exact=True)

    def drawn(self, name: str) -> Locator:
        """The whole of a node in the drawing: its name, its type and its state. A folded module is `module` and its name."""
        return self.graph.locator(f'[data-node="{name}"]')

    def show(self, panel: str) -> None:
        """Bring a tab of the values to the front."""
        tabs = self.root.get_by_role("group", name="Panels")
        tabs.get_by_role("button", name=re.compile(rf"^{panel}( \d+)?$")).click()

    def share(self) -> str:
        """Open the dialog of links, and say the link in it."""
        self.share_button.click()
        return self.dialog.get_by_label("Link", exact=True).input_value()

    def compare_with(self, link: str) -> None:
        """Compare what is open with a link."""
        self.share_button.click()
        self.dialog.get_by_role("button", name="Compare with").click()
        self.dialog.get_by_label("A link").fill(link)
        self.page.keyboard.press("Enter")

    def compared(self, node: str) -> Locator:
        """A node of the drawing of two dataflows."""
        return self.dialog.locator(f"svg [data-node={node}]")

    def pair(self, node: str) -> Locator:
        """The values of a node on both sides."""
        return self.dialog.locator(f"[data-compared={node}]")

    def downloaded(self, button: str) -> Path:
        """What a button of the open dialog saves: the file, under the name that the page gave it."""
        with self.page.expect_download() as waiting:
            self.dialog.get_by_role("button", name=button, exact=True).click()
        saved = Path(str(waiting.value.path()))
        named = saved.with_name(f"{saved.stem}-{waiting.value.suggested_filename}")
        waiting.value.save_as(named)
        return named
