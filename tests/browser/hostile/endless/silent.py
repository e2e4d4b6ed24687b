"""Tries to leave the visitor without an answer: by taking the worker's voice, and by answering what nobody asked."""

from types import SimpleNamespace

import js
from headwater.session import replies


def total() -> int:
    js.MessagePort.prototype.postMessage = None
    for name in ("JSON", "Map", "setTimeout"):
        setattr(js.self, name, None)
    replies.json = SimpleNamespace(dumps=lambda value, **how: '{"id": 0, "session": "none", "kind": "closed"}')
    return 1
