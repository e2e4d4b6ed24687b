"""The order of boxes within a row, with few crossings."""

from hypothesis import given
from hypothesis import strategies as st

from headwater.drawing.layers import rank_boxes
from headwater.drawing.ordering import crossings, order_items
from headwater.drawing.picture import Arrow, Box, Picture


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
def test_ordering_keeps_all_items_and_never_adds_crossings(picture):
    before = rank_boxes(len(picture.boxes), [(arrow.source, arrow.target) for arrow in picture.arrows])
    after = order_items(before)
    assert [sorted(row) for row in after.rows] == [sorted(row) for row in before.rows]
    assert crossings(after) <= crossings(before)


def test_an_avoidable_crossing_is_removed():
    found = rank_boxes(4, [(0, 3), (1, 2)])
    crossed = found.reordered([(0, 1), (2, 3)])
    assert crossings(crossed) == 1
    assert crossings(order_items(crossed)) == 0
