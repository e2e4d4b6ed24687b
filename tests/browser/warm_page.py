"""A page that stays open for many tests. Each test gets a new `<hw-play>` on it, as a visitor does after instant navigation.
On a text page, each test fills the article instead.

Opening a page takes several times longer than most tests. The new element has no state from earlier tests. The rest of the
page's state is cleared: stored drafts, consent and progress, the URL, the window size and the visitor's preferences.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, get_args
from urllib.parse import urldefrag

from instant_navigation import await_instant_navigation
from playwright.sync_api import Browser, BrowserContext, Error, Page, ViewportSize, expect
from waiting import PATIENCE, evaluate_async, until

WINDOW: ViewportSize = {"width": 1440, "height": 900}
PERMISSIONS = ["clipboard-read", "clipboard-write"]

PlaygroundPath = Literal["play/", "embed/"]
"""The pages with a single `<hw-play>`. The URL selects its code."""
PLAYGROUND_PATHS: tuple[PlaygroundPath, ...] = get_args(PlaygroundPath)

TextPath = Literal["glossary/"]
"""The text page, to which tests add elements."""
TEXT_PAGE: TextPath = "glossary/"

WarmPath = PlaygroundPath | TextPath
WARM_PATHS: tuple[WarmPath, ...] = (*PLAYGROUND_PATHS, TEXT_PAGE)

Device = Literal["computer", "phone"]
DEVICES: Mapping[Device, Mapping[str, Any]] = {
    "computer": {"viewport": WINDOW},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}
"""The options of the browser contexts for each device."""

FOLLOW_LINK = """address => {
    const link = document.createElement("a");
    link.href = address;
    document.body.append(link);
    link.click();
    link.remove();
}"""

REMOVE_ELEMENT = """async () => {
    const play = document.querySelector("hw-play");
    globalThis.warm ??= { parent: play.parentElement, options: [...play.attributes].map(({ name, value }) => [name, value]) };
    play?.remove();
    forgetAllowedCode();
}"""

EMPTY_ARTICLE = """() => {
    globalThis.warm ??= {};
    document.querySelector("article").replaceChildren("No test has added anything yet.");
}"""

FORGET_VISITOR = """() => {
    history.replaceState(null, "", location.pathname);
    document.documentElement.removeAttribute("style");
    getSelection().removeAllRanges();
    scrollTo(0, 0);
}"""

ALLOW_CODE = "code => allowCode(code)"

ADD_ELEMENT = """address => {
    history.pushState(null, "", address);
    const play = document.createElement("hw-play");
    for (const [name, value] of warm.options) play.setAttribute(name, value);
    warm.parent.append(play);
}"""

FOLLOW_ADDRESS = """address => history.pushState(null, "", address)"""


@dataclass(frozen=True)
class Content:
    """The part of a page that is new for each test."""

    loaded: str
    """The selector of a part that is visible when the page is complete."""
    add: str
    remove: str


PLAYGROUND = Content("hw-play .cm-editor.assisted", ADD_ELEMENT, REMOVE_ELEMENT)
ARTICLE = Content("article h1#glossary", FOLLOW_ADDRESS, EMPTY_ARTICLE)

# Returns the number of cleared records. Callers repeat the call until it returns 0, because a removed element may still
# store a draft.
CLEAR_STORAGE = """async () => {
    localStorage.clear();
    sessionStorage.clear();
    if (!(await indexedDB.databases()).some(({ name }) => name === "headwater")) return 0;
    const opening = indexedDB.open("headwater");
    await new Promise((resolve, reject) => Object.assign(opening, { onsuccess: resolve, onerror: reject }));
    const stores = [...opening.result.objectStoreNames];
    const clearing = opening.result.transaction(stores, "readwrite");
    let found = 0;
    for (const store of stores) {
        const counting = clearing.objectStore(store).count();
        counting.onsuccess = () => { found += counting.result; };
        clearing.objectStore(store).clear();
    }
    await new Promise((resolve, reject) => Object.assign(clearing, { oncomplete: resolve, onabort: reject }));
    opening.result.close();
    return found;
}"""


class WarmPage:
    """One of the pages. It is opened when the first test needs it, and reopened after a test has left it."""

    def __init__(self, browser: Browser, site: str, path: WarmPath = "play/", device: Device = "computer") -> None:
        self._browser = browser
        self._site = site
        self._path = path
        self._device = DEVICES[device]
        self._content = ARTICLE if path == TEXT_PAGE else PLAYGROUND
        self._context: BrowserContext | None = None
        self._page: Page | None = None
        self._is_empty = False

    @property
    def page(self) -> Page:
        """The page that the current test uses."""
        assert self._page is not None
        return self._page

    @contextmanager
    def lend(self) -> Iterator[None]:
        """Yield the page without a `<hw-play>`, or with an empty article.

        Afterwards, close other pages in its context, and clear what the test has stored.
        """
        if self._page is None:
            self._open()
        try:
            yield
        finally:
            self._take_back(self.page)

    def allow(self, files: Mapping[str, str], outputs: Sequence[str] | None, given: Mapping[str, Any]) -> bool:
        """Allow the first code that a test opens, as if the visitor had allowed it earlier. Return whether it was allowed.

        Without this, the test would have to wait a second until the button accepts clicks.
        """
        if self._is_empty:
            self.page.evaluate(ALLOW_CODE, {"files": {**files}, "outputs": outputs, "fieldTexts": {**given}})
        return self._is_empty

    def go(self, address: str) -> None:
        """Open a URL. If it is the test's first URL and selects this page, the page is not loaded again."""
        is_here = urldefrag(address).url.partition("?")[0] == self._site + self._path
        if self._is_empty and is_here:
            self.page.evaluate(self._content.add, address)
        else:
            self.page.goto(address)
        self._is_empty = False

    def close(self) -> None:
        if self._context is not None:
            self._context.close()
        self._context = self._page = None

    def _open(self) -> None:
        self._context = self._browser.new_context(**self._device, permissions=PERMISSIONS)
        self._context.set_default_timeout(PATIENCE * 1000)
        page = self._page = self._context.new_page()
        # If the page were opened directly, the theme's script would load last and depend on the first element.
        page.goto(self._site + "changelog/")
        await_instant_navigation(page)
        page.evaluate(FOLLOW_LINK, self._site + self._path)
        expect(page).to_have_url(self._site + self._path)
        expect(page.locator(self._content.loaded)).to_be_attached()
        self._empty(page)

    def _take_back(self, page: Page) -> None:
        """Empty the page, or close it if the test has left it."""
        try:
            for other in page.context.pages:
                if other is not page:
                    other.close()
            if page.evaluate("'warm' in globalThis"):
                self._empty(page)
            else:
                self.close()
        except Error:
            self.close()

    def _empty(self, page: Page) -> None:
        page.evaluate(self._content.remove)
        page.evaluate(FORGET_VISITOR)
        page.set_viewport_size(self._device["viewport"])
        page.emulate_media(color_scheme="null", reduced_motion="null")
        page.mouse.move(0, 0)
        until(lambda: evaluate_async(page, CLEAR_STORAGE) == 0, lambda: "an element that was removed still stores drafts")
        self._is_empty = True


WarmPages = Mapping[tuple[WarmPath, Device], WarmPage]
