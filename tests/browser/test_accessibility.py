"""Accessibility of each page, panel and dialog, as checked by axe and as exposed to screen readers."""

import pytest
from dataflows import SMALL
from playground import Playground, link_to
from playwright.sync_api import Page, expect
from repository import ROOT
from waiting import evaluate_async

AXE = ROOT / "playground" / "node_modules" / "axe-core" / "axe.min.js"
SCHEMES = ["light", "dark"]
FAILING = SMALL.replace("return 20", "print('asked')\n    return 1 / 0")


def serious(page: Page) -> list[str]:
    """Return the serious and critical violations of the page in its current state."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = evaluate_async(page, "async () => (await axe.run()).violations")
    return [
        f"{violation['id']}: {node['html'][:120]}"
        for violation in found
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]


@pytest.fixture(params=SCHEMES)
def seen(play, request) -> Playground:
    """Return a playground in one of the color schemes, without animations."""
    play.page.emulate_media(color_scheme=request.param, reduced_motion="reduce")
    return play


PAGES = {"home": "", "tutorial": "first-dataflow/", "lesson": "lesson/", "playground": "play/", "frame": "embed/"}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_axe_finds_nothing_serious_on_a_page(seen, path):
    seen.open(path)
    expect(seen.lines.first).to_be_visible()
    assert serious(seen.page) == []


def test_axe_finds_nothing_serious_in_a_panel(seen):
    seen.open_code(FAILING)
    for panel in ("Outputs", "Inputs", "Prints", "Problems"):
        seen.show(panel)
        assert serious(seen.page) == [], panel


def test_axe_finds_nothing_serious_in_the_inspector_and_the_list(seen):
    seen.open_code(SMALL)
    seen.node("total").click()
    expect(seen.panel).to_contain_text("The price of all items.")
    inspected = serious(seen.page)
    seen.root.get_by_role("button", name="List", exact=True).click()
    assert inspected == serious(seen.page) == []


@pytest.mark.parametrize("button", ["Share", "Drafts", "Download"])
def test_axe_finds_nothing_serious_in_a_dialog(seen, button):
    seen.open_code(SMALL)
    seen.root.get_by_role("button", name=button, exact=True).click()
    expect(seen.dialog).to_be_visible()
    assert serious(seen.page) == []


def test_axe_finds_nothing_serious_in_a_comparison(seen):
    seen.open_code(SMALL)
    seen.compare_with(link_to({"flow.py": SMALL.replace("return 20", "return 21")}))
    expect(seen.counts).to_be_visible()
    assert serious(seen.page) == []


def test_axe_finds_nothing_serious_in_the_consent_bar(seen):
    seen.open("play/" + link_to({"flow.py": SMALL}))
    expect(seen.consent).to_be_visible()
    assert serious(seen.page) == []


def test_a_screen_reader_gets_the_role_of_each_part(play):
    play.open_code(SMALL)
    expect(play.root).to_match_aria_snapshot(
        """
        - link "Headwater documentation"
        - status: /2 of 2 nodes ran/
        - checkbox "Auto-run" [checked]
        - button "▶ Run"
        - button "Share"
        - button "Drafts"
        - region "Code":
          - group "Files":
            - button "flow.py" [pressed]
          - textbox "Code"
        - region "Dataflow":
          - group "Dataflow with 3 nodes":
            - button "price, int, succeeded"
            - button "quantity, int = 3, input, not run"
            - button "total, int, output, succeeded, needs price and quantity"
        - region "Values":
          - group "Panels":
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
