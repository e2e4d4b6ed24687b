"""`async def` functions among plain functions, with decorators."""

import asyncio
from collections.abc import AsyncIterator

from headwater import does, extract_fields, parameterize, pipe_output, step, tag, value


async def price(region: str = "us") -> float:
    """Return a price."""
    await asyncio.sleep(0)
    return 10.0


def total(price: float) -> float:
    return price * 1.2


@extract_fields({"low": float, "high": float})
async def bounds(price: float) -> dict[str, float]:
    await asyncio.sleep(0)
    return {"low": price - 1, "high": price + 1}


@parameterize(twice={"factor": value(2)}, thrice={"factor": value(3)})
async def product(total: float, factor: int) -> float:
    await asyncio.sleep(0)
    return total * factor


async def _rounded(number: float) -> float:
    await asyncio.sleep(0)
    return round(number, 1)


@pipe_output(step(_rounded))
def shown(total: float) -> float:
    return total


@does(_rounded)
def rounded(number: float) -> float: ...


@tag(kind="stream")
async def pages(total: float) -> AsyncIterator[float]:
    yield total
