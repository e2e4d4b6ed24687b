"""The ranks of boxes."""

from headwater.drawing.layers import MAX_BENDS_PER_BOX, rank_boxes


def test_an_input_is_right_before_its_first_reader():
    assert rank_boxes(4, [(0, 1), (1, 3), (2, 3)]).ranks[:4] == (0, 1, 1, 2)


def test_boxes_without_arrows_fill_a_block_of_rows():
    found = rank_boxes(100, [])
    assert [len(row) for row in found.rows] == [10] * 10


def test_a_graph_of_many_long_arrows_has_a_limited_number_of_bends():
    chain = [(i, i + 1) for i in range(499)]
    to_the_end = [(i, 499) for i in range(498)]
    found = rank_boxes(500, chain + to_the_end)
    assert len(found.ranks) <= 500 * (MAX_BENDS_PER_BOX + 1)
