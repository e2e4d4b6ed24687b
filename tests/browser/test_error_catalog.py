"""The error catalog: its examples are live, and the problems of every playground link to its pages."""

from __future__ import annotations

import pytest
from dataflows import SMALL
from local_server import Served
from playground import Playground
from playwright.sync_api import Locator, Page, expect

CYCLE = """\
def demand(price: float) -> float:
    return 100 - price


def price(demand: float) -> float:
    return demand / 2
"""
LINK = "What this means"


def test_the_examples_of_a_page_are_live(play: Playground) -> None:
    play.open("errors/missing-input/")
    broken, fixed = (Playground(play.page, play.address, which) for which in range(2))
    expect(broken.problem).to_contain_text("total needs quantity")
    broken.write("def total(quantity: int = 3) -> int:\n    return quantity * 20\n")
    expect(broken.panel).to_contain_text("60")
    expect(broken.problem).to_have_count(0)
    fixed.run_button.click()
    expect(fixed.panel).to_contain_text("60")


@pytest.mark.warm
def test_the_link_of_a_problem_opens_the_page_about_its_class(play: Playground) -> None:
    play.open_code(CYCLE)
    expect(heading(follow(play.page, play.panel))).to_contain_text("CycleError: The dataflow has a cycle")
    expect(play.code).to_contain_text("def demand")  # in the first tab


def test_the_link_works_below_a_path(page: Page, site_below: Served) -> None:
    play = Playground(page, site_below.address).open_code(CYCLE)
    opened = follow(page, play.panel)
    assert opened.url == f"{site_below.address}errors/cycle-error/"
    expect(heading(opened)).to_contain_text("CycleError")


@pytest.mark.warm
def test_an_exception_of_the_dataflow_has_no_page(play: Playground) -> None:
    play.open_code(SMALL.replace("return", "return 1 / 0 #", 1))
    expect(play.panel).to_contain_text("ZeroDivisionError")
    expect(play.panel.get_by_role("link", name=LINK)).to_have_count(0)


def follow(page: Page, panel: Locator) -> Page:
    """Click the link of a problem. Return the new tab."""
    with page.context.expect_page() as opening:
        panel.get_by_role("link", name=LINK).first.click()
    return opening.value


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)
