"""Browsers with blocked storage: all pages work, all errors are caught, and the visitor is notified once."""

import re

import pytest
from dataflows import SMALL, params
from playground import Playground, link_to
from playwright.sync_api import BrowserContext, expect
from waiting import evaluate_async

SECURITY = 'new DOMException("The operation is insecure.", "SecurityError")'
QUOTA = 'new DOMException("The quota has been exceeded.", "QuotaExceededError")'

REFUSE_ACCESS = f"""
const refuse = (owner, name) =>
  Object.defineProperty(owner, name, {{ configurable: true, get() {{ throw {SECURITY}; }} }});
for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) refuse(window, name);
for (const name of ["serviceWorker", "storage", "locks"]) refuse(navigator, name);
"""
"""As in a frame without an origin, or with blocked cookies: even accessing a store throws."""

REFUSE_CALLS = f"""
const refuse = (owner, name) => {{ owner[name] = () => {{ throw {SECURITY}; }}; }};
for (const name of ["getItem", "setItem", "removeItem", "key", "clear"]) refuse(Storage.prototype, name);
for (const name of ["open", "deleteDatabase"]) refuse(IDBFactory.prototype, name);
for (const name of ["open", "match", "has", "keys", "delete"]) refuse(CacheStorage.prototype, name);
for (const name of ["register", "getRegistration", "getRegistrations"]) refuse(ServiceWorkerContainer.prototype, name);
for (const name of ["estimate", "persist", "persisted"]) refuse(StorageManager.prototype, name);
for (const name of ["request", "query"]) refuse(LockManager.prototype, name);
"""
"""The stores can be accessed, but every call throws."""

REJECT_CALLS = f"""
const reject = (owner, name) => {{ owner[name] = () => Promise.reject({SECURITY}); }};
for (const name of ["getItem", "setItem", "removeItem"]) Storage.prototype[name] = () => {{ throw {SECURITY}; }};
for (const name of ["open", "match", "has", "keys", "delete"]) reject(CacheStorage.prototype, name);
for (const name of ["register", "getRegistration", "getRegistrations"]) reject(ServiceWorkerContainer.prototype, name);
for (const name of ["estimate", "persist", "persisted"]) reject(StorageManager.prototype, name);
for (const name of ["request", "query"]) reject(LockManager.prototype, name);
IDBFactory.prototype.open = () => {{
  const request = new EventTarget();
  Object.setPrototypeOf(request, IDBOpenDBRequest.prototype);
  Object.defineProperty(request, "error", {{ value: {SECURITY} }});
  setTimeout(() => EventTarget.prototype.dispatchEvent.call(request, new Event("error")));
  return request;
}};
"""

FULL = f"""
Storage.prototype.setItem = () => {{ throw {QUOTA}; }};
for (const name of ["put", "add"]) IDBObjectStore.prototype[name] = () => {{ throw {QUOTA}; }};
for (const name of ["put", "add", "addAll"]) Cache.prototype[name] = () => Promise.reject({QUOTA});
"""
"""Stored data can be read, but the quota is exhausted."""

FULL_AT_THE_END = """
for (const name of ["put", "add"]) {
  const real = IDBObjectStore.prototype[name];
  IDBObjectStore.prototype[name] = function (...given) {
    const request = real.apply(this, given);
    this.transaction.abort();
    return request;
  };
}
"""
"""The database accepts writes, and aborts the transaction when the quota is exceeded."""

ABSENT = """
for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"])
  Object.defineProperty(window, name, { configurable: true, value: name.endsWith("Storage") ? null : undefined });
for (const name of ["serviceWorker", "storage", "locks"])
  Object.defineProperty(navigator, name, { configurable: true, value: undefined });
"""
"""The browser lacks the storage interfaces."""

BROWSERS = {
    "access refused": REFUSE_ACCESS,
    "calls throw": REFUSE_CALLS,
    "calls reject": REJECT_CALLS,
    "full": FULL,
    "full at the end of a transaction": FULL_AT_THE_END,
    "absent": ABSENT,
}

TOLD = re.compile("Drafts cannot be saved: the browser('s storage is full| blocks storage for this page)")

# Playwright does not report unhandled rejections.
COUNT_REJECTIONS = """
window.unhandled = [];
addEventListener("error", ({ message }) => window.unhandled.push(message));
addEventListener("unhandledrejection", ({ reason }) => window.unhandled.push(String(reason?.stack ?? reason)));
"""


IN_ONE_OR_EVERY_BROWSER = pytest.mark.parametrize("refusing", params(BROWSERS, usual={"access refused"}), indirect=True)
"""Every kind of browser; in `make test`, only the strictest. `test_drafts.py` tests other kinds there, for drafts only."""


@pytest.fixture
def refusing(request: pytest.FixtureRequest, context: BrowserContext) -> BrowserContext:
    """Return a context that refuses storage in the same way as one of the real browsers."""
    context.add_init_script(COUNT_REJECTIONS + request.param)
    return context


def expect_nothing_uncaught(play: Playground) -> None:
    assert evaluate_async(play.page, "() => window.unhandled") == []


@IN_ONE_OR_EVERY_BROWSER
@pytest.mark.usefixtures("refusing")
def test_the_playground_works_and_reports_once_that_drafts_cannot_be_saved(play, complaints):
    play.open()
    play.settle()
    play.write(SMALL)
    expect(play.node("total")).to_be_visible()
    expect(play.notice).to_contain_text(TOLD)
    play.notice.get_by_role("button", name="Dismiss").click()
    play.write(SMALL + "\n")
    play.settle()
    expect(play.notice).to_be_hidden()
    play.drafts_button.click()
    expect(play.dialog).to_be_visible()
    play.page.keyboard.press("Escape")
    play.share()
    expect_nothing_uncaught(play)
    assert complaints == []


@IN_ONE_OR_EVERY_BROWSER
@pytest.mark.usefixtures("refusing")
def test_code_from_a_link_runs_after_consent(play, complaints):
    play.open("play/" + link_to({"flow.py": SMALL}))
    play.consent.click()
    play.settle()
    expect(play.panel).to_contain_text("60")
    expect_nothing_uncaught(play)
    assert complaints == []


@IN_ONE_OR_EVERY_BROWSER
@pytest.mark.usefixtures("refusing")
@pytest.mark.parametrize("path", ["", "course/functions-become-nodes/", "embed/"])
def test_code_of_the_other_pages_runs(play, complaints, path):
    play.open(path)
    play.run_button.click()
    play.settle()
    expect_nothing_uncaught(play)
    assert complaints == []


@pytest.mark.everywhere  # long; `test_search.py` covers the search
@IN_ONE_OR_EVERY_BROWSER
@pytest.mark.usefixtures("refusing")
def test_a_text_page_can_be_searched(play, complaints):
    play.open("reference/decorators/?q=completion")
    expect(play.page.locator(".md-search-result__link").filter(has_text="Changelog").first).to_be_visible()
    expect_nothing_uncaught(play)
    assert complaints == []
