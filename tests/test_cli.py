"""`headwater share`: files in, a link out that the playground opens."""

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
from headwater.sharing.links import TooMuchForALink, dictionary, link

pytestmark = pytest.mark.interpreter  # the compressor of links

CODE = "def total(price: int) -> int:\n    return price * 2  # “°”\n"
GOLDEN = Path(__file__).parents[1] / "playground" / "tests" / "share" / "golden"


def carried(address: str) -> dict[str, Any]:
    payload = address.partition("#v1.")[2]
    packed = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    inflate = zlib.decompressobj(zdict=dictionary())
    said: dict[str, Any] = json.loads(inflate.decompress(packed) + inflate.flush())
    return said


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "flow.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "data.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    return tmp_path


def printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    main(["share", *map(str, arguments)])
    return capsys.readouterr().out.removesuffix("\n")


def test_a_link_carries_the_files_and_what_was_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--output", "total", "--config", "region=US", "--config", "rate=0.5", "--base", "https://example.org/play/"]
    address = printed(capsys, folder / "flow.py", folder / "data.csv", *asked)
    assert re.fullmatch(r"https://example\.org/play/#v1\.[A-Za-z0-9_-]+", address)
    said = carried(address)
    assert said.pop("engine")
    assert said == {
        "title": "flow",
        "files": {"flow.py": CODE, "data.csv": "a,b\n1,2\n"},
        "outputs": ["total"],
        "given": {"inputs": {}, "config": {"region": '"US"', "rate": "0.5"}},
    }


def test_markdown_has_the_title_as_its_text(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, folder / "flow.py", "--title", "My [flow]", "--markdown")
    assert text.startswith("[My \\[flow\\]](http://127.0.0.1:8000/play/#v1.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.py"], "nowhere.py"),
        (["data.csv"], "no module among the files"),
        (["flow.toml"], "no file of a dataflow"),
        (["flow.py", "flow.py"], "Two files are called `flow.py`"),
        (["a+b.csv"], "cannot be the name of a file in a playground"),
        (["flow.py", "--config", "region"], "not of the form KEY=VALUE"),
    ],
    ids=["not there", "data only", "another kind", "twice", "a name that cannot be", "no pair"],
)
def test_what_cannot_be_shared_is_said(
    folder: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    with pytest.raises(SystemExit) as ended:
        main(["share", *arguments])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_what_the_page_would_refuse_is_refused() -> None:
    noise = secrets.token_hex(200_000)
    with pytest.raises(TooMuchForALink, match="too much for a link"):
        link({"flow.py": noise}, "")
    with pytest.raises(TooMuchForALink, match="40 files at most"):
        link({f"f{number}.py": "" for number in range(41)}, "")


def test_what_the_dictionary_holds_makes_a_link_shorter() -> None:
    code = "".join(
        f"def total_{number}(price: int, count: float = 0.5) -> pd.Series:\n    return data\n\n\n" for number in range(3)
    )
    address = link({"flow.py": code}, "")
    assert carried(address)["files"] == {"flow.py": code}
    assert len(address) < 130


@pytest.mark.skipif(not GOLDEN.exists(), reason="the page's tests are not beside these")
def test_the_page_opens_such_a_link() -> None:
    golden = json.loads((GOLDEN / "terminal.json").read_text(encoding="utf-8"))["shared"]
    assert carried((GOLDEN / "terminal.txt").read_text().strip()) == golden
    said = carried(link(golden["files"], "", title="Terminal", outputs=["total"], config={"region": "US"}))
    assert {**said, "engine": golden["engine"]} == golden


@pytest.mark.native
def test_importing_headwater_loads_nothing_of_the_command(imported_by) -> None:
    loaded = imported_by("import headwater")
    assert "headwater" in loaded
    assert not loaded & {"argparse", "zlib", "base64", "headwater.cli"}
