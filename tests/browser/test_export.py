"""Exports work on the visitor's computer: the project, a test, a script, the drawing."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from dataflows import SMALL, params
from playground import link_to
from playwright.sync_api import expect
from repository import ROOT
from uv import find_uv_bin
from waiting import evaluate_async

pytestmark = pytest.mark.warm

AXE = ROOT / "playground" / "node_modules" / "axe-core" / "axe.min.js"
SVG = "{http://www.w3.org/2000/svg}"

HARD = """\
class Model:
    pass


def model() -> Model:
    return Model()


def score(model: Model) -> float:
    return 0.1 + 0.2
"""


def output_of(*command: str | Path, cwd: Path) -> str:
    completed = subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, text=True, check=False)
    assert completed.returncode == 0, completed.stdout + completed.stderr
    return completed.stdout


def unpacked(archive: Path, folder: Path) -> Path:
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    (project,) = folder.iterdir()
    return project


INSTALLERS = {
    "uv": (find_uv_bin(), "pip", "install", "--quiet", "--python", ".venv"),
    "pip": (".venv/bin/python", "-m", "pip", "install", "--quiet", "--no-compile"),  # only imported modules are compiled
}


@pytest.mark.fresh
@pytest.mark.everywhere  # `test_project.py` runs an exported project with the packages that are installed
@pytest.mark.parametrize("installer", ["uv", "pip"])
def test_the_exported_example_runs_and_passes_its_tests_in_an_empty_environment(play, tmp_path, installer):
    play.open()
    play.settle()
    play.export_button.click()
    archive = play.downloaded("Download the project")
    assert archive.name.endswith("-seattle-weather.zip")
    expect(play.dialog).to_contain_text("seattle-weather.zip has been saved.")
    project = unpacked(archive, tmp_path)

    link = re.search(r"\]\((http[^)]+/play/#v1\.[^)]+)\)", (project / "README.md").read_text())
    assert link is not None
    licenses = (project / "DATA_LICENSES.md").read_text(encoding="utf-8")
    assert re.search(r"`dataflow/seattle-weather\.csv`: .*NOAA.* License: public domain \(US government\)\.", licenses)

    # As in the README: Headwater comes from the site, everything else from the registry.
    output_of(sys.executable, "-m", "venv", *(["--without-pip"] if installer == "uv" else []), ".venv", cwd=project)
    python = project / ".venv/bin/python"
    output_of(*INSTALLERS[installer], ".[test]", cwd=project)
    assert "skill:\n0.0922" in output_of(python, "run.py", cwd=project)
    tested = output_of(python, "-m", "pytest", "-q", cwd=project)
    assert "14 passed" in tested
    assert "warning" not in tested

    play.page.goto(link[1])
    expect(play.title).to_have_text("Seattle weather")


def test_the_project_documents_entered_values_and_failures(play, tmp_path):
    play.open_code(
        SMALL + "\n\ndef bad(price: int) -> float:\n    return price / 0\n", given={"inputs": {"quantity": "5"}, "config": {}}
    )
    play.export_button.click()
    project = unpacked(play.downloaded("Download the project"), tmp_path)
    expect(play.dialog).to_contain_text("bad is not tested: it failed, or an upstream node failed.")
    assert '"quantity": 5' in (project / "run.py").read_text()
    assert not (project / "DATA_LICENSES.md").exists()
    assert 'assert values["total"] == 100' in (project / "tests" / "test_values.py").read_text()


def test_a_test_of_a_node_is_shown_copied_and_saved(play):
    play.open_code(SMALL)
    play.node("total").click()
    play.root.get_by_role("button", name="Test for this node").click()
    expect(play.dialog).to_contain_text("def test_total() -> None:")
    play.dialog.get_by_role("button", name="Copy", exact=True).click()
    expect(play.dialog.get_by_role("button", name="Copied")).to_be_visible()
    copied = play.page.evaluate("navigator.clipboard.readText()")
    assert "result = total(price=20, quantity=3)" not in copied  # the test does not pass default values
    assert "result = total(price=20)\n    assert result == 60\n" in copied
    assert play.downloaded("Download test_total.py").read_text() == copied


@pytest.mark.everywhere  # long; `tests/export/test_node_test.py` runs such tests, and `test-archive.test.ts` saves their files
def test_a_test_with_large_values_is_saved_with_its_files_and_passes_there(play, tmp_path):
    play.open()
    play.settle()
    play.node("anomaly").click()
    play.root.get_by_role("button", name="Test for this node").click()
    expect(play.dialog).to_contain_text('DATA = Path(__file__).parent / "test_anomaly_data"')
    archive = play.downloaded("Download test_anomaly.zip")
    assert archive.name.endswith("test_anomaly.zip")
    folder = unpacked(archive, tmp_path)
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == {
        *("test_anomaly.py", "features.py", "report.py", "seattle-weather.csv"),
        *(f"test_anomaly_data/{name}.csv" for name in ("temp_rolling", "seasonal_baseline", "anomaly")),
        "test_anomaly_data/DATA_LICENSES.md",
    }
    assert "1 passed" in output_of(sys.executable, "-m", "pytest", "-q", "--rootdir", folder, cwd=folder)


def test_a_value_that_cannot_be_written_is_reported_in_the_dialog(play):
    play.open_code(HARD)
    play.node("score").click()
    play.root.get_by_role("button", name="Test for this node").click()
    expect(play.dialog).to_contain_text("model cannot be written as code: no code recreates a value of type Model")
    expect(play.dialog.get_by_role("button", name="Copy", exact=True)).to_be_hidden()


def test_the_script_of_a_value_computes_it_without_headwater(play, tmp_path):
    play.open_code(HARD)
    play.node("score").click()
    shown = play.panel.locator("output").inner_text()
    play.root.get_by_role("button", name="Script that computes this node").click()
    script = play.downloaded("Download compute_score.py")
    assert output_of(sys.executable, "-I", "-S", script, cwd=tmp_path).strip() == shown == "0.30000000000000004"


def test_untrusted_code_is_not_run_by_an_export(play):
    play.open("play/" + link_to({"flow.py": SMALL}))
    expect(play.node("total")).to_be_visible()
    play.export_button.click()
    expect(play.dialog).to_contain_text("This export runs the code. Allow the code to run first.")
    expect(play.dialog.get_by_role("button", name="Download the project")).to_be_disabled()
    play.page.keyboard.press("Escape")
    expect(play.dialog).to_be_hidden()
    expect(play.export_button).to_be_focused()
    expect(play.summary).to_have_text("Not run yet")


@pytest.mark.fresh
@pytest.mark.parametrize(("scheme", "background"), [("light", "rgb(251, 252, 253)"), ("dark", "rgb(15, 21, 27)")])
def test_the_drawing_is_saved_as_it_looks_and_without_python(play, scheme, background):
    play.page.emulate_media(color_scheme=scheme)
    play.page.route("**/runtime/**", lambda route: route.abort())
    play.open()
    expect(play.lines.first).to_be_visible()
    play.save_drawing_button.click()
    text = play.downloaded("SVG").read_text()
    drawn = ET.fromstring(text)  # noqa: S314 - generated by the page
    names = {part.text for part in drawn.iter(f"{SVG}text")}
    assert {"weather", "temp_mean", "skill", "report", "DataFrame"} <= names
    assert drawn.find(f"{SVG}rect").get("fill") == background
    assert all("fill" in part.attrib and "font-family" in part.attrib for part in drawn.iter(f"{SVG}text"))
    assert not re.search(r"class=|style=|var\(|data-node|href=|<!--", text)
    assert play.downloaded("PNG").read_bytes().startswith(b"\x89PNG\r\n")


@pytest.mark.parametrize("first", params({hex(first): first for first in range(0, 0x10000, 0x4000)}, usual={"0x0", "0xc000"}))
def test_the_drawing_is_valid_xml_for_any_text_in_the_code(play, first):
    # The first line of a docstring is in the drawing.
    units = "".join(f"\\u{unit:04x}" for unit in range(first, first + 0x4000) if chr(unit).splitlines() == [chr(unit)])
    flow = f'def total(price: int) -> int:\n    """Begins. {units} Ends."""\n    return price\n'
    play.open("play/" + link_to({"flow.py": flow}))
    expect(play.node("total")).to_be_visible()
    play.save_drawing_button.click()
    drawn = ET.fromstring(play.downloaded("SVG").read_bytes())  # noqa: S314 - generated by the page
    (doc,) = [part.text for part in drawn.iter(f"{SVG}title") if "Begins" in (part.text or "")]
    assert "Ends." in doc
    assert play.downloaded("PNG").read_bytes().startswith(b"\x89PNG\r\n")


def test_the_drawing_is_valid_xml_for_any_title(play):
    title = "a\0b\x1b\ud800c\ufffe]]>&<"
    play.open("play/" + link_to({"flow.py": SMALL}, title=title))
    expect(play.node("total")).to_be_visible()
    play.save_drawing_button.click()
    drawn = ET.fromstring(play.downloaded("SVG").read_bytes())  # noqa: S314 - generated by the page
    assert drawn.find(f"{SVG}title").text == "a\ufffdb\ufffd\ufffdc\ufffd]]>&<"


def test_a_file_that_configures_tools_is_not_exported(play):
    play.open_files({"flow.py": SMALL, "setup.cfg": "[options]"})
    play.export_button.click()
    play.dialog.get_by_role("button", name="Download the project").click()
    expect(play.dialog).to_contain_text(
        "setup.cfg cannot be exported: pip, pytest or Python would use it as configuration. Rename the file."
    )


def test_the_drawing_as_text_equals_that_of_the_engine(play):
    play.open("play/" + link_to({"flow.py": SMALL}))
    expect(play.node("total")).to_be_visible()
    play.save_drawing_button.click()
    for button, file, begins in [("DOT", "dataflow.dot", "digraph dataflow {"), ("Mermaid", "dataflow.mmd", "flowchart TB")]:
        play.dialog.get_by_role("button", name=button, exact=True).click()
        expect(play.dialog.locator("pre")).to_contain_text(begins)
        text = play.downloaded(f"Download {file}").read_text()
        assert text.startswith(begins)
        assert "quantity" in text
    expect(play.summary).to_have_text("Not run yet")


def test_the_drawing_can_be_saved_while_the_list_is_shown(play):
    play.open_code(SMALL)
    play.root.get_by_role("button", name="List", exact=True).click()
    play.save_drawing_button.click()
    assert "quantity" in play.downloaded("SVG").read_text()


@pytest.mark.fresh
def test_exports_are_loaded_lazily(play):
    urls = []
    play.page.on("request", lambda request: urls.append(request.url))
    play.open_code(SMALL)
    before = {url for url in urls if "/parts/" in url}
    urls.clear()
    play.save_drawing_button.click()
    expect(play.dialog).to_be_visible()
    assert {url for url in urls if "/parts/" in url} - before


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_export_dialog(play, width, scheme):
    play.page.set_viewport_size({"width": width, "height": 844})
    play.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    play.open_code(SMALL, selected="total")
    play.root.get_by_role("toolbar", name="Panes").get_by_role("button", name="Graph").click() if width < 800 else None
    play.save_drawing_button.click()
    play.dialog.get_by_role("button", name="Mermaid", exact=True).click()
    expect(play.dialog.locator("pre")).to_contain_text("flowchart")
    assert play.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    play.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = evaluate_async(play.page, "async () => (await axe.run()).violations")
    serious = [violation["id"] for violation in found if violation["impact"] in {"serious", "critical"}]
    assert serious == []
