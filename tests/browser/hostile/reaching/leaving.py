"""A dataflow that tries to send its frame, its page or a new window to another address."""

from collections.abc import Callable
from pathlib import Path

import js

OUTSIDE = Path(__file__).with_name("outside.txt").read_text()


def _tried(attempt: Callable[[], object]) -> str:
    try:
        return f"begun: {attempt()}"
    except BaseException as refusal:  # noqa: BLE001 - any refusal counts
        return f"refused: {type(refusal).__name__}: {refusal}"


def tried() -> dict[str, str]:
    attempts = {
        "location": lambda: setattr(js.location, "href", OUTSIDE + "location"),
        "assigned": lambda: js.location.assign(OUTSIDE + "assigned"),
        "parent": lambda: setattr(js.parent, "location", OUTSIDE + "parent"),
        "top": lambda: setattr(js.top, "location", OUTSIDE + "top"),
        "navigation": lambda: js.navigation.navigate(OUTSIDE + "navigation"),
        "window": lambda: js.open(OUTSIDE + "window"),
        "clients": lambda: js.clients.openWindow(OUTSIDE + "clients"),
        "beacon": lambda: js.navigator.sendBeacon(OUTSIDE + "beacon"),
        "service-worker": lambda: js.navigator.serviceWorker.register(OUTSIDE + "service-worker"),
        "shared-worker": lambda: js.SharedWorker.new(OUTSIDE + "shared-worker"),
        "asked": lambda: js.postMessage(OUTSIDE + "asked"),
    }
    return {name: _tried(attempt) for name, attempt in attempts.items()}
