"""Atomic writes: a file is replaced completely or not at all."""

import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from headwater.io import replacing


def write(path, text: str) -> None:
    with replacing(path) as temporary:
        Path(temporary).write_text(text, encoding="utf-8")


def test_new_content_replaces_the_old_file(tmp_path):
    path = tmp_path / "note.txt"
    write(path, "old")
    write(str(path), "new")
    assert path.read_text(encoding="utf-8") == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_an_error_while_writing_leaves_only_the_old_file(tmp_path, error):
    path = tmp_path / "note.txt"
    write(path, "old")

    def fail_in_the_middle():
        with replacing(path) as temporary:
            Path(temporary).write_text("half", encoding="utf-8")
            raise error

    with pytest.raises(error):
        fail_in_the_middle()
    assert path.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


def test_an_error_before_writing_is_raised_unchanged(tmp_path):
    with pytest.raises(ZeroDivisionError), replacing(tmp_path / "note.txt"):
        raise ZeroDivisionError
    assert [path.name for path in tmp_path.iterdir()] == []


def test_the_temporary_file_has_the_same_name_in_a_hidden_folder(tmp_path):
    with replacing(tmp_path / "table.csv.gz") as temporary:
        Path(temporary).write_bytes(b"")
        assert Path(temporary).name == "table.csv.gz"
        assert Path(temporary).parent.parent == tmp_path
        assert Path(temporary).parent.name.startswith(".headwater-")


def test_the_error_for_a_missing_folder_names_it(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"The folder does not exist. Create it first: '.*absent'"):
        write(tmp_path / "absent" / "note.txt", "")


def test_a_folder_is_not_replaced(tmp_path):
    with pytest.raises(IsADirectoryError, match="The path is a folder"):
        write(tmp_path, "")


def test_a_url_is_yielded_unchanged():
    with replacing("s3://bucket/note.txt") as temporary:
        assert temporary == "s3://bucket/note.txt"


@pytest.mark.posix
@pytest.mark.native
def test_a_link_stays_a_link_and_the_permissions_are_kept(tmp_path):
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    write(target, "old")
    target.chmod(0o640)
    link.symlink_to(target)
    write(link, "new")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


PROGRAM = """
    import sys
    from headwater import Builder, save_to, source

    @save_to.text(path=source("path"))
    def note(letter: str) -> str:
        return letter * 4_000_000

    driver = Builder().with_functions(note).build()
    driver.execute(["note.save_text"], inputs={"letter": "a", "path": sys.argv[1]})
    print("written", flush=True)
    while True:
        for letter in "ba":
            driver.execute(["note.save_text"], inputs={"letter": letter, "path": sys.argv[1]})
"""


@pytest.mark.native
@pytest.mark.parametrize("wait", [0.0, 0.003, 0.011, 0.019])
def test_a_killed_run_leaves_the_old_file_or_the_new_one(tmp_path, wait):
    path = tmp_path / "note.txt"
    program = [sys.executable, "-c", textwrap.dedent(PROGRAM), str(path)]
    with subprocess.Popen(program, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"written\n"
        try:
            process.wait(timeout=wait)
        except subprocess.TimeoutExpired:
            process.kill()
    text = path.read_text(encoding="utf-8")
    assert text in ("a" * 4_000_000, "b" * 4_000_000)
