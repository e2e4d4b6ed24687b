"""The examples in the docs: each works as described, and the results of the Seattle weather example are right."""

from __future__ import annotations

import csv
import importlib.util
import math
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from headwater import Builder
from headwater.outline import outline

DOCS = Path(__file__).parents[3] / "docs"
EXAMPLES = DOCS / "examples"
SEATTLE = EXAMPLES / "seattle-weather"
WEATHER = DOCS / "data" / "seattle-weather.csv"


def _module(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


examples = _module("docs_hooks_examples", DOCS / "hooks" / "examples.py")
Example = examples.Example


@pytest.mark.parametrize(
    "folder", sorted(path.parent for path in EXAMPLES.glob("*/example.toml")), ids=lambda folder: folder.name
)
def test_an_example_works_as_described(folder: Path):
    shown = Example.read(folder).run()
    assert shown["run"]["total"] > 0
    assert all(node["doc"] for node in shown["graph"]["nodes"] if node["kind"] == "function")


@pytest.mark.parametrize(
    "folder", sorted(path.parent for path in EXAMPLES.glob("*/example.toml")), ids=lambda folder: folder.name
)
def test_the_outline_of_an_example_is_its_graph(folder: Path):
    example = Example.read(folder)
    drawn, built = outline(example.files), example.run()["graph"]
    assert {node["name"] for node in drawn["nodes"]} == {node["name"] for node in built["nodes"]}
    assert drawn["edges"] == built["edges"]
    assert drawn["problems"] == built["problems"]


def test_code_only_for_the_terminal_is_not_on_the_page():
    assert set(Example.read(SEATTLE).files) == {"features.py", "report.py", "seattle-weather.csv"}


def test_the_data_of_an_example_has_a_source_and_a_license():
    found = Example.read(SEATTLE).run()["credits"]
    assert set(found) == {"seattle-weather.csv"}
    assert found["seattle-weather.csv"]["license"] == "public domain (US government)"
    assert "NOAA" in found["seattle-weather.csv"]["source"]


def test_an_example_with_data_of_unknown_license_is_refused(tmp_path: Path):
    (tmp_path / "example.toml").write_text('title = "Rain"\nsummary = ""\ndata = ["rain.csv"]\n')
    (tmp_path / "data").mkdir()
    with pytest.raises(Exception, match=r"`rain\.csv` does not exist. Add it to .*data"):
        Example.read(tmp_path, tmp_path / "data")
    (tmp_path / "data" / "rain.csv").write_text("1\n")
    with pytest.raises(Exception, match=r"rain\.csv has no .*Describe the file there"):
        Example.read(tmp_path, tmp_path / "data")


def test_data_in_the_folder_of_an_example_is_refused(tmp_path: Path):
    (tmp_path / "example.toml").write_text('title = "Rain"\nsummary = ""\n')
    (tmp_path / "rain.csv").write_text("1\n")
    with pytest.raises(Exception, match=r"Move .*rain\.csv to .*data, and add `data = \[\"rain.csv\"\]`"):
        Example.read(tmp_path)


def test_the_page_fetches_data_separately():
    shown = examples.without_data(Example.read(SEATTLE).run())
    assert set(shown["files"]) == {"features.py", "report.py"}
    assert set(shown["credits"]) == {"seattle-weather.csv"}


def test_an_example_that_fails_unexpectedly_is_refused(tmp_path: Path):
    (tmp_path / "example.toml").write_text('title = "Broken"\nsummary = ""\n')
    (tmp_path / "broken.py").write_text("def ratio() -> float:\n    return 1 / 0\n")
    with pytest.raises(Exception, match=r"does not run\.\nbroken\.py:2: .*division by zero"):
        Example.read(tmp_path).run()


def test_an_example_that_no_longer_shows_its_mistake_is_refused(tmp_path: Path):
    (tmp_path / "example.toml").write_text('title = "Mended"\nsummary = ""\nfails = "CycleError"\n')
    (tmp_path / "mended.py").write_text("def one() -> int:\n    return 1\n")
    with pytest.raises(Exception, match="should fail with CycleError, but it has: no problems"):
        Example.read(tmp_path).run()


def test_an_example_reruns_only_if_it_or_the_engine_changed(tmp_path: Path):
    folder, cache = tmp_path / "counted", tmp_path / "cache"
    folder.mkdir()
    (folder / "example.toml").write_text('title = "Counted"\nsummary = ""\n')
    (folder / "counted.py").write_text("import time\n\n\ndef now() -> float:\n    return time.time()\n")
    first = Example.read(folder).run_or_recall(cache)
    assert Example.read(folder).run_or_recall(cache) == first
    (folder / "counted.py").write_text("def now() -> float:\n    return 1.0\n")
    assert Example.read(folder).run_or_recall(cache) != first


def test_the_seattle_example_runs_from_a_terminal():
    completed = subprocess.run(
        [sys.executable, str(SEATTLE / "run.py")], capture_output=True, text=True, check=True, cwd=SEATTLE.parent
    )
    assert completed.stdout.splitlines()[-1] == "mean absolute error 2.16 °C, skill 0.09"


class TestSeattle:
    """Compare the values with the results of the same calculation on plain dates and lists."""

    @pytest.fixture
    def values(self) -> dict[str, object]:
        names = ["temp_mean", "temp_rolling", "seasonal_baseline", "forecast", "mae", "rain_days", "warm_spells", "report"]
        return _execute(names)

    @pytest.fixture
    def days(self) -> dict[date, dict[str, str]]:
        with WEATHER.open(encoding="utf-8") as file:
            return {date(*map(int, row["date"].split("/"))): row for row in csv.DictReader(file)}

    @pytest.fixture
    def temp(self, days) -> dict[date, float]:
        return {day: (float(row["temp_max"]) + float(row["temp_min"])) / 2 for day, row in days.items()}

    def test_the_data_has_every_day_of_four_years(self, days):
        assert len(days) == 1461
        assert max(days) - min(days) == timedelta(days=1460)

    @pytest.mark.parametrize("day", [date(2012, 1, 5), date(2013, 7, 1), date(2015, 12, 31)], ids=str)
    def test_the_rolling_temperature_is_the_mean_of_the_last_two_weeks(self, values, temp, day):
        last = [temp[other] for other in _days_around(day, 13, 0) if other in temp]
        assert math.isclose(values["temp_rolling"][pd.Timestamp(day)], sum(last) / len(last))

    @pytest.mark.parametrize("day", [date(2013, 3, 1), date(2014, 7, 15), date(2015, 12, 31)], ids=str)
    def test_the_usual_temperature_comes_from_the_same_days_of_earlier_years(self, values, temp, day):
        assert math.isclose(values["seasonal_baseline"][pd.Timestamp(day)], _usual(temp, day))

    def test_the_first_year_has_nothing_to_compare_with(self, values):
        usual = values["seasonal_baseline"]
        assert usual.index.min() == pd.Timestamp(2013, 1, 1)
        assert usual.notna().all()

    def test_the_forecast_does_not_depend_on_the_day_itself_or_later_days(self, values, temp):
        day = date(2014, 5, 2)
        eve = day - timedelta(days=1)
        lately = [temp[other] for other in _days_around(eve, 13, 0)]
        expected = _usual(temp, day) + sum(lately) / len(lately) - _usual(temp, eve)
        assert math.isclose(values["forecast"][pd.Timestamp(day)], expected)

    def test_rain_days_are_counted_by_year(self, values, days):
        wet = sum(float(row["precipitation"]) >= 1 for day, row in days.items() if day.year == 2014)
        assert values["rain_days"][2014] == wet

    def test_a_warm_spell_lasts_as_long_as_it_stays_warm(self, values):
        spells = values["warm_spells"]
        above = values["temp_rolling"] - values["seasonal_baseline"]
        assert (spells["days"] >= 5).all()
        for spell in spells.itertuples():
            last = spell.first + pd.Timedelta(days=spell.days - 1)
            assert (above[spell.first : last] > 2).all()
            assert not above.get(spell.first - pd.Timedelta(days=1), 0) > 2
            assert math.isclose(above[spell.first : last].max(), spell.peak)

    def test_the_report_has_a_row_for_each_year(self, values):
        assert values["report"].index.tolist() == [2012, 2013, 2014, 2015]


def _execute(names: list[str]) -> dict[str, object]:
    modules = [_module(f"seattle_{name}", SEATTLE / f"{name}.py") for name in ("features", "report")]
    weather = pd.read_csv(WEATHER, parse_dates=["date"], index_col="date")
    return Builder().with_modules(*modules).build().execute(names, overrides={"weather": weather})


def _days_around(day: date, before: int, after: int) -> list[date]:
    return [day + timedelta(days=shift) for shift in range(-before, after + 1)]


def _usual(temp: dict[date, float], day: date) -> float:
    years = []
    for year in range(2012, day.year):
        around = [temp[other] for other in _days_around(day.replace(year=year), 15, 15) if other in temp]
        years.append(sum(around) / len(around))
    return sum(years) / len(years)
