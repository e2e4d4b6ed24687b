"""The pages on the site, at any path and however they are reached."""

import re

import pytest
from dataflows import SMALL
from instant_navigation import is_marked, mark_document
from playground import Playground, link_to
from playwright.sync_api import expect

PAGES = {"home": "", "tutorial": "first-dataflow/", "playground": "play/"}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_is_live_without_warnings_or_requests_to_another_origin(play, site, complaints, path):
    requests: list[str] = []
    play.page.on("request", lambda request: requests.append(request.url))
    play.open(path)
    play.run_button.click()
    play.settle()
    expect(play.panel.get_by_role("table").first).to_contain_text("2012" if path == PAGES["tutorial"] else "2015")
    assert complaints == []
    ours = (site.address, "blob:", "data:", "about:")
    assert [url for url in requests if not url.startswith(ours)] == []


def test_the_playground_works_below_a_path(page, site_below, complaints):
    play = Playground(page, site_below.address).open_code(SMALL)
    expect(play.panel).to_contain_text("60")
    assert complaints == []
    strays = [path for path in site_below.requests if not path.startswith("/some/project/")]
    assert strays == []


@pytest.mark.pyodide
@pytest.mark.everywhere  # `test_offline.py` also visits the page again
def test_a_second_visit_does_not_fetch_python_again(play, site):
    play.open()
    play.settle()
    expect(play.status).to_contain_text("Python and pandas ready")  # all of Python's files are loaded and cached
    site.requests.clear()
    play.page.reload()
    play.settle()
    assert [path for path in site.requests_with("/runtime/") if not path.endswith("manifest.json")] == []


def test_python_survives_instant_navigation_and_back(play):
    play.open("first-dataflow/")
    play.run_button.click()
    play.settle()
    page = play.page
    mark_document(page)
    page.get_by_role("link", name="Headwater").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dataflows from plain Python functions")
    home = Playground(page, play.address)
    home.run_button.click()
    home.settle()
    expect(home.panel.get_by_role("table").first).to_contain_text("2015")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your first dataflow")
    again = Playground(page, play.address)
    again.run_button.click()
    again.settle()
    assert is_marked(page)


def test_two_embeds_of_a_page_are_isolated(page, site):
    first = Playground(page, site.address, which=0).open("first-dataflow/")
    second = Playground(page, site.address, which=1)
    first.run_button.click()
    first.settle()
    second.run_button.click()
    second.settle()
    expect(first.node("temp_mean")).to_have_count(0)
    expect(second.node("temp_mean")).to_be_visible()


@pytest.mark.pyodide
@pytest.mark.returning
def test_all_embeds_of_a_page_and_the_next_page_share_one_sandboxed_frame(page, site):
    embeds = [Playground(page, site.address, which=which) for which in range(2)]
    embeds[0].open("first-dataflow/")
    for embed in embeds:
        embed.run_button.click()
        embed.settle()
    frames = page.locator("iframe[title=Python]")
    expect(frames).to_have_count(1)
    page.get_by_role("link", name="Headwater").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dataflows from plain Python functions")
    embeds[0].run_button.click()
    embeds[0].settle()
    expect(frames).to_have_count(1)


@pytest.mark.everywhere  # long; the test before it navigates between two playgrounds
def test_python_survives_a_page_without_a_playground(play):
    page = play.page
    play.open("first-dataflow/")
    expect(play.lines.first).to_be_visible()
    mark_document(page)
    page.get_by_role("link", name="Functions", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Functions")
    expect(page.locator("hw-play")).to_have_count(0)
    page.go_back()
    play.run_button.click()
    play.settle()
    page.go_forward()
    expect(page.locator("hw-play")).to_have_count(0)
    page.go_back()
    play.run_button.click()
    play.settle()
    assert is_marked(page)


@pytest.mark.pyodide
def test_the_playground_page_does_not_wait_for_the_theme(play, site):
    site.requests.clear()
    with site.hold_responses("/runtime/pyodide.asm"):
        play.open()
        expect(play.code).to_have_attribute("contenteditable", "true")
        expect(play.page.locator(".md-toggle").first).to_be_hidden()
        assert [path for path in site.requests if "/stylesheets/" in path or "/javascripts/" in path] == []
    play.settle()
    expect(play.page.locator("link[disabled]")).to_have_count(0)


def test_styles_are_not_reloaded_when_the_theme_arrives(play):
    """Reloading a style sheet would briefly break the layout, and the focused element would lose focus."""
    play.page.add_init_script(READ_AGAIN)
    play.open()
    expect(play.page.locator("html.js")).to_be_attached()  # the theme's script has run
    are_all_loaded = "() => document.querySelectorAll('link[rel=stylesheet]').length === document.styleSheets.length"
    play.page.wait_for_function(are_all_loaded)
    assert play.page.evaluate("readAgain") == []


READ_AGAIN = """
    globalThis.readAgain = [];
    const there = new Set();
    document.addEventListener("load", ({ target }) => there.add(target), { capture: true });
    new MutationObserver((changes) => {
        for (const { target } of changes) if (there.has(target)) readAgain.push(target.href);
    }).observe(document, { attributeFilter: ["href"], subtree: true });
"""


def test_an_element_without_prerendering_looks_the_same(play):
    drawn = _looks(play)
    play.page.route("**/play/", lambda route: route.fulfill(body=DRAWN.sub("", route.fetch().text()), content_type="text/html"))
    assert _looks(play) == drawn
    assert drawn["display"] == "flex"


def _looks(play: Playground) -> dict[str, str]:
    """Return the styles of the element's header, once all style sheets are loaded."""
    play.open()
    play.settle()
    expect(play.page.locator("link[disabled]")).to_have_count(0)
    play.page.wait_for_function(
        "() => [...document.querySelectorAll('link[rel=stylesheet]')].every(link => link.sheet !== null)"
    )
    return play.page.evaluate("""() => {
        const styles = getComputedStyle(document.querySelector("hw-play").shadowRoot.querySelector("header"));
        return Object.fromEntries([...styles].map((name) => [name, styles.getPropertyValue(name)]));
    }""")


DRAWN = re.compile(r"<template shadowrootmode.*?</template>", re.DOTALL)


def test_instant_navigation_to_the_playground_and_back_keeps_every_style(play):
    page = play.page
    play.open("guides/testing/")
    mark_document(page)
    before = page.evaluate(STYLES)
    for _ in range(2):
        page.get_by_role("navigation", name="Tabs").get_by_role("link", name="Playground").click()
        play.settle()
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Unit tests")
        expect(page.get_by_role("navigation", name="Tabs")).to_be_visible()
        assert page.evaluate(STYLES) == before
    assert is_marked(page)


# The style sheets in order, because their order determines which of several rules applies.
STYLES = "[...document.styleSheets].filter((sheet) => sheet.href !== null).map((sheet) => sheet.href)"


@pytest.mark.warm
def test_back_and_forward_navigate_between_links(play):
    links = [link_to({"flow.py": SMALL.replace("20", price)}) for price in ("21", "22")]
    play.open("play/" + links[0])
    expect(play.code).to_contain_text("return 21")
    play.page.evaluate("fragment => { location.hash = fragment }", links[1])
    expect(play.code).to_contain_text("return 22")
    play.page.go_back()
    expect(play.code).to_contain_text("return 21")
    play.page.go_forward()
    expect(play.code).to_contain_text("return 22")


def test_the_frame_for_other_sites_works_below_a_path(page, site_below):
    play = Playground(page, site_below.address).open("embed/" + link_to({"flow.py": SMALL}))
    play.consent.click()
    play.settle()
    expect(play.panel).to_contain_text("60")
