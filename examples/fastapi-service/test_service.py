"""Tests of the service, in this process."""

from fastapi.testclient import TestClient
from service import app

client = TestClient(app)


def test_an_order_is_quoted_in_its_currency() -> None:
    answer = client.get("/quotes/lamp", params={"count": 10, "currency": "USD"})
    assert answer.json() == {"total": 494.01, "discount": 0.1}


def test_an_unknown_product_is_not_found() -> None:
    assert client.get("/quotes/chair").status_code == 404


def test_an_invalid_count_is_refused() -> None:
    assert client.get("/quotes/lamp", params={"count": "many"}).status_code == 422
