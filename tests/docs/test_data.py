"""The shared data files have accepted licenses, and the contents that lessons and examples rely on."""

from __future__ import annotations

import importlib
from pathlib import Path

import pandas as pd
import pytest

DOCS = Path(__file__).parents[2] / "docs"
DATA = DOCS / "data"
FILES = sorted(path.name for path in DATA.iterdir() if path.suffix in {".csv", ".json", ".txt"})

ROWS_AND_COLUMNS = {
    "airlines.csv": (16, 2),
    "co2.csv": (2284, 2),
    "departures.csv": (365, 116),
    "docs-pages.csv": (32, 2),
    "flight-delays.csv": (3368, 10),
    "gapminder.csv": (1704, 6),
    "iowa-electricity.csv": (51, 3),
    "macrodata.csv": (203, 14),
    "marketing-spend.csv": (48, 5),
    "nyc-daily-weather.csv": (1092, 7),
    "nyc-weather.csv": (26115, 11),
    "penguins.csv": (344, 8),
    "penguins-raw.csv": (344, 17),
    "seattle-temps.csv": (8759, 2),
    "seattle-weather.csv": (1461, 6),
    "sf-temps.csv": (8759, 2),
    "us-employment.csv": (120, 24),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_a_source_and_an_accepted_license(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.syspath_prepend(str(DOCS))
    file = importlib.import_module("licenses.data_files").DataFile.read(DATA / name)
    policy = importlib.import_module("licenses.expressions").Policy.read(DOCS / "licenses" / "policy.toml")
    assert policy.accepts(file.license)
    assert file.source
    assert file.url.startswith("https://")


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_the_expected_size(name: str) -> None:
    assert pd.read_csv(DATA / name).shape == ROWS_AND_COLUMNS[name]


@pytest.mark.parametrize("name", ["iowa-electricity", "seattle-temps", "seattle-weather", "sf-temps", "us-employment"])
def test_a_copy_is_unchanged(name: str) -> None:
    published = getattr(pytest.importorskip("vega_datasets").local_data, name.replace("-", "_")).filepath
    assert (DATA / f"{name}.csv").read_bytes() == Path(published).read_bytes()


def test_every_route_has_a_departure_on_every_day() -> None:
    departures = pd.read_csv(DATA / "departures.csv", index_col="date", parse_dates=True)
    assert departures.index.equals(pd.date_range("2013-01-01", "2013-12-31", name="date").as_unit(departures.index.unit))
    assert (departures >= 1).all(axis=None)
    assert departures.to_numpy().sum() == 295_110


def test_the_hourly_weather_has_its_faults() -> None:
    weather = pd.read_csv(DATA / "nyc-weather.csv")
    assert (weather["wind_speed"] > 100).sum() == 1
    assert weather["wind_speed"].max() == 1048.36
    assert weather["pressure"].isna().sum() == 2729
    assert weather.duplicated(["origin", "time"]).sum() == 3


def test_the_daily_weather_is_plausible() -> None:
    weather = pd.read_csv(DATA / "nyc-daily-weather.csv")
    assert weather["wind"].max() < 100
    assert not weather.isna().any(axis=None)


def test_the_carbon_dioxide_has_gaps() -> None:
    assert pd.read_csv(DATA / "co2.csv")["co2"].isna().sum() == 59
