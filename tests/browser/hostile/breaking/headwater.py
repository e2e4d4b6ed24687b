"""Tries to reply to the page in place of the engine, by patching the engine."""

import headwater.session
import headwater.session.session


def total() -> int:
    headwater.session.session.Session.run = lambda *_, **__: {"owned": True}
    headwater.session.session.Session.update = lambda *_, **__: None
    headwater.session.session.Session.graph = lambda *_, **__: "owned"
    return 1
