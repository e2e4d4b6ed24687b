"""Writing a drawing preserves links, permissions and devices, as savers do."""

import os
import stat

import pytest

from headwater import Builder
from headwater.drawing import draw


def total(price: int) -> int:
    return price


DRAWING = draw(Builder().with_functions(total).build().graph)


@pytest.mark.posix
@pytest.mark.native
def test_a_link_and_permissions_are_preserved(tmp_path):
    target, link = tmp_path / "target.svg", tmp_path / "link.svg"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    link.symlink_to(target)
    DRAWING.write(link)
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == DRAWING.svg
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.svg", "target.svg"]


@pytest.mark.posix
@pytest.mark.native
def test_a_pipe_gets_the_drawing(tmp_path):
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    DRAWING.write(path)
    assert os.read(reader, 100_000).decode() == f"{DRAWING.text}\n"
    os.close(reader)
    assert stat.S_ISFIFO(path.stat().st_mode)


def test_a_folder_of_that_name_is_refused(tmp_path):
    (tmp_path / "a.svg").mkdir()
    with pytest.raises(IsADirectoryError, match=r"The path is a folder\. Pass the path of a file in it"):
        DRAWING.write(tmp_path / "a.svg")


def test_a_tilde_is_the_home_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    DRAWING.write("~/a.dot")
    assert (tmp_path / "a.dot").read_text(encoding="utf-8") == DRAWING.dot
