"""A live session runs code as it changes. After an edit, affected nodes rerun and all other values are reused."""

from headwater.session.session import Session

__all__ = ["Session"]
