"""Functions with bound arguments have no name that exported code could use to call them."""

from functools import partial, update_wrapper

import pytest

from headwater import Builder
from headwater.errors import NotWritable
from headwater.export.derivation import derivation_of


def area(width: int, height: int) -> int:
    return width * height


class Shape:
    def scaled(self, width: int) -> int:
        return width


@pytest.mark.parametrize("function", [partial(area, width=2), update_wrapper(partial(area, width=2), area), Shape().scaled])
def test_a_function_with_bound_arguments_cannot_be_called_by_name(function):
    node = Builder().with_functions(node=function).build().graph["node"]
    with pytest.raises(NotWritable, match="The function behind `node` cannot be called by name"):
        derivation_of(node)
