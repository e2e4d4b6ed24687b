"""Tests of the app: all cells run with the sliders in their initial positions."""

from app import app


def test_the_app_shows_the_loan() -> None:
    _, values = app.run()
    results = values["results"]
    assert round(results["payment"], 2) == 443.21
    assert results["total_interest"] == 636.95
    assert results["schedule"][-1]["debt"] == 0.0
