"""Atomic writes to pipes, devices, sockets and links. Permissions, file names and failures."""

import errno
import os
import socket
import stat
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from headwater.io import file_metadata, replacing

pytestmark = [pytest.mark.native, pytest.mark.posix]


def names(folder: Path) -> list[str]:
    """Return the names in a folder, including hidden ones."""
    return sorted(path.name for path in folder.iterdir())


def write(path, text: str, **options) -> None:
    with replacing(path, **options) as temporary:
        Path(temporary).write_text(text, encoding="utf-8")


def refused(error: type[OSError], path, **options) -> OSError:
    """Return the error for a path, raised before the writer is called."""
    with pytest.raises(error) as caught, replacing(path, **options):
        pytest.fail("the writer was called")
    return caught.value


def tree(folder: Path) -> dict[str, str | None]:
    """Return the content of a folder: the text of files, and None for folders."""
    return {
        str(path.relative_to(folder)): None if path.is_dir() else path.read_text(encoding="utf-8") for path in folder.rglob("*")
    }


# --- pipes, devices, sockets ------------------------------------------------------------------------------------------


@pytest.fixture
def pipe(tmp_path):
    """Create a named pipe with a reader that collects its content."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(path.read_bytes()))
    reader.start()

    def content() -> bytes:
        reader.join()
        return received[0]

    yield path, content
    if reader.is_alive():
        with path.open("wb"):
            pass
        reader.join()


@pytest.mark.parametrize("size", [2, 300_000])
def test_a_pipe_gets_the_content_and_stays_a_pipe(pipe, tmp_path, size):
    path, content = pipe
    write(path, "a" * size)
    assert content() == b"a" * size
    assert stat.S_ISFIFO(path.stat().st_mode)
    assert names(tmp_path) == ["pipe"]


def test_a_link_to_a_pipe_and_an_append_to_it_write_to_the_pipe(pipe, tmp_path):
    _, content = pipe
    (tmp_path / "link").symlink_to("pipe")
    write(tmp_path / "link", "new", mode="a")
    assert content() == b"new"
    assert (tmp_path / "link").is_symlink()


def test_a_writer_that_fails_sends_nothing_to_a_pipe(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    def fail_in_the_middle():
        with replacing(path) as temporary:
            Path(temporary).write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail_in_the_middle()
    assert os.read(reader, 10) == b""
    os.close(reader)


def test_creating_fails_for_a_pipe():
    error = refused(FileExistsError, "/dev/null", mode="x")
    assert str(error) == "[Errno 17] Mode 'x' creates only new files, but this file already exists: '/dev/null'"


def test_a_device_is_written_to_and_stays_a_device():
    before = Path("/dev/null").stat()
    write("/dev/null", "gone")
    after = Path("/dev/null").stat()
    assert stat.S_ISCHR(after.st_mode)
    assert (after.st_ino, after.st_mode) == (before.st_ino, before.st_mode)


def test_the_metadata_of_a_device_has_no_size():
    metadata = file_metadata("/dev/null")["file_metadata"]
    assert (metadata["path"], metadata["size"], metadata["last_modified"]) == ("/dev/null", None, None)


def test_a_dataset_is_not_written_to_a_device():
    with (
        pytest.raises(NotADirectoryError, match="A dataset is a folder, but the path is a pipe or device"),
        replacing("/dev/null", dataset=True) as temporary,
    ):
        Path(temporary).mkdir()


PRINTING = """
    import sys
    from pathlib import Path
    from headwater.io import replacing

    print("before")
    for mode in sys.argv[2:]:
        with replacing(sys.argv[1], mode) as temporary:
            Path(temporary).write_text(f"saved {mode}\\n", encoding="utf-8")
    print("after")
"""


@pytest.mark.parametrize("path", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "/proc/thread-self/fd/1", "link"])
@pytest.mark.parametrize("redirected", [False, True])
def test_standard_output_gets_the_content_in_order_with_printed_text(tmp_path, path, redirected):
    if not Path(path).is_absolute():
        (tmp_path / path).symlink_to("/dev/stdout")
    elif not Path(path).exists():
        pytest.skip(f"this system has no {path}")
    command = [sys.executable, "-c", textwrap.dedent(PRINTING), path, "w", "a"]
    output = tmp_path / "out.txt"
    if redirected:
        with output.open("wb") as file:
            file.write(b"old\n")
            file.flush()
            subprocess.run(command, stdout=file, check=True, cwd=tmp_path)
        assert output.read_text(encoding="utf-8") == "old\nbefore\nsaved w\nsaved a\nafter\n"
    else:
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, cwd=tmp_path, text=True)
        assert done.stdout == "before\nsaved w\nsaved a\nafter\n"


def test_an_open_descriptor_is_written_to_and_stays_open():
    reader, writer = os.pipe()
    write(f"/dev/fd/{writer}", "one ")
    write(f"/proc/{os.getpid()}/fd/{writer}", "two")
    os.write(writer, b" three")
    os.close(writer)
    assert os.read(reader, 100) == b"one two three"
    os.close(reader)


def test_a_descriptor_that_is_closed_is_refused():
    reader, writer = os.pipe()
    os.close(writer)
    os.close(reader)
    with pytest.raises(OSError, match="Bad file descriptor"):
        write(f"/dev/fd/{writer}", "lost")


def test_a_socket_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # relative, because a socket's path must be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        error = refused(OSError, "socket")
        assert stat.S_ISSOCK(Path("socket").stat().st_mode)
    assert error.errno == errno.EOPNOTSUPP
    assert error.strerror == "Cannot save to a socket. Pass the path of a file or a pipe"
    assert error.filename == "socket"


# --- links ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["w", "a"])
@pytest.mark.parametrize("exists", [True, False])
def test_a_chain_of_links_leads_to_the_file_that_is_written(tmp_path, mode, exists):
    """Links may be relative or absolute, and may point to another folder. The file need not exist yet."""
    (tmp_path / "data").mkdir()
    (tmp_path / "links").mkdir()
    (tmp_path / "first").symlink_to("links/second")
    (tmp_path / "links" / "second").symlink_to(tmp_path / "third")
    (tmp_path / "third").symlink_to("links/../data/file.txt")
    if exists:
        (tmp_path / "data" / "file.txt").write_text("old", encoding="utf-8")
    save = append if mode == "a" else write
    save(tmp_path / "first", "new")
    expected = "oldnew" if exists and mode == "a" else "new"
    assert (tmp_path / "data" / "file.txt").read_text(encoding="utf-8") == expected
    assert all((tmp_path / name).is_symlink() for name in ("first", "links/second", "third"))
    assert sorted(tree(tmp_path)) == ["data", "data/file.txt", "first", "links", "links/second", "third"]


def append(path, text: str) -> None:
    with replacing(path, "a") as temporary, Path(temporary).open("a", encoding="utf-8") as file:
        file.write(text)


def test_the_temporary_file_has_the_name_of_the_link(tmp_path):
    (tmp_path / "out.csv.gz").symlink_to("blob")
    with replacing(tmp_path / "out.csv.gz") as temporary:
        assert Path(temporary).name == "out.csv.gz"
        Path(temporary).write_bytes(b"")
    assert (tmp_path / "blob").is_file()


def test_a_link_into_a_missing_folder_is_refused(tmp_path):
    (tmp_path / "link").symlink_to("absent/file.txt")
    error = refused(FileNotFoundError, tmp_path / "link")
    assert str(error) == f"[Errno 2] The folder does not exist. Create it first: '{tmp_path.resolve() / 'absent'}'"
    assert names(tmp_path) == ["link"]


def test_a_link_to_a_folder_is_refused(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("folder")
    error = refused(IsADirectoryError, tmp_path / "link")
    assert str(error) == f"[Errno 21] The path is a folder. Pass the path of a file in it: '{tmp_path.resolve() / 'folder'}'"
    assert (tmp_path / "link").is_symlink()


def test_circular_links_are_refused(tmp_path):
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    assert refused(OSError, tmp_path / "one").errno == errno.ELOOP
    assert names(tmp_path) == ["one", "two"]


def test_another_hard_link_keeps_the_old_content(tmp_path):
    (tmp_path / "a").write_text("old", encoding="utf-8")
    (tmp_path / "b").hardlink_to(tmp_path / "a")
    write(tmp_path / "a", "new")
    assert tree(tmp_path) == {"a": "new", "b": "old"}


# --- permissions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["w", "a"])
@pytest.mark.parametrize("permissions", [0o600, 0o640, 0o666, 0o755])
def test_permissions_are_kept(tmp_path, mode, permissions):
    path = tmp_path / "file"
    path.write_text("old", encoding="utf-8")
    path.chmod(permissions)
    save = append if mode == "a" else write
    save(path, "new")
    assert stat.S_IMODE(path.stat().st_mode) == permissions


def test_a_new_file_has_the_permissions_that_open_would_give_it(tmp_path):
    write(tmp_path / "a", "")
    (tmp_path / "b").touch()
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_owner_and_group_are_kept_if_permitted(tmp_path):
    path = tmp_path / "file"
    path.write_text("old", encoding="utf-8")
    try:
        os.chown(path, 12345, 23456)
    except PermissionError:
        pytest.skip("only root may give files away")
    path.chmod(0o4750)
    write(path, "new")
    status = path.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (12345, 23456, 0o4750)


def test_permissions_of_a_group_that_cannot_be_kept_are_dropped(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o664)
    status = path.stat()

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "chown", refuse)
    real_stat = Path.stat

    def of_another_group(self: Path, **options: bool) -> os.stat_result:
        found = real_stat(self, **options)
        if self.parent.name.startswith(".headwater-"):
            return os.stat_result([*found[:5], status.st_gid + 1, *found[6:10]])
        return found

    monkeypatch.setattr(Path, "stat", of_another_group)
    write(path, "new")
    assert stat.S_IMODE(real_stat(path).st_mode) == 0o644


def test_a_read_only_file_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o444)
    monkeypatch.setattr(os, "access", lambda _, mode: mode != os.W_OK)  # root can write to any file
    error = refused(PermissionError, path)
    assert str(error) == f"[Errno 13] The file is read-only. Change its permissions to write to it: '{path.resolve()}'"
    assert tree(tmp_path) == {"file": "old"}


def test_a_folder_that_is_not_writable_is_refused(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("old", encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    error = refused(PermissionError, tmp_path / "file")
    assert str(error) == (
        "[Errno 13] Cannot create files in this folder. A temporary file is written there before it replaces the old file: "
        f"'{tmp_path.resolve()}'"
    )
    assert tree(tmp_path) == {"file": "old"}


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["a b.txt", "grüße-数据-🌧.txt", ".hidden", "x" * 255, "a\nb", "sub/../c.txt", "./d.txt", "-n", "%20", "~"]
)
def test_any_name_that_the_file_system_accepts_works(tmp_path, name):
    (tmp_path / "sub").mkdir()
    write(tmp_path / name if name != "~" else f"{tmp_path}/~", "one")
    write(f"{tmp_path}/{name}", "two")
    assert {name for name, text in tree(tmp_path).items() if text is not None} == {os.path.normpath(name)}
    assert Path(tmp_path, name).read_text(encoding="utf-8") == "two"


def test_a_name_that_is_too_long_is_refused(tmp_path):
    assert refused(OSError, tmp_path / ("x" * 256)).errno == errno.ENAMETOOLONG
    assert names(tmp_path) == []


def test_a_tilde_is_the_home_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    write("~/a.txt", "a")
    write(Path("~/b.txt"), "b")
    write(f"file://{tmp_path}/c%20c.txt", "c")
    assert tree(tmp_path) == {"a.txt": "a", "b.txt": "b", "c c.txt": "c"}
    metadata = file_metadata("~/a.txt")["file_metadata"]
    assert (metadata["path"], metadata["size"]) == ("~/a.txt", 1)


@pytest.mark.parametrize(
    ("path", "error", "text"),
    [
        (".", IsADirectoryError, "The path is a folder. Pass the path of a file in it"),
        ("folder/", IsADirectoryError, "The path is a folder. Pass the path of a file in it"),
        ("folder/..", IsADirectoryError, "The path is a folder. Pass the path of a file in it"),
        ("absent/", IsADirectoryError, "The path ends with a slash. Pass the path of a file"),
        ("absent/a.txt", FileNotFoundError, "The folder does not exist. Create it first"),
        ("absent/../a.txt", FileNotFoundError, "The folder does not exist. Create it first"),
        ("file/a.txt", NotADirectoryError, "Not a directory"),
    ],
)
def test_a_path_that_is_not_a_file_is_refused(tmp_path, path, error, text):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("old", encoding="utf-8")
    assert refused(error, f"{tmp_path}/{path}").strerror == text
    assert tree(tmp_path) == {"folder": None, "file": "old"}


# --- failures ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("mode", ["w", "a", "x"])
@pytest.mark.parametrize("leftovers", ["nothing", "file", "folder", "both"])
def test_a_failure_leaves_nothing_behind(tmp_path, error, mode, leftovers):
    path = tmp_path / "file"
    if mode != "x":
        path.write_text("old", encoding="utf-8")
    before = tree(tmp_path)

    def fail_in_the_middle():
        with replacing(path, mode) as temporary:
            if leftovers in ("file", "both"):
                Path(temporary).write_text("half", encoding="utf-8")
            if leftovers in ("folder", "both"):
                Path(temporary + ".parts", "deep").mkdir(parents=True)
            raise error

    with pytest.raises(error):
        fail_in_the_middle()
    assert tree(tmp_path) == before


def test_a_writer_that_writes_nothing_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError) as caught, replacing(tmp_path / "file"):
        pass
    assert caught.value.strerror == "Nothing was written for this file"
    assert caught.value.filename == str(tmp_path.resolve() / "file")
    assert names(tmp_path) == []


def test_a_file_written_with_another_suffix_is_used(tmp_path):
    with replacing(tmp_path / "report") as temporary:
        Path(f"{temporary}.xlsx").write_text("new", encoding="utf-8")
    assert tree(tmp_path) == {"report": "new"}


def test_companion_files_are_moved_unless_they_exist(tmp_path):
    (tmp_path / "library.js").write_text("old", encoding="utf-8")
    with replacing(tmp_path / "page.html") as temporary:
        for name in ("page.html", "library.js", "style.css"):
            Path(temporary).with_name(name).write_text("new", encoding="utf-8")
    assert tree(tmp_path) == {"library.js": "old", "page.html": "new", "style.css": "new"}
