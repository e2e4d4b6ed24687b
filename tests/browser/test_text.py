"""Markup in code or links is shown as text."""

import pytest
from dataflows import SMALL
from playground import link_to
from playwright.sync_api import expect

pytestmark = pytest.mark.warm

MARKUP = "<img src=owned onerror=alert(1)><svg onload=alert(2)></svg><b>bold</b>"

EVERYWHERE = f'''\
from headwater import tag


class Shown:
    def __repr__(self) -> str:
        return "{MARKUP}"

    def _repr_html_(self) -> str:
        return "{MARKUP}"


@tag(kind="{MARKUP}")
def text() -> str:
    """{MARKUP}"""
    print("{MARKUP}")
    return "{MARKUP}"


def rich(text: str, given: str = "{MARKUP}") -> object:
    return Shown()


def table(text: str) -> dict[str, str]:
    return {{"{MARKUP}": "{MARKUP}"}}
'''

FAILING = f"""\
def text() -> str:
    raise ValueError("{MARKUP}")
"""


def _nothing_became_markup(play, site, complaints):
    assert play.root.locator("img[src=owned]").count() == 0
    assert play.root.locator("b", has_text="bold").count() == 0
    assert not site.requests_with("owned")
    assert complaints == []


def test_markup_in_values_docstrings_tags_and_prints_stays_text(play, site, complaints):
    play.open_code(EVERYWHERE)
    expect(play.panel).to_contain_text("<b>bold</b>")
    for name in ("text", "rich", "table"):
        play.node(name).click()
        expect(play.panel).to_contain_text("<b>bold</b>")
    play.root.get_by_role("button", name="Prints").click()
    expect(play.panel).to_contain_text("<b>bold</b>")
    _nothing_became_markup(play, site, complaints)


def test_markup_in_an_error_stays_text(play, site, complaints):
    play.open_code(FAILING)
    expect(play.problem).to_contain_text("<b>bold</b>")
    _nothing_became_markup(play, site, complaints)


def test_markup_in_the_title_and_the_data_of_a_link_stays_text(play, site, complaints):
    play.open("play/" + link_to({"flow.py": SMALL, "notes.txt": MARKUP}, title=MARKUP))
    expect(play.title).to_have_text(MARKUP)
    play.root.get_by_role("button", name="notes.txt").click()
    expect(play.lines.first).to_have_text(MARKUP)
    _nothing_became_markup(play, site, complaints)


def test_markup_in_the_name_of_a_file_is_refused(play, site, complaints):
    play.open("play/" + link_to({"flow.py": SMALL, f"{MARKUP}.txt": ""}))
    expect(play.notice).to_contain_text("could not be opened")
    _nothing_became_markup(play, site, complaints)
