"""The actions of a visitor, independent of the browser and of its automation."""

from typing import Any, Protocol

from playwright.sync_api import FrameLocator, Page
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from waiting import evaluate_async


class Visitor(Protocol):
    """A visitor in one window of a fresh browser. Parts are CSS selectors within the first `<hw-play>`."""

    def go(self, address: str) -> None:
        """Open a URL and wait until the page is loaded."""
        ...

    def enter_frame(self) -> None:
        """Act in the first frame of the page until another URL is opened."""
        ...

    def evaluate(self, script: str, argument: Any = None) -> Any:
        """Call a JavaScript function in the page with one value; return its awaited result."""
        ...

    def click(self, part: str, text: str | None = None) -> None:
        """Click the first matching part, or the first with exactly this text."""
        ...

    def press(self, key: str) -> None:
        """Press a named key or a combination, such as `End` or `Control+Enter`."""
        ...

    def type(self, text: str) -> None:
        """Type text, one key at a time."""
        ...


class PlaywrightVisitor:
    """A visitor automated by Playwright: Chromium with its own protocol, Firefox with WebDriver BiDi."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._framed: FrameLocator | None = None

    def go(self, address: str) -> None:
        self._page.goto(address)
        self._framed = None

    def enter_frame(self) -> None:
        self._framed = self._page.frame_locator("iframe").first

    def evaluate(self, script: str, argument: Any = None) -> Any:
        if self._framed is None:
            return evaluate_async(self._page, script, argument)
        # The frame might not be loaded yet; loading replaces its document.
        return self._framed.locator("html").evaluate(f"(_, argument) => ({script})(argument)", argument)

    def click(self, part: str, text: str | None = None) -> None:
        parts = (self._framed or self._page).locator("hw-play").first.locator(part)
        (parts if text is None else parts.get_by_text(text, exact=True)).first.click()

    def press(self, key: str) -> None:
        self._page.keyboard.press(key)

    def type(self, text: str) -> None:
        self._page.keyboard.type(text)


class WebDriverVisitor:
    """A visitor automated by Selenium: WebKit, whose driver supports only the older WebDriver protocol."""

    def __init__(self, driver: WebDriver) -> None:
        self._driver = driver

    def go(self, address: str) -> None:
        # If only the fragment changes, WebKit's driver waits forever for a page load.
        self._driver.switch_to.default_content()
        self._driver.get("about:blank")
        self._driver.get(address)

    def enter_frame(self) -> None:
        self._driver.switch_to.frame(self._driver.find_element(By.TAG_NAME, "iframe"))

    def evaluate(self, script: str, argument: Any = None) -> Any:
        wrapped = f"const done = arguments[1]; Promise.resolve(({script})(arguments[0])).then(done)"
        return self._driver.execute_async_script(wrapped, argument)

    def click(self, part: str, text: str | None = None) -> None:
        next(each for each in self._parts(part) if text is None or each.text == text).click()

    def press(self, key: str) -> None:
        *held, last = (getattr(Keys, name.upper()) for name in key.split("+"))
        pressing = ActionChains(self._driver)
        for each in held:
            pressing.key_down(each)
        pressing.send_keys(last)
        for each in held:
            pressing.key_up(each)
        pressing.perform()

    def type(self, text: str) -> None:
        ActionChains(self._driver).send_keys(text).perform()

    def _parts(self, part: str) -> list[WebElement]:
        return self._driver.find_element(By.TAG_NAME, "hw-play").shadow_root.find_elements(By.CSS_SELECTOR, part)
