"""Appending keeps the content of a file, and creating a file fails if it exists."""

import errno
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.io import replacing
from headwater.io.atomic import write_mode


def names(folder: Path) -> list[str]:
    """Return the names in a folder, including hidden ones."""
    return sorted(path.name for path in folder.iterdir())


def append(path, content: bytes) -> None:
    with replacing(path, "a") as temporary, Path(temporary).open("ab") as file:
        file.write(content)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.binary(), min_size=1))
def test_repeated_appends_accumulate(tmp_path_factory, parts):
    path = tmp_path_factory.mktemp("append") / "file"
    for part in parts:
        append(path, part)
    assert path.read_bytes() == b"".join(parts)
    assert names(path.parent) == ["file"]


def test_creating_a_new_file_works_once(tmp_path):
    path = tmp_path / "file"
    with replacing(path, "x") as temporary:
        Path(temporary).write_bytes(b"first")
    with pytest.raises(FileExistsError) as caught, replacing(path, "x"):
        pytest.fail("the writer was called")
    reason = "Mode 'x' creates only new files, but this file already exists"
    assert str(caught.value) == f"[Errno {errno.EEXIST}] {reason}: '{path.resolve()}'"
    assert path.read_bytes() == b"first"
    assert names(tmp_path) == ["file"]


@pytest.mark.posix
@pytest.mark.native
def test_creating_fails_for_a_dangling_link(tmp_path):
    (tmp_path / "link").symlink_to("absent")
    with pytest.raises(FileExistsError), replacing(tmp_path / "link", "x"):
        pytest.fail("the writer was called")
    assert names(tmp_path) == ["link"]


@pytest.mark.parametrize("mode", ["x", "a"])
@pytest.mark.parametrize("has_hard_links", [True, False])
def test_a_file_that_appears_during_the_write_is_kept(tmp_path, monkeypatch, mode, has_hard_links):
    path = tmp_path / "file"
    if not has_hard_links:
        monkeypatch.setattr(Path, "hardlink_to", refuse_hard_links)

    def write_while_somebody_else_does():
        with replacing(path, mode) as temporary:
            Path(temporary).write_bytes(b"ours")
            path.write_bytes(b"theirs")

    with pytest.raises(OSError, match=r"exists|created the file|changed"):
        write_while_somebody_else_does()
    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == ["file"]


def refuse_hard_links(*_: object) -> None:
    raise OSError(errno.EPERM, "Operation not permitted")


@pytest.mark.parametrize("mode", ["x", "a"])
def test_a_file_system_without_hard_links_is_supported(tmp_path, monkeypatch, mode):
    monkeypatch.setattr(Path, "hardlink_to", refuse_hard_links)
    with replacing(tmp_path / "file", mode) as temporary:
        Path(temporary).write_bytes(b"new")
    assert (tmp_path / "file").read_bytes() == b"new"
    assert names(tmp_path) == ["file"]


def test_concurrent_appends_of_another_process_are_not_lost(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def append_while_somebody_else_does():
        with replacing(path, "a") as temporary:
            with Path(temporary).open("ab") as ours:
                ours.write(b" ours")
            with path.open("ab") as other_file:
                other_file.write(b" theirs")

    with pytest.raises(OSError, match="another program changed the file") as caught:
        append_while_somebody_else_does()
    assert str(caught.value) == (
        f"[Errno {errno.EBUSY}] Run the dataflow again. Nothing was appended, "
        f"because another program changed the file: '{path.resolve()}'"
    )
    assert path.read_bytes() == b"old theirs"
    assert names(tmp_path) == ["file"]


@pytest.mark.native
def test_threads_append_in_turn(tmp_path):
    path = tmp_path / "file"
    start = threading.Barrier(8)
    errors: list[BaseException] = []

    def work(number: int) -> None:
        start.wait()
        try:
            for _ in range(5):
                append(path, b"%d\n" % number)
        except BaseException as error:  # noqa: BLE001 - reported by the assertion below
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(path.read_bytes().split()) == sorted(b"%d" % number for number in range(8) for _ in range(5))


@pytest.mark.parametrize(
    ("mode", "known"), [("w", "w"), ("wb", "w"), ("w+", "w"), ("wt", "w"), ("a", "a"), ("ab", "a"), ("a+", "a"), ("x", "x")]
)
def test_the_first_letter_of_a_mode_decides(mode, known):
    assert write_mode(mode) == known


@pytest.mark.parametrize("mode", ["r", "r+", "rb+", "", None, 3, "b"])
def test_other_modes_are_refused(mode):
    with pytest.raises(ValueError, match="mode") as caught:
        write_mode(mode)
    assert str(caught.value) == f"`mode` must be 'w' (replace), 'a' (append) or 'x' (create), not {mode!r}."
