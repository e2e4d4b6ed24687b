"""A dataflow that tries to read and write the site's storage."""

from collections.abc import Callable

import js


def _tried(attempt: Callable[[], object]) -> str:
    try:
        return f"found: {attempt()}"
    except BaseException as refusal:  # noqa: BLE001 - any refusal counts
        return f"refused: {type(refusal).__name__}: {refusal}"


def loot() -> dict[str, str]:
    attempts = {
        "localStorage": lambda: js.localStorage.getItem("canary"),
        "sessionStorage": lambda: js.sessionStorage.getItem("canary"),
        "cookies": lambda: js.document.cookie,
        "cookieStore": lambda: js.cookieStore.getAll(),
        "indexedDB": lambda: js.indexedDB.open("canary"),
        "databases": lambda: js.indexedDB.databases(),
        "caches": lambda: js.caches.keys(),
        "files": lambda: js.navigator.storage.getDirectory(),
    }
    return {name: _tried(attempt) for name, attempt in attempts.items()}
