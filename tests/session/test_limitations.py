"""Errors caused by features that Python lacks, mostly in the browser, are explained."""

from __future__ import annotations

import errno
import sys
import urllib.error
from typing import TYPE_CHECKING

import pytest

from headwater.session import limitations
from headwater.session.limitations import limitation

if TYPE_CHECKING:
    from headwater.session import Session

NETWORK = "Python in the browser cannot open network connections. Add the data as a file, or provide it as an input."
PROCESSES = "Python in the browser cannot start processes. Call the function directly."
THREADS = "Python in the browser cannot start threads. Call the function directly."
SYSTEM = "The code uses a feature of the operating system that is not available in the browser."


def missing(name: str) -> ModuleNotFoundError:
    return ModuleNotFoundError(f"No module named {name!r}", name=name)


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pretend to run in Pyodide."""
    monkeypatch.setattr(limitations, "_IN_BROWSER", True)


@pytest.mark.usefixtures("browser")
@pytest.mark.parametrize(
    ("name", "module", "advice"),
    [
        ("sqlite3", "sqlite3", "Store the data in a CSV or JSON file and read it with pandas."),
        ("_sqlite3", "sqlite3", "Store the data in a CSV or JSON file and read it with pandas."),
        ("ssl", "ssl", "Encrypted connections are not available. Add the data as a file instead."),
        ("_lzma", "lzma", "Use `gzip`, `bz2` or `zipfile` instead."),
        ("_hashlib", "_hashlib", "Use a function from `hashlib` that does not need OpenSSL, such as `hashlib.sha256`."),
        ("dbm.gnu", "dbm", "Store the data in a dictionary or in a JSON file."),
        ("tkinter", "tkinter", "There is no window to draw in. Return a value instead to display it."),
        ("curses", "curses", "There is no terminal. Return or print a value to display it."),
        ("readline", "readline", "There is no terminal. Return or print a value to display it."),
        ("_multiprocessing", "multiprocessing", "Processes cannot be started. Call the function directly."),
        ("fcntl", "fcntl", "The module exists only on some operating systems."),
        ("venv", "venv", "Code cannot install packages. Import the package that you need."),
        ("pydoc_data", "pydoc_data", "The code may run unchanged in another Python environment."),
    ],
)
def test_a_module_that_python_in_the_browser_lacks(name: str, module: str, advice: str) -> None:
    assert limitation(missing(name)) == (
        f"Python in the browser is built without the standard library module `{module}`. {advice}"
    )


@pytest.mark.usefixtures("browser")
@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OSError(138, "emscripten does not support processes."), PROCESSES),
        (RuntimeError("can't start new thread"), THREADS),
        (BlockingIOError(errno.EINPROGRESS, "Operation in progress"), NETWORK),
        (OSError(errno.EHOSTUNREACH, "Host is unreachable"), NETWORK),
        (ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"), NETWORK),
        (urllib.error.URLError(BlockingIOError(errno.EINPROGRESS, "Operation in progress")), NETWORK),
        (urllib.error.URLError("unknown url type: https"), NETWORK),
        (AttributeError("module 'http.client' has no attribute 'HTTPSConnection'", name="HTTPSConnection"), NETWORK),
        (AttributeError("XMLHttpRequest", name="XMLHttpRequest"), NETWORK),
        (OSError(errno.ENOSYS, "Function not implemented"), SYSTEM),
        (
            RuntimeError("WebAssembly stack switching not supported in this JavaScript runtime"),
            "This browser cannot run a coroutine in a plain function. Make the function `async def`, and use `await`.",
        ),
    ],
)
def test_errors_of_missing_operating_system_features(error: BaseException, expected: str) -> None:
    assert limitation(error) == expected


@pytest.mark.usefixtures("browser")
@pytest.mark.parametrize(
    "error",
    [
        missing("shout"),
        missing("_shout"),
        ModuleNotFoundError("of a user"),
        FileNotFoundError(errno.ENOENT, "No such file or directory"),
        RuntimeError("x"),
        ValueError("can't start new thread"),
        AttributeError("x", name="y"),
    ],
)
def test_any_other_error_keeps_its_message(error: BaseException) -> None:
    assert limitation(error) is None


@pytest.mark.interpreter
@pytest.mark.skipif(sys.platform != "emscripten", reason="only Python in a browser has the module `js`")
@pytest.mark.parametrize(
    "code",
    [
        "from js import WebSocket",
        "import js\n\njs.WebSocket",
        "from js import EventSource",
        "import js\n\njs.EventSource.new()",
    ],
)
def test_globals_that_the_sandbox_removes(session: Session, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    js = pytest.importorskip("js")
    for name in ("WebSocket", "EventSource"):
        if hasattr(js, name):
            monkeypatch.delattr(js, name)
    session.update({"flow.py": f"{code}\n\ndef price() -> int:\n    return 1\n"})
    (problem,) = session.run(None)["problems"]
    assert problem["message"] == NETWORK


@pytest.mark.skipif(sys.platform == "emscripten", reason="tests Python outside a browser")
@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("can't start new thread"),
        ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"),
        OSError(errno.ENOSYS, "Function not implemented"),
    ],
)
def test_outside_a_browser_these_errors_keep_their_messages(error: BaseException) -> None:
    assert limitation(error) is None


@pytest.mark.skipif(sys.platform in ("win32", "emscripten"), reason="tests a Python without the Windows modules")
def test_a_session_reports_the_missing_module(session: Session) -> None:
    session.update({"flow.py": "import winreg\ndef total() -> int: return 1"})
    (problem,) = session.run()["problems"]
    assert (problem["kind"], problem["line"]) == ("ModuleNotFoundError", 1)
    assert problem["message"] == (
        "This Python is built without the standard library module `winreg`. The module exists only on some operating systems."
    )


@pytest.mark.skipif(sys.version_info < (3, 12), reason="before Python 3.12, these modules exist")
@pytest.mark.parametrize("name", ["distutils", "imp"])
def test_a_module_that_was_removed_from_python(name: str) -> None:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert limitation(missing(name)) == (f"Python {version} has no module `{name}`: it was removed from the standard library.")
