"""What this Python cannot do: modules that it is built without and, in the browser, what needs an operating system."""

from __future__ import annotations

import errno
import sys
from typing import Final

from headwater.previews.texts import plain_text_of

_IN_BROWSER: Final = sys.platform == "emscripten"

_NO_NETWORK: Final = (
    "Python in the browser opens no network connections. Add the data as a file of the dataflow, or give it as an input."
)
_NO_PROCESSES: Final = "Python in the browser is one process and cannot start another. Call the function directly."
_NO_THREADS: Final = "Python in the browser has one thread and cannot start another. Call the function directly."
_NO_SYSTEM: Final = "The code calls the operating system for something that a browser does not have."
_NO_WAITING: Final = "A function cannot wait for a coroutine in this browser. Write it without `async`."

_NO_TERMINAL: Final = "There is no terminal. Return a value or print it: both are shown."
_NO_WINDOW: Final = "There is no window to draw in. Return the value instead: it is shown."
_OF_A_SYSTEM: Final = "It belongs to an operating system."
_NO_INSTALLING: Final = "Code cannot install anything. Import the package that you need."

_ADVICE: Final = {
    "sqlite3": "Keep the data in a CSV or JSON file of the dataflow, and read it with pandas.",
    "dbm": "Keep the data in a dictionary, or in a JSON file of the dataflow.",
    "lzma": "Use `gzip`, `bz2` or `zipfile` instead.",
    "ssl": "Without it there are no encrypted connections. Add the data as a file of the dataflow.",
    "hashlib": "Use one of the other functions of `hashlib`.",
    "multiprocessing": "No other process can be started. Call the function directly.",
    **dict.fromkeys(("curses", "readline", "termios", "tty", "pty"), _NO_TERMINAL),
    **dict.fromkeys(("tkinter", "turtle", "turtledemo", "idlelib"), _NO_WINDOW),
    **dict.fromkeys(("ensurepip", "venv"), _NO_INSTALLING),
    **dict.fromkeys(("fcntl", "grp", "msvcrt", "nt", "posix", "pwd", "resource", "syslog", "winreg", "winsound"), _OF_A_SYSTEM),
}
"""What to do without a module of the standard library."""

_REMOVED: Final = frozenset(
    {"asynchat", "asyncore", "distutils", "imp", "smtpd"}
    | {"aifc", "audioop", "cgi", "cgitb", "chunk", "crypt", "imghdr", "lib2to3", "mailcap", "msilib", "nis", "nntplib"}
    | {"ossaudiodev", "pipes", "sndhdr", "spwd", "sunau", "telnetlib", "uu", "xdrlib"}
)
"""Modules that were part of the standard library and are not in every Python that runs this."""


def limitation(error: BaseException) -> str | None:
    """What an exception means if it comes from something that this Python cannot do; None for any other."""
    match error:
        case ModuleNotFoundError(name=str(name)):
            return _missing_module(name.partition(".")[0])
        case AttributeError(name="HTTPSConnection" | "HTTPSHandler") if _IN_BROWSER:
            return _NO_NETWORK
        case OSError() if _IN_BROWSER:
            return _of_the_system(error)
        case RuntimeError() if _IN_BROWSER:
            said = plain_text_of(error)
            if "start new thread" in said:
                return _NO_THREADS
            return _NO_WAITING if "stack switch" in said else None
        case _:
            return None


def _missing_module(name: str) -> str | None:
    known = name if name in _ADVICE else name.removeprefix("_")
    where = "Python in the browser" if _IN_BROWSER else "This Python"
    if name in _REMOVED and name not in sys.stdlib_module_names:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        return f"Python {version} has no module `{name}`: it was removed from the standard library."
    if name not in sys.stdlib_module_names and known not in _ADVICE:
        return None
    advice = _ADVICE.get(known, "Elsewhere the code may run as it is.")
    return f"{where} is built without `{known}`, a module of the standard library. {advice}"


def _of_the_system(error: OSError) -> str | None:
    said = plain_text_of(error)
    reason = getattr(error, "reason", error)  # of a `urllib.error.URLError`
    number = reason.errno if isinstance(reason, OSError) else None
    if "does not support processes" in said:
        return _NO_PROCESSES
    if "unknown url type: https" in said or isinstance(reason, ConnectionError) or number in _OF_SOCKETS:
        return _NO_NETWORK
    return _NO_SYSTEM if number == errno.ENOSYS else None


_OF_SOCKETS: Final = frozenset(
    {errno.EINPROGRESS, errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ENETDOWN, errno.ENOTCONN, errno.ETIMEDOUT}
    | {errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT}
)
