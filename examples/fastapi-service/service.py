"""The service: one driver answers all requests."""

from __future__ import annotations

import quote
from fastapi import FastAPI, HTTPException

from headwater import Builder

app = FastAPI()
driver = Builder().with_modules(quote).build_async(timeout=5.0)


@app.get("/quotes/{product}")
async def get_quote(product: str, count: int = 1, currency: str = "EUR") -> dict[str, float]:
    """Return the total and the discount of an order."""
    if product not in quote.PRICES or currency not in quote.RATES:
        raise HTTPException(404, "Unknown product or currency.")
    inputs = {"product": product, "count": count, "currency": currency}
    return await driver.execute(["total", "discount"], inputs=inputs)
