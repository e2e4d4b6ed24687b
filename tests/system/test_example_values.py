"""The examples of the gallery compute the values stated here, in a plain driver and from copies of their files."""

from __future__ import annotations

import csv
import importlib
import sys
import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from headwater import Builder

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLES = DOCS / "examples"
FOR_THE_TERMINAL = "run.py"
SETTINGS = {path.parent.name: tomllib.loads(path.read_text(encoding="utf-8")) for path in EXAMPLES.glob("*/example.toml")}
GALLERY = sorted(name for name, settings in SETTINGS.items() if "tags" in settings)
LIBRARIES = {"import sqlite3": "sqlite3", "from sklearn": "sklearn", "import pandas": "pandas"}
"""Libraries that may be missing, for example in Pyodide, keyed by the statement that imports them."""

Execute = Callable[..., dict[str, Any]]


@pytest.fixture
def execute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Execute:
    """Return a function that runs an example as a user would run a copy of its folder."""

    def run(name: str, *outputs: str, config: dict[str, Any] | None = None, **values: Any) -> dict[str, Any]:
        modules = _copy(name, tmp_path)
        monkeypatch.syspath_prepend(str(tmp_path))
        for module in modules:
            monkeypatch.setitem(sys.modules, module, None)  # the fixture restores the modules imported before the test
            del sys.modules[module]
        driver = Builder().with_modules(*map(importlib.import_module, modules)).with_config(config or {}).build()
        return driver.execute(outputs, **values)

    return run


def _copy(name: str, target: Path) -> list[str]:
    """Copy the files of an example. Return the names of its modules."""
    sources = sorted(path for path in (EXAMPLES / name).glob("*.py") if path.name != FOR_THE_TERMINAL)
    for path in sources:
        text = path.read_text(encoding="utf-8")
        for library in [library for statement, library in LIBRARIES.items() if statement in text]:
            pytest.importorskip(library)
        (target / path.name).write_text(text, encoding="utf-8")
    for data in SETTINGS[name].get("data", []):
        (target / data).write_bytes((DOCS / "data" / data).read_bytes())
    return [path.stem for path in sources]


def _arrival_delays() -> list[dict[str, str]]:
    with (DOCS / "data" / "flight-delays.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["arr_delay"]]


def test_the_gallery_has_at_least_sixteen_examples() -> None:
    assert len(GALLERY) >= 16


@pytest.mark.parametrize("name", GALLERY)
def test_each_example_in_the_gallery_is_tested_here(name: str) -> None:
    assert f'execute("{name}"' in Path(__file__).read_text(encoding="utf-8")


def test_hello(execute: Execute) -> None:
    assert execute("hello", "greeting", "length", inputs={"name": "Ada"}) == {"greeting": "Hello, Ada!", "length": 11}


def test_marketing_spend(execute: Execute) -> None:
    results = execute("marketing-spend", "features", "unusual_weeks", "spend_usd")
    assert results["features"].shape == (16, 4)
    assert results["features"].iloc[0].tolist() == [23.882, 0.035, 2030.0, -0.826]
    assert {str(week.date()): z for week, z in results["unusual_weeks"].items()} == {"2026-03-09": 3.4}
    assert results["spend_usd"].idxmax() == results["unusual_weeks"].index[0]


def test_seattle_weather(execute: Execute) -> None:
    results = execute("seattle-weather", "report", "skill")
    assert results["report"]["rain_days"].to_dict() == {2012: 148, 2013: 119, 2014: 123, 2015: 116}
    assert results["skill"] == pytest.approx(0.0922, abs=1e-4)


def test_penguins(execute: Execute) -> None:
    results = execute("penguins", "size_by_species", "mass_difference")
    assert results["size_by_species"].T.to_dict("list") == {
        "Adelie": [3706.2, 19.5, 146],
        "Chinstrap": [3733.1, 19.0, 68],
        "Gentoo": [5092.4, 23.4, 119],
    }
    assert results["mass_difference"].to_dict() == {"Adelie": 675, "Chinstrap": 412, "Gentoo": 805}


def test_an_impossible_penguin_stops_the_run(execute: Execute) -> None:
    pandas = pytest.importorskip("pandas")
    heavy = pandas.DataFrame({"body_mass_g": [40_000.0], "flipper_length_mm": [200.0]})
    with pytest.raises(Exception, match="40000"):
        execute("penguins", "mass_per_flipper", overrides={"penguins": heavy})


def test_co2(execute: Execute) -> None:
    results = execute("co2", "growth", "season", "amplitude", "gaps", "co2")
    assert results["growth"].to_dict() == {1950: 0.74, 1960: 0.85, 1970: 1.23, 1980: 1.61, 1990: 1.53, 2000: 1.28}
    assert (results["season"].idxmax(), results["season"].idxmin()) == (5, 10)
    assert results["amplitude"] == pytest.approx(6.07)
    assert results["gaps"] == 59
    assert not results["co2"].isna().any()


def test_us_jobs(execute: Execute) -> None:
    results = execute("us-jobs", "latest", "worst_month", "hardest_hit", "yoy_construction")
    assert results["latest"].size == 22
    assert results["latest"].iloc[[0, -1]].to_dict() == {"construction": 0.0535, "mining_and_logging": -0.1685}
    assert results["worst_month"].iloc[0].to_list() == [results["yoy_construction"].idxmin(), -0.18]
    assert results["hardest_hit"] == "construction"


def test_macrodata(execute: Execute) -> None:
    results = execute("macrodata", "worst_quarters", "slope", "stable_growth")
    assert {str(quarter): misery for quarter, misery in results["worst_quarters"].items()} == {
        "1980Q1": 20.9,
        "1980Q2": 20.5,
        "1980Q3": 20.3,
        "1979Q4": 19.8,
        "1980Q4": 19.2,
    }
    assert results["slope"] == pytest.approx(-0.37268, abs=1e-5)
    assert results["stable_growth"] == 3.35


def test_flight_delays(execute: Execute) -> None:
    results = execute("flight-delays", "by_airline", "by_hour", "cancelled_share", "flights.loader")
    assert results["by_airline"].loc["ExpressJet Airlines Inc."].to_list() == [0.331, 4.251, 505]
    assert results["by_airline"]["late"].is_monotonic_increasing
    assert results["by_hour"].idxmax() == 21
    assert results["cancelled_share"] == round(1 - len(_arrival_delays()) / 3368, 4) == 0.0279
    assert results["flights.loader"][1] == {"rows": 3368}


def test_route_forecast(execute: Execute) -> None:
    results = execute("route-forecast", "mean_error", "hardest_routes", "hardest_days")
    assert results["mean_error"] == 0.329
    assert results["hardest_routes"].iloc[:3].to_dict() == {"LGA-ORD": 1.24, "EWR-SFO": 0.94, "EWR-LAX": 0.94}
    assert [str(day.date()) for day in results["hardest_days"].index[:3]] == ["2013-11-28", "2013-11-29", "2013-12-25"]


def test_no_forecast_depends_on_its_own_day_or_a_later_one(execute: Execute) -> None:
    before = execute("route-forecast", "departures", "EWR-ATL_forecast")
    changed = before["departures"].copy()
    changed.loc["2013-06-01":] += 1
    after = execute("route-forecast", "EWR-ATL_forecast", overrides={"EWR-ATL": changed["EWR-ATL"]})
    assert before["EWR-ATL_forecast"].loc[:"2013-06-01"].equals(after["EWR-ATL_forecast"].loc[:"2013-06-01"])


def test_regression(execute: Execute) -> None:
    results = execute("regression", "scores", "full.coefficients", "train", "test")
    assert results["scores"].T.to_dict("list") == {"simple": [314.3, 0.792], "full": [310.9, 0.796]}
    assert results["full.coefficients"].to_list() == [3.9, 9.5, 48.9]
    assert (len(results["train"]), len(results["test"])) == (249, 84)
    assert not set(results["train"].index) & set(results["test"].index)


def test_classification(execute: Execute) -> None:
    results = execute("classification", "accuracy", "confusion", "mistakes", "fold")
    assert results["accuracy"] == round(336 / 342, 3)
    assert results["confusion"].to_numpy().tolist() == [[150, 1, 0], [5, 63, 0], [0, 0, 123]]
    assert len(results["mistakes"]) == 6
    assert sorted(row for _, test in results["fold"] for row in test) == list(range(342))


def test_digits(execute: Execute) -> None:
    results = execute("digits", "explained", "pixel_error", "accuracy", "picture", "centers")
    assert (results["explained"], results["pixel_error"], results["accuracy"]) == (0.738, 1.47, 0.936)
    assert [len(row) for row in results["picture"].splitlines()] == [16] * 8
    assert results["centers"].shape == (10, 2)


def test_all_components_restore_the_digits(execute: Execute) -> None:
    assert execute("digits", "explained", "pixel_error", inputs={"components": 64}) == {"explained": 1.0, "pixel_error": 0.0}


def test_invoices(execute: Execute) -> None:
    results = execute("invoices", "reminders", "balance", "tax_to_declare", "net", "tax")
    assert results["net"] == [Decimal("87.10"), Decimal("379.00"), Decimal("71.20"), Decimal("428.90")]
    assert results["tax"] == [Decimal("12.08"), Decimal("72.01"), Decimal("9.06"), Decimal("81.49")]
    assert results["balance"] == {"Grace": Decimal("451.01"), "Ada": Decimal("80.26"), "Linus": Decimal("510.39")}
    assert results["tax_to_declare"] == Decimal("174.64")
    assert results["reminders"] == ["Grace: 1002, 451.01 EUR, 21 days late", "Ada: 1003, 80.26 EUR, 4 days late"]


def test_tf_idf(execute: Execute) -> None:
    results = execute("tf-idf", "keywords_by_page", "found", "most_similar", "page_count")
    assert results["page_count"] == len(results["keywords_by_page"]) == 32
    assert results["keywords_by_page"]["guides/spark"] == "spark, columns, udf, level"
    assert results["found"][0] == "guides/failures"
    assert results["most_similar"] == "concepts/functions and concepts/types: 0.47"


@pytest.mark.parametrize(
    ("config", "quantity", "total"),
    [
        ({}, 12, "1627.92"),  # 12 * 120 * 0.95 * 1.19
        ({}, 1, "142.80"),
        ({}, 100, "12138.00"),
        ({"country": "us"}, 1, "128.70"),
        ({"country": "us", "customer": "business"}, 1, "120.00"),
        ({"country": "jp"}, 1, "132"),
        ({"country": "jp", "customer": "business"}, 1, "120"),
        ({"campaign": 25}, 12, "1285.20"),
    ],
)
def test_pricing_rules(execute: Execute, config: dict[str, Any], quantity: int, total: str) -> None:
    results = execute("pricing-rules", "total", config=config, inputs={"quantity": quantity})
    assert str(results["total"]) == total


def test_sql_report(execute: Execute) -> None:
    results = execute("sql-report", "report", "months", "airlines")
    delays = [int(row["arr_delay"]) for row in _arrival_delays() if row["month"] == "7"]
    assert results["months"][7] == round(mean(delays), 1) == 18.9
    assert results["airlines"][0] == ("American Airlines Inc.", 300, -2.5, 408_175)
    assert len(results["airlines"]) == 10
    assert results["report"].splitlines()[-1] == "Highest mean delay: month 7"


def test_two_cities(execute: Execute) -> None:
    results = execute("two-cities", "comparison", "heating_ratio")
    assert results["comparison"].to_dict("list") == {"Seattle": [4764.0, 11.2], "San Francisco": [2948.0, 11.8]}
    assert results["heating_ratio"] == 1.62
