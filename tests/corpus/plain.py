"""Plain functions that use only builtins: inputs, defaults, keyword-only parameters and private names."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Literal, Optional, Union

RATE = 0.2


def _hidden(x):
    return x


def base(count: int, *, scale: float = 1.5) -> float:
    """The base.

    With a second line.
    """
    return _hidden(count) * scale


def total(base: float, tax: float = RATE, note: str = "none") -> float:
    return base * (1 + tax)


def label(total: float | None, unit: Literal["EUR", "USD"] = "EUR") -> str:
    return f"{total} {unit}"


def listed(total: float, label: Optional[str], extra: Union[int, None] = None) -> list[str]:  # noqa: UP007, UP045
    return [str(total), str(label), str(extra)]


def counted(listed: Sequence[str], by: Callable[[str], int]) -> dict[str, int]:
    return {one: by(one) for one in listed}


def anything(counted: Any, whatever: object) -> None: ...


def waited(total: float) -> tuple[int, ...]:
    return (math.floor(total),)


def quoted(total: "float", offset: int = -1) -> "list[float]":  # noqa: UP037
    return [total, offset]


if math.pi > 3:

    def conditional(base: float) -> bool:
        return base > 0

else:

    def conditional(base: str) -> str:
        return base


try:
    import json
except ImportError:

    def dumped(total: float) -> int:
        return 0

else:

    def dumped(total: float) -> str:
        return json.dumps(total)


for _ in range(2):

    def looped(total: float) -> float:
        return total


second_name = total


def replaced(total: float) -> float:
    return total


replaced = 3  # noqa: F811


if __name__ == "__main__":

    def main() -> None: ...
