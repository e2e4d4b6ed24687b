"""Explains features that the running Python lacks: standard library modules and, in the browser, operating system services."""

from __future__ import annotations

import errno
import sys
from typing import Final

from headwater.previews.texts import plain_text_of

_IN_BROWSER: Final = sys.platform == "emscripten"

_NO_NETWORK: Final = "Python in the browser cannot open network connections. Add the data as a file, or provide it as an input."
_NO_PROCESSES: Final = "Python in the browser cannot start processes. Call the function directly."
_NO_THREADS: Final = "Python in the browser cannot start threads. Call the function directly."
_NO_OS_FEATURE: Final = "The code uses a feature of the operating system that is not available in the browser."
_NO_COROUTINES: Final = (
    "This browser cannot run a coroutine in a plain function. Make the function `async def`, and use `await`."
)

_NO_TERMINAL: Final = "There is no terminal. Return or print a value to display it."
_NO_WINDOW: Final = "There is no window to draw in. Return a value instead to display it."
_OS_SPECIFIC: Final = "The module exists only on some operating systems."
_NO_INSTALLING: Final = "Code cannot install packages. Import the package that you need."

_ADVICE: Final = {
    "sqlite3": "Store the data in a CSV or JSON file and read it with pandas.",
    "dbm": "Store the data in a dictionary or in a JSON file.",
    "lzma": "Use `gzip`, `bz2` or `zipfile` instead.",
    "ssl": "Encrypted connections are not available. Add the data as a file instead.",
    "_hashlib": "Use a function from `hashlib` that does not need OpenSSL, such as `hashlib.sha256`.",
    "multiprocessing": "Processes cannot be started. Call the function directly.",
    **dict.fromkeys(("curses", "readline", "termios", "tty", "pty"), _NO_TERMINAL),
    **dict.fromkeys(("tkinter", "turtle", "turtledemo", "idlelib"), _NO_WINDOW),
    **dict.fromkeys(("ensurepip", "venv"), _NO_INSTALLING),
    **dict.fromkeys(("fcntl", "grp", "msvcrt", "nt", "posix", "pwd", "resource", "syslog", "winreg", "winsound"), _OS_SPECIFIC),
}
"""Advice for missing standard library modules, keyed by module name."""

_REMOVED: Final = frozenset(
    {"asynchat", "asyncore", "distutils", "imp", "smtpd"}
    | {"aifc", "audioop", "cgi", "cgitb", "chunk", "crypt", "imghdr", "lib2to3", "mailcap", "msilib", "nis", "nntplib"}
    | {"ossaudiodev", "pipes", "sndhdr", "spwd", "sunau", "telnetlib", "uu", "xdrlib"}
)
"""Modules that newer versions of Python have removed from the standard library."""


_NETWORK_NAMES: Final = frozenset(
    {"HTTPSConnection", "HTTPSHandler"}  # missing from `http.client` and `urllib.request` if there is no `ssl`
    | {"fetch", "XMLHttpRequest", "WebSocket", "EventSource"}  # missing from `js`, because the sandbox removes them
)


def limitation(error: BaseException) -> str | None:
    """Explain an exception that is caused by a missing feature of the running Python. Return None for any other exception."""
    match error:
        case ModuleNotFoundError(name=str(name)):
            return _missing_stdlib_module(name.partition(".")[0])
        case AttributeError(name=name) if _IN_BROWSER and name in _NETWORK_NAMES:
            return _NO_NETWORK
        case ImportError(name="js") if _IN_BROWSER and getattr(error, "name_from", None) in _NETWORK_NAMES:
            return _NO_NETWORK
        case OSError() if _IN_BROWSER:
            return _os_limitation(error)
        case RuntimeError() if _IN_BROWSER:
            text = plain_text_of(error)
            if "start new thread" in text:
                return _NO_THREADS
            return _NO_COROUTINES if "stack switch" in text else None
        case _:
            return None


def _missing_stdlib_module(name: str) -> str | None:
    known = name if name in _ADVICE else name.removeprefix("_")
    interpreter = "Python in the browser" if _IN_BROWSER else "This Python"
    if name in _REMOVED and name not in sys.stdlib_module_names:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        return f"Python {version} has no module `{name}`: it was removed from the standard library."
    if name not in sys.stdlib_module_names and known not in _ADVICE:
        return None
    advice = _ADVICE.get(known, "The code may run unchanged in another Python environment.")
    return f"{interpreter} is built without the standard library module `{known}`. {advice}"


def _os_limitation(error: OSError) -> str | None:
    text = plain_text_of(error)
    reason = getattr(error, "reason", error)  # the cause of a `urllib.error.URLError`
    number = reason.errno if isinstance(reason, OSError) else None
    if "does not support processes" in text:
        return _NO_PROCESSES
    if "unknown url type: https" in text or isinstance(reason, ConnectionError) or number in _SOCKET_ERRORS:
        return _NO_NETWORK
    return _NO_OS_FEATURE if number == errno.ENOSYS else None


_SOCKET_ERRORS: Final = frozenset(
    {errno.EINPROGRESS, errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ENETDOWN, errno.ENOTCONN, errno.ETIMEDOUT}
    | {errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT}
)
