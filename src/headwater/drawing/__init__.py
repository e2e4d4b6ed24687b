"""Drawings of graphs as DOT, Mermaid, text, SVG and self-contained interactive HTML. With Graphviz, also as PNG and PDF.

>>> from headwater import Builder
>>> def doubled(number: int) -> int:
...     return 2 * number
>>> drawing = draw(Builder().with_functions(doubled).build().graph)
>>> print(drawing.text)
  number   int  (input)
* doubled  int  <- number

`picture.py` decides which boxes and arrows to draw, and the role of each box. Every format draws the same picture.
"""

from headwater.drawing.drawing import Drawing, draw
from headwater.drawing.graph_view import draw_view
from headwater.drawing.picture import Orient, Style

__all__ = ["Drawing", "Orient", "Style", "draw", "draw_view"]
