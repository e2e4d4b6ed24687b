"""Coordinates of boxes and arrows."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.drawing.layout import abbreviate, layout_of
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
def test_no_two_boxes_overlap_and_all_are_on_the_plane(picture):
    layout = layout_of(picture)
    for number, box in enumerate(layout.boxes):
        assert box.x > -0.01
        assert box.y > -0.01
        assert box.x + box.width < layout.width + 0.01
        assert box.y + box.height < layout.height + 0.01
        for other in layout.boxes[number + 1 :]:
            beside = box.x + box.width <= other.x or other.x + other.width <= box.x
            above = box.y + box.height <= other.y or other.y + other.height <= box.y
            assert beside or above


@given(pictures())
def test_every_arrow_leads_onwards_from_the_end_of_its_source_to_the_start_of_its_target(picture):
    layout = layout_of(picture)
    sideways = picture.orient in ("LR", "RL")
    sign = -1 if picture.orient in ("BT", "RL") else 1
    assert len(layout.routes) == len(picture.arrows)
    for route in layout.routes:
        source, target = layout.boxes[route.arrow.source], layout.boxes[route.arrow.target]
        depths = [sign * (x if sideways else y) for x, y in route.points]
        assert depths == sorted(depths)
        (x, y), (end_x, end_y) = route.points[0], route.points[-1]
        assert source.x - 0.01 <= x <= source.x + source.width + 0.01
        assert source.y - 0.01 <= y <= source.y + source.height + 0.01
        assert target.x - 0.01 <= end_x <= target.x + target.width + 0.01
        assert target.y - 0.01 <= end_y <= target.y + target.height + 0.01


def test_a_chain_is_a_straight_line():
    picture = Picture(tuple(Box(f"n{i}", "int", "function") for i in range(50)), tuple(Arrow(i, i + 1) for i in range(49)))
    layout = layout_of(picture)
    assert {round(x, 3) for route in layout.routes for x, _ in route.points} == {layout.width / 2}


@settings(max_examples=max(1, settings.default.max_examples // 100))  # each example takes half a second
@given(st.integers(0, 2**32))
def test_a_thousand_boxes_are_laid_out(seed):
    chance = random.Random(seed)  # noqa: S311
    found = {(chance.randrange(max(0, target - 60), target), target) for target in range(1, 1000) for _ in range(2)}
    boxes = tuple(Box(f"node_{number}", "Series", "function") for number in range(1000))
    layout = layout_of(Picture(boxes, tuple(Arrow(*pair) for pair in sorted(found))))
    assert len(layout.boxes) == 1000


def test_an_empty_picture_has_no_size():
    layout = layout_of(Picture((), ()))
    assert (layout.width, layout.height) == (0, 0)


@pytest.mark.parametrize("length", [1, 43, 44, 45, 200])
def test_a_long_name_is_shown_without_its_middle(length):
    text = "".join(chr(97 + number % 26) for number in range(length))
    short = abbreviate(text)
    assert len(short) == min(length, 44)
    assert text.startswith(short.partition("…")[0])
    assert text.endswith(short.rpartition("…")[2])
