"""Small previews of any value for a page, a notebook or a terminal."""

from headwater.previews.pages import Page
from headwater.previews.values import preview

__all__ = ["Page", "preview"]
