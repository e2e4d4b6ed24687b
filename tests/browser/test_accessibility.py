"""Accessibility of each page, panel and dialog, as checked by axe and as exposed to screen readers."""

from typing import Literal

import pytest
from dataflows import SMALL, params
from lesson_steps import CHOOSE, PREDICT, WRITE, add_steps
from playground import Playground, link_to
from playwright.sync_api import Page, expect
from repository import ROOT
from waiting import evaluate_async
from warm_page import TEXT_PAGE

pytestmark = pytest.mark.warm

AXE = ROOT / "playground" / "node_modules" / "axe-core" / "axe.min.js"
SCHEMES: list[Literal["light", "dark"]] = ["light", "dark"]
FAILING = SMALL.replace("return 20", "print('asked')\n    return 1 / 0")


def serious(play: Playground) -> list[str]:
    """Return the serious and critical violations of the page in its current state, in both color schemes."""
    found = []
    for scheme in SCHEMES:
        play.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        expect(play.root).to_have_attribute("data-scheme", scheme)
        found += serious_now(play.page)
    return found


def serious_now(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = evaluate_async(page, "async () => (await axe.run()).violations")
    return [
        f"{violation['id']}: {node['html'][:120]}"
        for violation in found
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]


PAGES = {
    "home": "",
    "tutorial": "first-dataflow/",
    "lesson": "course/functions-become-nodes/",
    "playground": "play/",
    "frame": "embed/",
}
IN_EACH_SCHEME = {f"{name}-{scheme}": (path, scheme) for name, path in PAGES.items() for scheme in SCHEMES}


@pytest.mark.fresh
@pytest.mark.parametrize("seen", params(IN_EACH_SCHEME, usual={"home-dark", "lesson-dark", "playground-light", "frame-dark"}))
def test_axe_finds_nothing_serious_on_a_page(play, seen):
    path, scheme = seen
    play.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    play.open(path)
    expect(play.lines.first).to_be_visible()
    assert serious_now(play.page) == []


def test_axe_finds_nothing_serious_in_a_panel(play):
    play.open_code(FAILING)
    for panel in ("Outputs", "Inputs", "Prints", "Problems"):
        play.show(panel)
        assert serious(play) == [], panel


@pytest.mark.warm(TEXT_PAGE)
def test_axe_finds_nothing_serious_in_the_steps_of_a_lesson(play):
    steps = add_steps(play, predict=PREDICT, choose=CHOOSE, write=WRITE)
    steps["predict"].node("label").click()
    steps["predict"].press("Check")
    steps["predict"].expect_feedback("These nodes ran", passed=False)
    steps["choose"].root.get_by_label("A node").check()
    steps["choose"].press("Check")
    steps["choose"].expect_feedback("Each function is a node.", passed=True)
    steps["write"].press("Check")
    steps["write"].expect_feedback("2 of 3 criteria met.", passed=False)
    assert serious(play) == []


@pytest.mark.fresh
def test_axe_finds_nothing_serious_on_the_page_of_the_course(play):
    play.open("course/")
    expect(play.page.locator(".hw-course-count")).to_be_visible()
    found = []
    for scheme in SCHEMES:
        play.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += serious_now(play.page)
    assert found == []


@pytest.mark.fresh
def test_axe_finds_nothing_serious_in_the_gallery(play):
    play.page.goto(f"{play.address}gallery/")
    expect(play.page.get_by_role("heading", name="Examples", level=1)).to_be_visible()
    found = []
    for scheme in SCHEMES:
        play.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += serious_now(play.page)
    assert found == []


def test_axe_finds_nothing_serious_in_the_inspector_and_the_list(play):
    play.open_code(SMALL)
    play.node("total").click()
    expect(play.panel).to_contain_text("The price of all items.")
    inspected = serious(play)
    play.root.get_by_role("button", name="List", exact=True).click()
    assert inspected == serious(play) == []


@pytest.mark.parametrize("button", ["Examples", "Share", "Drafts", "Export"])
def test_axe_finds_nothing_serious_in_a_dialog(play, button):
    play.open_code(SMALL)
    play.root.get_by_role("button", name=button, exact=True).click()
    expect(play.dialog).to_be_visible()
    assert serious(play) == []


def test_axe_finds_nothing_serious_in_a_comparison(play):
    play.open_code(SMALL)
    play.compare_with(link_to({"flow.py": SMALL.replace("return 20", "return 21")}))
    expect(play.counts).to_be_visible()
    assert serious(play) == []


def test_axe_finds_nothing_serious_in_the_consent_bar(play):
    play.open("play/" + link_to({"flow.py": SMALL}))
    expect(play.consent).to_be_visible()
    assert serious(play) == []


def test_a_screen_reader_gets_the_role_of_each_part(play):
    play.open_code(SMALL)
    expect(play.root).to_match_aria_snapshot(
        """
        - link "Headwater documentation"
        - status: /2 of 2 nodes ran/
        - toolbar "Run and share":
          - checkbox "Auto-run" [checked]
          - button "▶ Run"
          - button "Share"
          - button "Drafts"
        - region "Code":
          - toolbar "Files":
            - button "flow.py" [pressed]
          - toolbar "File tools"
          - textbox "Code"
        - region "Dataflow":
          - group "Dataflow with 3 nodes":
            - button "price, int, succeeded"
            - button "quantity, int = 3, input, not run"
            - button "total, int, output, succeeded, depends on price and quantity"
        - region "Values":
          - toolbar "Panels":
            - button /Outputs/ [pressed]
            - button "Inputs"
            - button "Prints"
            - button "Problems"
        """
    )


def test_a_screen_reader_gets_the_roles_in_the_share_dialog(play):
    play.open_code(SMALL)
    play.share()
    expect(play.dialog).to_match_aria_snapshot(
        """
        - dialog "Share this dataflow":
          - textbox "Link"
          - button "Copy"
          - status: /The link has \\d+ characters/
          - button "Close"
        """
    )
