"""The browser engines: where they are installed, and how to start them."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress

from playwright.sync_api import Browser, Playwright
from selenium.webdriver import Remote
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service
from urllib3.exceptions import HTTPError
from visitor import PlaywrightVisitor, Visitor, WebDriverVisitor
from waiting import PATIENCE

WIDTH, HEIGHT = 1440, 900
STARTS = 3
START_PATIENCE = 40  # the maximum number of seconds for starting a browser

NewVisitor = Callable[[], Visitor]

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The address bar's popups are never visible. Only the last `--disable-features` flag counts, so this one repeats the
    # features that Playwright disables.
    "--disable-features=WebUIOmniboxAimPopup,WebUIOmniboxPopup,HttpsUpgrades,MediaRouter,OptimizationHints,Translate",
]

# Visits are too short to benefit from optimized code.
UNOPTIMIZED_WASM = "--no-wasm-tier-up --no-wasm-dynamic-tiering"
UNOPTIMIZED = f"{UNOPTIMIZED_WASM} --no-opt"


def chromium_path() -> str | None:
    """Return the path of Debian's Chromium, or None to use Playwright's Chromium."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


def headless_path() -> str | None:
    """Return the path of the browser for tests that need no window: the headless Chromium if it is configured."""
    return os.environ.get("HEADLESS_SHELL") or chromium_path()


def firefox_path() -> str | None:
    return shutil.which("firefox-esr") or shutil.which("firefox")


def webkit_driver_path() -> str | None:
    """Return the path of WebKitGTK's driver if Xvfb is installed. WebKitGTK has no headless mode, so it needs a display."""
    return shutil.which("WebKitWebDriver") if shutil.which("Xvfb") else None


def absences() -> dict[str, str]:
    """Return the missing engines, and how to install each."""
    absent = {}
    if firefox_path() is None:
        absent["firefox"] = "Firefox is not on this machine (Debian package: firefox-esr)"
    if webkit_driver_path() is None:
        absent["webkit"] = "WebKit is not on this machine (Debian packages: webkit2gtk-driver, xvfb)"
    return absent


def launch_firefox(playwright: Playwright) -> Browser:
    """Launch the installed Firefox over WebDriver BiDi: Playwright's patched Firefox is not available everywhere."""
    return playwright.firefox.launch(channel="moz-firefox", executable_path=firefox_path())


@contextmanager
def visitors_of(browser: Browser) -> Iterator[NewVisitor]:
    """Return a function that creates visitors in a Playwright browser, each with its own context."""
    with ExitStack() as opened:

        def arrive() -> Visitor:
            context = opened.enter_context(browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}))
            context.set_default_timeout(PATIENCE * 1000)
            return PlaywrightVisitor(context.new_page())

        yield arrive


@contextmanager
def visitors_of_webkit(display: str) -> Iterator[NewVisitor]:
    """Return a function that creates visitors, each in a separate WebKit browser, as the driver supports only one session."""
    with ExitStack() as opened:

        def arrive() -> Visitor:
            driver = _webkit(display, opened)
            driver.set_script_timeout(PATIENCE)
            driver.set_window_rect(0, 0, WIDTH, HEIGHT)
            return WebDriverVisitor(driver)

        yield arrive


def _webkit(display: str, opened: ExitStack) -> Remote:
    """Start a WebKit browser, which is closed when `opened` is closed.

    WebKit's driver sometimes loses the browser that it has just started, and then stops responding. In that case, start
    another driver.
    """
    for _ in range(STARTS - 1):
        with suppress(TimeoutError, HTTPError):
            return _started(display, opened)
    return _started(display, opened)


def _started(display: str, opened: ExitStack) -> Remote:
    options = Options()
    options.add_argument("--automation")
    service = Service(webkit_driver_path(), env={**os.environ, "DISPLAY": display, "GDK_BACKEND": "x11"})
    service.start()
    opened.callback(service.stop)
    config = ClientConfig(service.service_url, timeout=START_PATIENCE)
    driver = opened.enter_context(Remote(RemoteConnection(client_config=config), options=options))
    config.timeout = PATIENCE + 10  # longer than the script timeout, so that the script timeout applies first
    return driver


@contextmanager
def virtual_display() -> Iterator[str]:
    """Start a virtual display with an unused display number."""
    reading, writing = os.pipe()
    screen = ["-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp"]
    command = [shutil.which("Xvfb") or "", "-displayfd", str(writing), *screen]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as number:
            yield f":{number.readline().strip()}"
        server.terminate()
