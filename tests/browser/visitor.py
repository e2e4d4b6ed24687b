"""A visitor at any browser: the few things that a person does, whichever program moves the mouse and presses the keys."""

from typing import Any, Protocol

from playwright.sync_api import FrameLocator, Page
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from waiting import evaluate_async


class Visitor(Protocol):
    """Somebody at one window of a browser that was never used before. Parts are CSS selectors within the first `<hw-play>`."""

    def go(self, address: str) -> None:
        """Open an address and wait until the page is loaded."""
        ...

    def enter_frame(self) -> None:
        """From now on, and until another address is opened, the window is the first frame of the page."""
        ...

    def evaluate(self, script: str, given: Any = None) -> Any:
        """What a function of JavaScript gives in the page, called with one value; promises are awaited."""
        ...

    def click(self, part: str, text: str | None = None) -> None:
        """Click the first of the parts, or the first that says just this."""
        ...

    def press(self, key: str) -> None:
        """Press one key that has a name, or several at once: `End`, `Control+Enter`."""
        ...

    def type(self, text: str) -> None:
        """Press the keys for a text, one after the other."""
        ...


class PlaywrightVisitor:
    """A visitor moved by Playwright: Chromium over its own protocol, Firefox over WebDriver BiDi."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._framed: FrameLocator | None = None

    def go(self, address: str) -> None:
        self._page.goto(address)
        self._framed = None

    def enter_frame(self) -> None:
        self._framed = self._page.frame_locator("iframe").first

    def evaluate(self, script: str, given: Any = None) -> Any:
        if self._framed is None:
            return evaluate_async(self._page, script, given)
        # The frame may not be loaded yet, and is another one once it is.
        return self._framed.locator("html").evaluate(f"(_, given) => ({script})(given)", given)

    def click(self, part: str, text: str | None = None) -> None:
        parts = (self._framed or self._page).locator("hw-play").first.locator(part)
        (parts if text is None else parts.get_by_text(text, exact=True)).first.click()

    def press(self, key: str) -> None:
        self._page.keyboard.press(key)

    def type(self, text: str) -> None:
        self._page.keyboard.type(text)


class WebDriverVisitor:
    """A visitor moved by Selenium: WebKit, whose driver speaks the older WebDriver."""

    def __init__(self, driver: WebDriver) -> None:
        self._driver = driver

    def go(self, address: str) -> None:
        # WebKit's driver waits for ever for the load of a page when nothing but the fragment changes.
        self._driver.switch_to.default_content()
        self._driver.get("about:blank")
        self._driver.get(address)

    def enter_frame(self) -> None:
        self._driver.switch_to.frame(self._driver.find_element(By.TAG_NAME, "iframe"))

    def evaluate(self, script: str, given: Any = None) -> Any:
        awaited = f"const done = arguments[1]; Promise.resolve(({script})(arguments[0])).then(done)"
        return self._driver.execute_async_script(awaited, given)

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
