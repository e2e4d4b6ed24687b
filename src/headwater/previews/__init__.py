"""Any value as something small that a page, a notebook or a terminal can show."""

from headwater.previews.pages import Page
from headwater.previews.values import preview

__all__ = ["Page", "preview"]
