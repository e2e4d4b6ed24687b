"""A drawing as text."""

from headwater import Builder
from headwater.drawing import draw


def test_text_has_a_line_for_each_node(shop):
    assert draw(shop).text == (
        "  price   float  (input)\n"
        "  amount  int    (input)\n"
        "  net     float  <- price, amount?\n"
        "  gross   float  <- net\n"
        "* note    str    <- net, gross\n"
        "* count   int    <- amount"
    )


def test_the_text_of_nothing_says_so():
    assert draw(Builder().build().graph).text == "(nothing)"


def test_a_drawing_prints_as_text(shop):
    assert str(draw(shop)) == draw(shop).text
