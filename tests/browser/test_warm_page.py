"""The page that many tests share behaves like a new page in each test, regardless of earlier tests."""

import pytest
from dataflows import SMALL, params
from lesson_steps import WRITE, add_steps
from local_server import Served, Sites
from playground import Playground, link_to
from playwright.sync_api import expect
from waiting import evaluate_async
from warm_page import PLAYGROUND_PATHS, TEXT_PAGE, Device, PlaygroundPath, WarmPage, WarmPages

LINK = link_to({"flow.py": SMALL}, title="Prices")

STORED = """async () => ({
    local: { ...localStorage },
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
})"""

LOOKS = """() => {
    const play = document.querySelector("hw-play");
    const box = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ");
    const parts = [...play.shadowRoot.querySelectorAll("header *, section, .panel *, .consent *, svg *, .cm-line")];
    return {
        elements: parts.map((part) => `${part.localName} ${box(part.getBoundingClientRect())}`),
        dark: matchMedia("(prefers-color-scheme: dark)").matches,
        window: [innerWidth, innerHeight],
    };
}"""


@pytest.fixture(scope="module")
def site(sites: Sites) -> Served:
    return sites["/", True]


@pytest.fixture(scope="module")
def warm(warm_pages: WarmPages) -> WarmPage:
    return warm_pages["play/", "computer"]


def opened(warm: WarmPage, site: Served, path: PlaygroundPath = "play/") -> Playground:
    """Open a link on the warm page, and wait until the visitor can allow it to run."""
    play = Playground(warm.page, site.address, warm=warm).open(path + LINK)
    expect(play.node("total")).to_be_visible()
    play.point_at_code()
    expect(play.consent).to_be_enabled()
    return play


def leave_traces(warm: WarmPage, site: Served) -> None:
    """Change everything that a visitor can change."""
    play = opened(warm, site)
    play.page.set_viewport_size({"width": 900, "height": 600})
    play.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    play.root.get_by_role("separator", name="Code pane width").press("End")
    play.consent.click()
    play.settle()
    play.root.get_by_role("checkbox", name="Auto-run").uncheck()
    play.node("total").click()
    play.selector.fill("price")
    play.root.get_by_role("button", name="List", exact=True).click()
    play.write(SMALL.replace("return 20", "return 21"))
    expect(play.page).to_have_url(site.address + "play/")  # the draft is stored
    play.page.context.new_page().goto(site.address + "404.html")
    play.share()


def test_a_page_with_traces_of_a_test_looks_like_a_new_one_and_stores_nothing(warm: WarmPage, site: Served) -> None:
    with warm.lend():
        new = opened(warm, site)
        looks, says = new.page.evaluate(LOOKS), new.root.aria_snapshot()
    with warm.lend():
        leave_traces(warm, site)
        page = warm.page
    with warm.lend():
        assert warm.page is page
        assert page.context.pages == [page]
        assert evaluate_async(page, STORED) == {"local": {}, "session": [], "databases": ["headwater"]}
        again = opened(warm, site)
        assert again.root.aria_snapshot() == says
        assert page.evaluate(LOOKS) == looks
        again.drafts_button.click()
        expect(again.dialog.get_by_text("No drafts yet.")).to_be_visible()


@pytest.mark.everywhere  # long; the first test compares a used page with a new one
@pytest.mark.parametrize("path", params({path: path for path in PLAYGROUND_PATHS}, usual={"play/"}))
def test_allowed_code_is_forgotten(warm_pages: WarmPages, site: Served, path: PlaygroundPath) -> None:
    warm = warm_pages[path, "computer"]
    for _ in range(3):
        with warm.lend():
            opened(warm, site, path).consent.click()


def test_code_that_a_test_opens_first_is_allowed_and_other_code_is_not(warm: WarmPage, site: Served) -> None:
    with warm.lend():
        play = Playground(warm.page, site.address, warm=warm).open_code(SMALL, outputs=["price"])
        expect(play.panel).to_contain_text("20")
        play.open("play/" + link_to({"flow.py": SMALL}))
        expect(play.consent).to_be_enabled()
        expect(play.summary).to_have_text("Not run yet")


@pytest.mark.everywhere  # other tests leave the page, and fail if it is not replaced
def test_a_page_that_a_test_has_left_is_replaced(warm: WarmPage, site: Served) -> None:
    with warm.lend():
        opened(warm, site).open("404.html")
        expect(warm.page).to_have_url(site.address + "404.html")
    with warm.lend():
        opened(warm, site)


@pytest.mark.parametrize("device", ["computer", pytest.param("phone", marks=pytest.mark.everywhere)])
def test_a_page_of_text_has_nothing_from_earlier_tests(warm_pages: WarmPages, site: Served, device: Device) -> None:
    warm = warm_pages[TEXT_PAGE, device]
    for _ in range(2):
        with warm.lend():
            page = warm.page
            expect(page.locator("article hw-step")).to_have_count(0)
            step = add_steps(Playground(page, site.address, warm=warm), write=WRITE)["write"]
            step.expect_progress("To do")
            step.press("Use the solution")
            step.press("Check")
            step.expect_feedback("Correct.", passed=True)
            step.expect_progress("Done")
    with warm.lend():
        assert warm.page is page
        assert evaluate_async(page, STORED)["local"] == {}
