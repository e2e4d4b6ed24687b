"""Tries to forge the engine's replies to the page by patching the engine."""

import headwater.session
import headwater.session.session


def total() -> int:
    headwater.session.session.Session.run = lambda *_, **__: {"owned": True}
    headwater.session.session.Session.update = lambda *_, **__: None
    headwater.session.session.Session.graph = lambda *_, **__: "owned"
    return 1
