"""Files from the visitor's disk: their names, encodings and use."""

import io
import zipfile
from typing import Any

import pytest
from playground import Playground
from playwright.sync_api import expect
from waiting import until

pytestmark = pytest.mark.warm

FLOW = """from pathlib import Path


def text() -> str:
    return ascii([path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("*.csv"))])
"""

NAMES = ["my data (1).csv", "results [v2], 50% & more.csv", "it's München \N{EN DASH} 3 €.csv"]


def add(play: Playground, files: dict[str, bytes]) -> None:
    """Add files from the disk."""
    play.root.get_by_role("button", name="Add a file").click()
    payloads: list[Any] = [{"name": name, "mimeType": "text/csv", "buffer": content} for name, content in files.items()]
    play.root.locator(".from-disk input").set_input_files(payloads)


@pytest.mark.fresh
@pytest.mark.parametrize("name", [*[pytest.param(name, marks=pytest.mark.everywhere) for name in NAMES[:-1]], NAMES[-1]])
def test_a_data_file_may_have_any_ordinary_name_in_a_run_a_draft_a_link_and_an_export(play, name):
    play.open_code(FLOW, title="Files")
    add(play, {name: b"seven"})
    tab = play.root.get_by_role("toolbar", name="Files", exact=True).get_by_role("button", name=name, exact=True)
    expect(tab).to_have_attribute("aria-pressed", "true")
    play.settle()
    expect(play.panel).to_contain_text("seven")
    link = play.share()
    play.page.keyboard.press("Escape")

    play.export_button.click()
    archive = play.downloaded("Download the project")
    with zipfile.ZipFile(io.BytesIO(archive.read_bytes())) as project:
        assert project.read(f"files/dataflow/{name}") == b"seven"

    play.page.reload()
    expect(tab).to_be_visible()
    play.page.goto("about:blank")
    play.page.goto(link)
    play.settle()
    expect(tab).to_be_visible()


@pytest.mark.parametrize(
    ("content", "text", "read_as"),
    [
        ("Grüße, 3 €\r\n".encode("cp1252"), "Grüße, 3 €", "Windows-1252 (Western Europe)"),
        ("“a” \N{EN DASH} b…".encode("cp1252"), "“a” \N{EN DASH} b…", "Windows-1252 (Western Europe)"),
        ("naïve Ærø".encode("latin-1"), "naïve Ærø", "Windows-1252 (Western Europe)"),
        ("Grüße, 3 €".encode("utf-16"), "Grüße, 3 €", "UTF-16 (little-endian)"),
        ("Grüße, 3 €".encode("utf-16-be"), "Grüße, 3 €", "UTF-16 (big-endian)"),
        ("Grüße, 3 €".encode("utf-8-sig"), "Grüße, 3 €", None),
        ("Grüße, 3 €".encode(), "Grüße, 3 €", None),
    ],
)
def test_text_in_another_encoding_is_imported_and_the_encoding_is_shown(play, content, text, read_as):
    play.open_code(FLOW)
    add(play, {"data.csv": content})
    expect(play.lines.first).to_have_text(text)
    encoding = play.root.get_by_label("Read as")
    if read_as is None:
        expect(encoding).to_be_hidden()
    else:
        expect(encoding.locator("option:checked")).to_have_text(read_as)
    play.settle()


def test_the_visitor_corrects_a_guessed_encoding_until_the_text_is_edited(play):
    play.open_code(FLOW)
    add(play, {"data.csv": "Привет".encode("cp1251")})
    expect(play.lines.first).to_have_text("Ïðèâåò")
    encoding = play.root.get_by_label("Read as")
    encoding.select_option(label="UTF-8")
    expect(play.notice).to_contain_text("data.csv is not valid UTF-8.")
    expect(encoding.locator("option:checked")).to_have_text("Windows-1252 (Western Europe)")
    encoding.select_option(label="Windows-1251 (Cyrillic)")
    expect(play.lines.first).to_have_text("Привет")
    expect(encoding).to_be_focused()
    play.code.click()
    play.page.keyboard.type("x")
    expect(encoding).to_be_hidden()


def test_invalid_module_names_and_images_are_refused_with_a_reason(play):
    play.open_code(FLOW)
    picture = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    add(play, {"my flow (1).py": b"", "photo.csv": picture, "short.png": b"\x89P\xff", "vsc\u202e.csv": b""})
    expect(play.notice).to_contain_text("Try my_flow_1.py.")
    expect(play.notice).to_contain_text("photo.csv was not added: it is not a text file.")
    expect(play.notice).to_contain_text("short.png was not added: it is not a text file.")
    until(lambda: "vsc[U+202E].csv was not added." in play.notice.inner_text(), play.notice.inner_text)
    expect(play.root.get_by_role("toolbar", name="Files", exact=True).get_by_role("button")).to_have_count(1)
