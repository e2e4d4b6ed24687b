"""The gallery, and the dialog that opens its examples in the playground."""

import base64
import json
import re
import zipfile
import zlib

import pytest
from dataflows import SMALL
from playground import Playground
from playwright.sync_api import expect

CARDS = ".hw-card"


@pytest.fixture
def gallery(page, site):
    page.goto(f"{site.address}gallery/")
    return page


def test_a_card_opens_its_example_in_the_playground(gallery, site, complaints):
    gallery.get_by_role("link", name="Open Invoices", exact=True).click()
    play = Playground(gallery, site.address)
    expect(play.title).to_have_text("Invoices")
    expect(play.code).to_contain_text("Types and data of the invoices")
    play.settle()
    expect(play.panel).to_contain_text("Grace: 1002, 451.01 EUR, 21 days late")
    expect(play.consent).to_be_hidden()
    assert complaints == []


def test_values_in_a_link_to_an_example_need_consent(gallery, site):
    fragment = gallery.get_by_role("link", name="Open Invoices", exact=True).evaluate("(link) => link.hash")
    values = json.dumps({"given": {"inputs": {"today": "4"}, "config": {}}}).encode()
    payload = base64.urlsafe_b64encode(zlib.compress(values)).rstrip(b"=").decode()
    play = Playground(gallery, site.address)
    play.open(f"play/{fragment.rpartition('.')[0]}.{payload}")
    expect(play.title).to_have_text("Invoices")
    expect(play.consent).to_be_visible()


def test_tags_filter_the_cards_with_the_keyboard(gallery):
    everything = gallery.locator(CARDS).count()
    assert everything >= 27
    gallery.get_by_role("radio", name=re.compile("All")).focus()
    gallery.keyboard.press("ArrowRight")
    expect(gallery.get_by_role("radio", name=re.compile("clusters"))).to_be_checked()
    expect(gallery.locator(CARDS).filter(visible=True)).to_have_count(3)
    gallery.locator("label", has_text="All").click()
    expect(gallery.locator(CARDS).filter(visible=True)).to_have_count(everything)


def test_an_example_is_downloaded_as_a_project(gallery, tmp_path):
    with gallery.expect_download() as download:
        gallery.get_by_role("link", name="Export US jobs as a project").click()
    download.value.save_as(tmp_path / "project.zip")
    names = zipfile.ZipFile(tmp_path / "project.zip").namelist()
    assert {"us-jobs/README.md", "us-jobs/dataflow/jobs.py", "us-jobs/DATA_LICENSES.md"} <= set(names)


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.everywhere)])
def test_the_gallery_fits_on_a_phone(gallery, scheme):
    gallery.emulate_media(color_scheme=scheme)
    gallery.set_viewport_size({"width": 360, "height": 800})
    assert gallery.evaluate("document.documentElement.scrollWidth") == 360
    expect(gallery.get_by_role("link", name="Open Hello", exact=True)).to_be_visible()


@pytest.mark.warm
def test_an_example_is_found_and_opened_with_the_keyboard(play):
    play.open_code(SMALL)
    play.write(SMALL.replace("return 20", "return 21"))
    button = play.page.get_by_role("button", name="Examples", exact=True)
    button.focus()
    button.press("Enter")
    search = play.dialog.get_by_role("combobox")
    expect(search).to_be_focused()
    search.press_sequentially("plain python")
    options = play.dialog.get_by_role("option")
    expect(play.dialog.get_by_role("status")).to_contain_text("examples")
    expect(options.first).to_have_attribute("aria-selected", "true")
    search.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    chosen = options.nth(1).locator(".name").inner_text()
    search.press("Enter")
    expect(play.dialog).to_be_hidden()
    expect(play.title).to_have_text(chosen)
    expect(button).to_be_focused()
    play.drafts_button.click()
    expect(play.dialog.get_by_role("listitem")).to_have_count(1)


@pytest.mark.warm
def test_back_closes_the_dialog(play):
    play.open_code(SMALL, title="Prices")
    play.page.get_by_role("button", name="Examples", exact=True).click()
    expect(play.dialog).to_be_visible()
    play.page.go_back()
    expect(play.dialog).to_be_hidden()
    expect(play.title).to_have_text("Prices")
