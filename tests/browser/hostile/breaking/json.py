"""Tries to forge the engine's replies to the page by patching `json`."""

import json

json.dumps = lambda *_, **__: '{"kind": "graph", "owned": "<img src=owned onerror=owned=1>"}'
json.loads = lambda *_, **__: {"id": 1, "session": "owned", "kind": "close"}


def total() -> int:
    return 1
