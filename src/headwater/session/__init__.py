"""A live session over changing sources: what an edit affects is run again, the rest is kept."""

from headwater.session.session import Session

__all__ = ["Session"]
