"""The positions of items in a row."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from headwater.drawing.layers import rank_boxes
from headwater.drawing.picture import Arrow, Box, Picture
from headwater.drawing.placement import place_items


@st.composite
def pictures(draw):
    """Generate boxes with names of all lengths, and arrows from earlier to later boxes."""
    names = draw(st.lists(st.text(min_size=1, max_size=60), max_size=25))
    pairs = st.tuples(st.integers(0, len(names) - 1), st.integers(0, len(names) - 1)) if names else st.nothing()
    found = draw(st.sets(pairs.filter(lambda pair: pair[0] < pair[1]), max_size=60)) if len(names) > 1 else set()
    boxes = tuple(Box(name, "Series", "function") for name in names)
    orient = draw(st.sampled_from(["TB", "BT", "LR", "RL"]))
    return Picture(boxes, tuple(Arrow(*pair) for pair in sorted(found)), orient)


@given(pictures())
def test_items_of_a_row_keep_their_order_and_their_distance(picture):
    found = rank_boxes(len(picture.boxes), [(arrow.source, arrow.target) for arrow in picture.arrows])
    extents = [10.0 + item % 7 for item in range(len(found.ranks))]
    middles = place_items(found, extents, gap=5)
    for row in found.rows:
        for left, right in pairwise(row):
            assert middles[right] - middles[left] >= (extents[left] + extents[right]) / 2 + 5 - 0.001
