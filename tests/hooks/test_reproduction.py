"""`headwater reproduce`: reruns of failed calls, in another process."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from headwater.cli import main
from headwater.errors import SnapshotError
from headwater.hooks.reproduction import rerun_snapshot

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.native

PROGRAM = """
from headwater import Builder
from headwater.hooks import ErrorSnapshots

RATE = 0

class Price:
    def __init__(self, amount: int) -> None:
        self.amount = amount

    def __repr__(self) -> str:
        return f"Price({self.amount})"

def price() -> Price:
    return Price(5)

def units(price: Price) -> float:
    return price.amount / RATE

if __name__ == "__main__":
    try:
        Builder().with_functions(price, units).with_hooks(ErrorSnapshots()).build().execute(["units"])
    except ZeroDivisionError as error:
        error.snapshot.save("error.snapshot")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a program, and the snapshot that it has saved."""
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    subprocess.run([sys.executable, "program.py"], cwd=tmp_path, check=True)
    return tmp_path


def reproduce(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        main(["reproduce", *map(str, arguments)])
    assert isinstance(ended.value.code, int)
    return ended.value.code, capsys.readouterr().out


def test_without_trust_nothing_is_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, text = reproduce(capsys, folder / "error.snapshot")
    assert status == 0
    assert "raised ZeroDivisionError: division by zero" in text
    assert "  price = Price(5)" in text
    assert text.endswith(
        "The call was not run, because loading it can run arbitrary code. Add --trust if you trust the file's origin.\n"
    )


def test_a_function_of_a_program_is_run_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program = sys.modules["__main__"]
    status, text = reproduce(capsys, folder / "error.snapshot", "--trust")
    assert status == 0
    assert text.endswith("ZeroDivisionError: division by zero\nReproduced.\n")
    assert sys.modules["__main__"] is program


def test_a_corrected_function_is_not_reproduced(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "program.py").write_text(PROGRAM.replace("/ RATE", "/ (RATE or 1)"), encoding="utf-8")
    status, text = reproduce(capsys, folder / "error.snapshot", "--trust")
    assert status == 1
    assert "The source of the function has changed.\nNot reproduced: the function returned 5.0.\n" in text


def test_a_lost_program_is_an_error(folder: Path) -> None:
    (folder / "program.py").unlink()
    with pytest.raises(
        SnapshotError, match=r"The program `.*program\.py`, which defines the function, does not exist on this computer"
    ):
        rerun_snapshot(folder / "error.snapshot")


def test_a_module_is_imported_from_the_folder_of_the_program(tmp_path: Path) -> None:
    (tmp_path / "prices_of_snapshot.py").write_text("def price() -> int:\n    return int('x')\n", encoding="utf-8")
    (tmp_path / "program.py").write_text(
        "import prices_of_snapshot\n"
        "from headwater import Builder\n"
        "from headwater.hooks import ErrorSnapshots\n"
        "try:\n"
        "    Builder().with_modules(prices_of_snapshot).with_hooks(ErrorSnapshots()).build().execute(['price'])\n"
        "except ValueError as error:\n"
        "    error.snapshot.save('error.snapshot')\n",
        encoding="utf-8",
    )
    subprocess.run([sys.executable, "program.py"], cwd=tmp_path, check=True)
    paths = list(sys.path)
    assert rerun_snapshot(tmp_path / "error.snapshot").is_reproduced
    assert sys.path == paths


@pytest.mark.parametrize("content", [b"something else", None])
def test_a_file_that_cannot_be_read_is_an_error_of_the_command(
    tmp_path: Path, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (tmp_path / "file").write_bytes(content)
    with pytest.raises(SystemExit) as ended:
        main(["reproduce", str(tmp_path / "file")])
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("headwater reproduce: ")
