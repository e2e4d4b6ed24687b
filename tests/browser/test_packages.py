"""Imports of packages that are not part of the page."""

from collections.abc import Iterator

import pytest
from package_index import Index, Package, indexing
from playwright.sync_api import expect

pytestmark = [pytest.mark.pyodide, pytest.mark.returning]

PLAIN = "def total() -> int:\n    return 3\n"
CODE = "from shout import shouted\n\n\ndef total() -> str:\n    return shouted('three')\n"

PACKAGES = (
    Package(
        "shout", {"shout.py": "from marks import MARK\ndef shouted(text): return text.upper() + MARK\n"}, ["marks>=1", "pandas"]
    ),
    Package("marks", {"marks/__init__.py": "MARK = '!'\n"}),
    Package("compiled", {}, tag="cp312-cp312-manylinux_2_17_x86_64"),
    Package("damaged", {"damaged.py": ""}, damaged=True),
)


@pytest.fixture
def index() -> Iterator[Index]:
    with indexing(*PACKAGES) as index:
        yield index


def opened(play, index, code=CODE):
    """Open code on a site that uses the index."""
    play.open_code(PLAIN)
    play.root.evaluate("(element, address) => element.setAttribute('packages', address)", index.address)
    play.write(code)
    expect(play.problem).to_contain_text("No module named")
    return play


def fetch(play, name):
    play.show("Problems")
    play.panel.get_by_role("button", name=f"Fetch {name}").click()


def test_a_package_is_fetched_with_its_dependencies_after_consent_and_kept_for_the_next_interpreter(play, index):
    opened(play, index)
    assert index.requests == []
    fetch(play, "shout")
    expect(play.dialog).to_contain_text("see your IP address and the name of the package")
    assert index.requests == []
    play.dialog.get_by_role("button", name="Fetch", exact=True).click()
    play.settle()
    expect(play.notice).to_contain_text("Fetched shout 1.0, marks 1.0.")
    play.show("Outputs")
    expect(play.panel).to_contain_text("THREE!")
    assert sorted(index.requests) == [
        "/files/marks-1.0-py3-none-any.whl",
        "/files/shout-1.0-py3-none-any.whl",
        "/pypi/marks/json",
        "/pypi/shout/json",
    ]
    play.write(CODE.replace("return", "while True: pass\n    return"))
    expect(play.stop_button).to_be_visible()
    play.stop_button.click()
    play.write(CODE.replace("three", "four"))
    play.run_button.click()
    play.settle()
    expect(play.panel).to_contain_text("FOUR!")


def test_the_mark_of_an_import_offers_its_package_and_consent_covers_a_second_one(play, index):
    opened(play, index, "import marks\n\n\ndef total() -> str:\n    return marks.MARK\n")
    play.lines.nth(0).click()
    play.page.keyboard.press("ControlOrMeta+.")
    expect(play.dialog.get_by_label("Package")).to_have_value("marks")
    play.page.keyboard.press("Enter")
    play.settle()
    expect(play.panel).to_contain_text("!")
    play.write(CODE)
    expect(play.problem).to_contain_text("No module named 'shout'")
    fetch(play, "shout")
    play.settle()
    play.show("Outputs")
    expect(play.panel).to_contain_text("THREE!")


UNAVAILABLE = {
    "compiled": "compiled contains compiled code that cannot run in a browser.",
    "damaged": "its SHA-256 does not match.",
    "unheard": "has no package named unheard.",
}


def test_an_unavailable_package_is_explained(play, index):
    opened(play, index)
    for name, reason in UNAVAILABLE.items():
        play.write(f"import {name}\n{PLAIN}")
        expect(play.problem).to_contain_text(f"No module named '{name}'")
        fetch(play, name)
        play.dialog.get_by_role("button", name="Fetch", exact=True).click()
        expect(play.dialog.get_by_role("alert")).to_contain_text(reason)
        play.page.keyboard.press("Escape")
        expect(play.dialog).to_have_count(0)
        expect(play.problem).to_contain_text("No module named")


def test_a_site_without_an_index_says_so_and_sends_no_request(play):
    play.open_code(PLAIN)
    play.write(CODE)
    expect(play.problem).to_contain_text("No module named 'shout'")
    play.show("Problems")
    expect(play.panel).to_contain_text("Other packages cannot be installed on this site.")
    expect(play.panel.get_by_role("button", name="Fetch")).to_have_count(0)
