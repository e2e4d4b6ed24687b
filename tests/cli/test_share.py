"""`headwater share`: prints a link to files that the playground opens."""

from __future__ import annotations

import base64
import json
import re
import secrets
import zlib
from pathlib import Path
from typing import Any

import pytest

from headwater.cli import main
from headwater.sharing.links import LinkTooLarge, NotShareable, dictionary, link

pytestmark = pytest.mark.interpreter  # interpreters have different versions of zlib, which compresses links

CODE = "def total(price: int) -> int:\n    return price * 2  # “°”\n"
GOLDEN = Path(__file__).parents[1] / "playground" / "tests" / "share" / "golden"


def carried(address: str) -> dict[str, Any]:
    payload = address.partition("#v1.")[2]
    packed = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    inflate = zlib.decompressobj(zdict=dictionary())
    content: dict[str, Any] = json.loads(inflate.decompress(packed) + inflate.flush())
    return content


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "flow.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "data.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    return tmp_path


def printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    main(["share", *map(str, arguments)])
    return capsys.readouterr().out.removesuffix("\n")


def test_a_link_contains_the_files_and_the_request(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--output", "total", "--config", "region=US", "--config", "rate=0.5", "--base", "https://example.org/play/"]
    address = printed(capsys, folder / "flow.py", folder / "data.csv", *options)
    assert re.fullmatch(r"https://example\.org/play/#v1\.[A-Za-z0-9_-]+", address)
    content = carried(address)
    assert content.pop("engine")
    assert content == {
        "title": "flow",
        "files": {"flow.py": CODE, "data.csv": "a,b\n1,2\n"},
        "outputs": ["total"],
        "given": {"inputs": {}, "config": {"region": '"US"', "rate": "0.5"}},
    }


def test_markdown_has_the_title_as_its_text(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, folder / "flow.py", "--title", "My [flow]", "--markdown")
    assert text.startswith("[My \\[flow\\]](http://127.0.0.1:8000/play/#v1.")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.py"], "nowhere.py"),
        (["data.csv"], "None of the files is a Python module"),
        (["flow.toml"], "has an unsupported suffix. Supported:"),
        (["flow.py", "flow.py"], "Two files are named `flow.py`"),
        (["a+b.csv"], "is not a valid file name in a playground"),
        (["flow.py", "--config", "region"], "Expected KEY=VALUE, not `region`"),
    ],
    ids=["missing file", "data only", "unsupported suffix", "same name twice", "invalid name", "not a pair"],
)
def test_files_that_cannot_be_shared_are_errors(
    folder: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    with pytest.raises(SystemExit) as ended:
        main(["share", *arguments])
    assert ended.value.code == 2
    assert message in capsys.readouterr().err


def test_links_that_the_page_would_refuse_are_refused() -> None:
    noise = secrets.token_hex(200_000)
    with pytest.raises(LinkTooLarge, match="too large for a link"):
        link({"flow.py": noise}, "")
    with pytest.raises(LinkTooLarge, match="at most 40 files, not 41"):
        link({f"f{number}.py": "" for number in range(41)}, "")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--config", "rate=NaN"], "The config value `rate` cannot be part of a link: Out of range float"),
        (["--config", "rate=1e400"], "The config value `rate` cannot be part of a link"),
        (["--config", f"rate={'x' * 10_001}"], "10,003 characters. The limit in a link is 10,000"),
        (["--config", f"{'k' * 201}=1"], "has 201 characters. In a link, it must have 1 to 200"),
        (["--title", "🌊" * 101], "has 202 characters"),
        (["--output", "n" * 201], "The output"),
        (["--output=n"] * 201, "at most 200 outputs, not 201"),
    ],
)
def test_a_link_that_the_page_would_refuse_is_not_created(
    folder: Path, capsys: pytest.CaptureFixture[str], options: list[str], message: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["share", str(folder / "flow.py"), *options])
    assert ended.value.code == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("name", ["漢" * 79 + ".csv", "\U0001d4d0" * 60 + ".csv", "a\u200b.csv"])
def test_a_file_name_that_the_page_would_refuse_is_not_shared(name: str) -> None:
    with pytest.raises(NotShareable, match="The playground does not accept the file name"):
        link({"flow.py": CODE, name: ""}, "")


def test_something_has_to_be_shared() -> None:
    with pytest.raises(NotShareable, match="at least one file"):
        link({}, "")


@pytest.mark.native  # this many brackets crash Pyodide, where the command line is not used
def test_brackets_without_end_are_a_text(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        printed(capsys, folder / "flow.py", "--config", f"n={'[' * 100_000}")
    assert "The config value `n` has 100,002 characters" in capsys.readouterr().err


def test_line_ends_are_carried_as_they_are(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "data.csv").write_bytes(b'a,b\r\n1,"x\ry"\r\n')
    content = carried(printed(capsys, folder / "flow.py", folder / "data.csv"))
    assert content["files"]["data.csv"] == 'a,b\r\n1,"x\ry"\r\n'


def test_text_in_the_dictionary_shortens_a_link() -> None:
    code = "".join(
        f"def total_{number}(price: int, count: float = 0.5) -> pd.Series:\n    return data\n\n\n" for number in range(3)
    )
    address = link({"flow.py": code}, "")
    assert carried(address)["files"] == {"flow.py": code}
    assert len(address) < 130


@pytest.mark.skipif(not GOLDEN.exists(), reason="the page's tests are not in this checkout")
def test_the_page_opens_such_a_link() -> None:
    golden = json.loads((GOLDEN / "terminal.json").read_text(encoding="utf-8"))["shared"]
    assert carried((GOLDEN / "terminal.txt").read_text().strip()) == golden
    content = carried(link(golden["files"], "", title="Terminal", outputs=["total"], config={"region": "US"}))
    assert {**content, "engine": golden["engine"]} == golden


@pytest.mark.native
def test_importing_headwater_loads_nothing_of_the_command(imported_by) -> None:
    loaded = imported_by("import headwater")
    assert "headwater" in loaded
    assert not loaded & {"argparse", "zlib", "base64", "headwater.cli"}
