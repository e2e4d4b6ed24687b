"""Packages that are not part of the page."""

from collections.abc import Iterator

import pytest
from dataflows import params
from package_index import Index, Package, indexing
from playground import Playground, link_to
from playwright.sync_api import expect
from waiting import until

pytestmark = [pytest.mark.pyodide, pytest.mark.returning]

PLAIN = "def total() -> int:\n    return 3\n"
CODE = "from shout import shouted\n\n\ndef total() -> str:\n    return shouted('three')\n"

PACKAGES = (
    Package(
        "shout", {"shout.py": "from marks import MARK\ndef shouted(text): return text.upper() + MARK\n"}, ["marks>=1", "pandas"]
    ),
    Package("marks", {"marks/__init__.py": "MARK = '!'\n"}, separate_metadata=True),
    Package("marks", {"marks/__init__.py": "MARK = '?'\n"}, version="2.0", yanked=True),
    Package("marks", {"marks/__init__.py": "MARK = '?'\n"}, version="3.0", requires_python=">=3.99"),
    Package("compiled", {}, tag="cp312-cp312-manylinux_2_17_x86_64"),
    Package("plotter", {"plotter.py": ""}, ["compiled>=1"]),
    Package("damaged", {"damaged.py": ""}, damaged=True),
    Package("elsewhere", {"elsewhere.py": ""}, ["marks @ https://files.example/marks-1.0-py3-none-any.whl"]),
    Package("unpacked", {}, content=b"not an archive"),
    Package("unreadable", {}, ["marks >="], separate_metadata=True),
    Package("newest", {"newest.py": ""}, ["numpy>=99"]),
    Package("pyreadstat", {}, version="1.3.0", tag="cp312-cp312-win_amd64"),
)


@pytest.fixture
def index() -> Iterator[Index]:
    with indexing(*PACKAGES) as index:
        yield index


def use(play: Playground, index: Index) -> None:
    """Let the site use the index."""
    play.root.evaluate("(element, address) => element.setAttribute('packages', address)", index.address)


def opened(play: Playground, index: Index, code: str = CODE) -> Playground:
    """Open code on a site that uses the index."""
    play.open_code(PLAIN)
    use(play, index)
    play.write(code)
    expect(play.problem).to_contain_text("No module named")
    return play


def fetch(play: Playground, name: str) -> None:
    play.show("Problems")
    play.panel.get_by_role("button", name=f"Fetch {name}").click()


def test_a_package_is_fetched_with_its_dependencies_after_consent_and_kept_for_the_next_interpreter(play, index):
    opened(play, index)
    assert index.requests == []
    fetch(play, "shout")
    expect(play.dialog).to_contain_text("see your IP address and the names of the packages")
    assert index.requests == []
    play.dialog.get_by_role("button", name="Fetch", exact=True).click()
    play.settle()
    expect(play.notice).to_contain_text("Fetched marks 1.0 and shout 1.0.")
    play.show("Outputs")
    expect(play.panel).to_contain_text("THREE!")
    assert sorted(index.requests) == [
        "/files/marks-1.0-py3-none-any.whl",
        "/files/marks-1.0-py3-none-any.whl.metadata",
        "/files/shout-1.0-py3-none-any.whl",
        "/simple/marks/",
        "/simple/shout/",
    ]
    play.expect_text('# /// script\n# dependencies = ["shout"]\n# ///\n' + CODE)
    play.code.click()
    play.page.keyboard.press("ControlOrMeta+z")
    play.expect_text(CODE)
    play.write(CODE.replace("return", "while True: pass\n    return"))
    expect(play.stop_button).to_be_visible()
    play.stop_button.click()
    play.write(CODE.replace("three", "four"))
    play.run_button.click()
    play.settle()
    expect(play.panel).to_contain_text("FOUR!")


@pytest.mark.everywhere  # the first test also fetches a package with consent
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
    "plotter": "compiled >=1, which plotter needs, contains compiled code that cannot run in a browser.",
    "damaged": "its SHA-256 does not match.",
    "unheard": "has no package named unheard.",
    "elsewhere": "elsewhere 1.0 needs marks from a URL.",
    "unpacked": "unpacked 1.0 is damaged: its metadata cannot be read.",
    "unreadable": "unreadable 1.0 is damaged: its metadata cannot be read.",
    "pandas[exel]": "pandas has no extra named exel. Its extras are: all, aws, clipboard,",
    "sqlite3[fast]": "sqlite3 has no extra named fast. It has no extras.",
    "pandas[spss]": "pyreadstat >=1.3.0, which pandas[spss] needs, contains compiled code",
    "shout[loud]": "Unknown extra 'loud'. Check the name in the brackets.",
    "newest": "numpy >=99, which newest needs, is not available: this page has numpy 2.0.2.",
}


@pytest.mark.parametrize("names", params({"some": ["plotter", "damaged", "newest"], "all": list(UNAVAILABLE)}, usual={"some"}))
def test_an_unavailable_package_is_explained_before_anything_is_installed(play, index, names):
    opened(play, index, "import compiled\n" + PLAIN)
    fetch(play, "compiled")
    for name in names:
        play.dialog.get_by_label("Package").fill(name)
        play.dialog.get_by_role("button", name="Fetch", exact=True).click()
        expect(play.dialog.get_by_role("alert")).to_contain_text(UNAVAILABLE[name])
    play.page.keyboard.press("Escape")
    expect(play.dialog).to_have_count(0)
    expect(play.problem).to_contain_text("No module named 'compiled'")
    play.expect_text("import compiled\n" + PLAIN)


@pytest.mark.everywhere  # long; other tests fetch packages with their dependencies
def test_the_extras_of_a_package_of_the_page_are_fetched_without_the_package(play):
    code = """\
# /// script
# dependencies = ["pandas[excel,Output_Formatting, parquet]", "pandas"]
# ///
import odf
import openpyxl


def answer() -> str:
    return f"{openpyxl.SHEET} and {odf.DOCUMENT}"
"""
    packages = (
        Package("openpyxl", {"openpyxl.py": "from cells import SHEET\n"}, ["cells"], version="3.1.5"),
        Package("cells", {"cells.py": "SHEET = 'a sheet'\n"}),
        Package("odfpy", {"odf.py": "DOCUMENT = 'a document'\n"}, version="1.4.1"),
        Package("xlrd", {}, version="2.0.2", tag="cp312-cp312-win_amd64"),
        Package("jinja2", {}, version="3.1.6"),
        Package("tabulate", {}, version="0.9.0"),
        Package("pandas", {}, version="3.1.1"),
        Package("pyarrow", {}, version="99.0"),
    )
    with indexing(*packages) as index:
        play.open("play/" + link_to({"flow.py": code}))
        use(play, index)
        play.consent.click()
        bar = play.root.locator(".package-bar")
        expect(bar).to_contain_text("pandas[excel,Output_Formatting, parquet].")
        bar.get_by_role("button", name="Fetch").click()
        play.dialog.get_by_role("button", name="Fetch", exact=True).click()
        expect(play.panel).to_contain_text("a sheet and a document")
        fetched = "Fetched cells 1.0, jinja2 3.1.6, odfpy 1.4.1, openpyxl 3.1.5 and tabulate 0.9.0."
        expect(play.notice).to_contain_text(fetched)
        reason = "xlrd >=2.0.2, which pandas[excel] needs, contains compiled code that cannot run in a browser."
        expect(play.notice).to_contain_text(reason)
        expect(bar).to_have_count(0)
        assert not [path for path in index.requests if "pandas" in path or "pyarrow" in path]


@pytest.mark.everywhere  # in the test above, the code itself needs such an extra
def test_a_package_may_need_an_extra_of_a_package_of_the_page(play):
    code = "import sheets\n\n\ndef answer() -> str:\n    return sheets.PARSER\n"
    packages = (
        Package("sheets", {"sheets.py": "from lxml import PARSER\n"}, ["pandas[xml]"]),
        Package("lxml", {"lxml.py": "PARSER = 'parser'\n"}, version="99.0"),
    )
    with indexing(*packages) as index:
        opened(play, index, code)
        fetch(play, "sheets")
        play.dialog.get_by_role("button", name="Fetch", exact=True).click()
        play.settle()
        play.show("Outputs")
        expect(play.panel).to_contain_text("parser")


SCRIPT = (
    """\
# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "shout>=1,<2",
#   "pandas",
# ]
# ///
"""
    + CODE
)


@pytest.mark.everywhere  # long; other tests fetch packages, and `script-metadata.test.ts` reads the metadata
def test_code_waits_for_the_packages_in_its_metadata(play, index):
    play.open("play/" + link_to({"flow.py": SCRIPT}))
    use(play, index)
    play.consent.click()
    bar = play.root.locator(".consent")
    expect(bar).to_contain_text("This code needs a package that this page does not have: shout>=1,<2.")
    expect(play.summary).to_have_text("Not run yet")
    assert index.requests == []
    play.run_button.click()
    play.dialog.get_by_role("button", name="Not now").click()
    bar.get_by_role("button", name="Fetch").click()
    play.dialog.get_by_role("button", name="Fetch", exact=True).click()
    play.settle()
    expect(play.panel).to_contain_text("THREE!")
    expect(bar).to_have_count(0)
    play.write(SCRIPT.replace("shout>=1,<2", "shout @ https://files.example/shout-1.0-py3-none-any.whl"))
    bar.get_by_role("button", name="Fetch").click()
    expect(play.dialog.get_by_role("alert")).to_contain_text("The code needs shout from a URL.")
    play.page.keyboard.press("Escape")
    bar.get_by_role("button", name="Run without").click()
    play.settle()
    expect(play.panel).to_contain_text("THREE!")


@pytest.mark.everywhere  # rare: other code is opened during a fetch
def test_code_opened_during_a_fetch_is_not_changed_and_waits_for_its_own_packages(play, index):
    opened(play, index)
    fetch(play, "shout")
    index.answers.clear()
    play.dialog.get_by_role("button", name="Fetch", exact=True).click()
    until(lambda: index.requests == ["/simple/shout/"], lambda: f"the index received {index.requests}")
    play.page.keyboard.press("ControlOrMeta+Enter")
    expect(play.dialog.get_by_role("button", name="Cancel")).to_be_visible()
    other = SCRIPT.replace("shout>=1,<2", "marks")
    play.page.evaluate("fragment => { location.hash = fragment }", link_to({"flow.py": other}))
    expect(play.dialog).to_have_count(0)
    index.answers.set()
    play.expect_text(other)
    play.consent.click()
    bar = play.root.locator(".package-bar")
    expect(bar).to_contain_text("This code needs a package that this page does not have: marks.")
    bar.get_by_role("button", name="Fetch").click()  # the visitor has already consented to this index
    expect(play.notice).to_contain_text("Fetched marks 1.0.")
    play.expect_text(other)
    assert "/files/shout-1.0-py3-none-any.whl" not in index.requests


@pytest.mark.everywhere  # the same fetch as in the first test, with read-only code
def test_a_read_only_playground_keeps_its_code_and_fits_a_narrow_screen(play, index):
    play.page.set_viewport_size({"width": 320, "height": 640})
    names = ", ".join(f'"{"x" * 200}{number}"' for number in range(60))
    code = f"# /// script\n# dependencies = [{names}]\n# ///\n{CODE}"
    play.open("embed/?mode=read" + link_to({"flow.py": code}))
    use(play, index)
    play.consent.click()
    bar = play.root.locator(".package-bar")
    expect(bar.get_by_role("button", name="Fetch")).to_be_in_viewport(ratio=1)
    bar.get_by_role("button", name="Run without").click()
    play.root.get_by_role("toolbar", name="Panes").get_by_role("button", name="Output").click()
    fetch(play, "shout")
    expect(play.dialog.get_by_label("Package")).to_be_in_viewport(ratio=1)
    expect(play.dialog.get_by_role("checkbox")).to_have_count(0)
    assert index.requests == []


def test_a_site_that_allows_no_packages_says_so_and_sends_no_request(play):
    play.open_code(PLAIN)
    play.root.evaluate("element => element.setAttribute('packages', 'none')")
    play.write(SCRIPT)
    expect(play.problem).to_contain_text("No module named 'shout'")
    play.show("Problems")
    expect(play.panel).to_contain_text("Other packages cannot be installed on this site.")
    expect(play.panel.get_by_role("button", name="Fetch")).to_have_count(0)
