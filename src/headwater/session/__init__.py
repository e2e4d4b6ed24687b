"""A live session over changing sources: an edit reruns the nodes that it affects, and the rest is reused."""

from headwater.session.session import Session

__all__ = ["Session"]
