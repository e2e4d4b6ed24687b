"""The theme's search starts when the visitor opens it."""

import pytest
from dataflows import params
from instant_navigation import is_marked, mark_document
from playground import Playground
from playwright.sync_api import Page, expect

PAGE = "changelog/"

COUNT_MESSAGES_TO_WORKERS = """
    globalThis.messagesToWorkers = 0;
    const send = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (...args) { messagesToWorkers++; send.apply(this, args); };
"""


def expect_results(page: Page) -> None:
    page.keyboard.type("completion")
    expect(page.locator(".md-search-result__link").filter(has_text="Changelog").first).to_be_visible()


def open_text_page(play: Playground) -> Page:
    """Open a page, and wait until the theme handles the keyboard."""
    play.open(PAGE)
    expect(play.page.locator("html.js")).to_be_attached()
    return play.page


@pytest.mark.parametrize("key", params({key: key for key in ("/", "s", "f")}, usual={"/"}))  # one handler for all keys
def test_a_key_opens_the_search(play: Playground, key: str) -> None:
    page = open_text_page(play)
    page.keyboard.press(key)
    expect(page.get_by_role("textbox", name="Search")).to_be_focused()
    expect_results(page)


@pytest.mark.everywhere  # long; other tests open the search with a key
def test_a_click_opens_the_search_after_instant_navigation(play: Playground, complaints: list[str]) -> None:
    page = open_text_page(play)
    mark_document(page)
    page.get_by_role("navigation", name="Tabs").get_by_role("link", name="Get started").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Install")
    page.get_by_role("textbox", name="Search").click()
    expect_results(page)
    page.locator(".md-search-result__link").filter(has_text="Changelog").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Changelog")
    page.get_by_role("textbox", name="Search").click()
    expect(page.locator(".md-search-result__link").filter(has_text="Changelog").first).to_be_visible()
    assert is_marked(page)
    assert complaints == []


def test_a_page_prepares_no_search_until_it_is_opened(play: Playground) -> None:
    play.page.add_init_script(COUNT_MESSAGES_TO_WORKERS)
    page = play.page
    with page.expect_response("**/search_index.json"):  # the theme reads the index to highlight the words of a search
        open_text_page(play)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("messagesToWorkers") == 0
    page.keyboard.press("/")
    page.wait_for_function("() => messagesToWorkers > 0")


def test_escape_returns_the_focus_from_the_search(play: Playground) -> None:
    page = open_text_page(play)
    link = page.get_by_role("navigation", name="Tabs").get_by_role("link", name="Get started")
    link.focus()
    page.keyboard.press("/")
    expect_results(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("textbox", name="Search")).to_be_focused()  # the hidden list of results is not a tab stop
