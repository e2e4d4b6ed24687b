"""Loaders and savers, which add their own nodes to those of the functions."""

from pathlib import Path

import pandas as pd

import headwater as hw
from headwater import configuration, dataloader, datasaver, load_from, parameterize, save_to, source, tag, value

FOLDER = Path(__file__).parent


@load_from.csv(path=source("prices_path"), sep=value(";"), inject_="prices")
@load_from.json(path=FOLDER / "units.json", inject_="units")
def total(prices: pd.DataFrame, units: dict[str, int], rate: float = 1.0) -> pd.DataFrame:
    """The total cost."""
    return prices * rate * len(units)


@tag(owner="growth")
@save_to.parquet(path=source("folder"), output_name_="saved_total", target_="cleaned")
@save_to.csv(path=value("total.csv"))
@hw.extract_columns("price", "units")
def cleaned(total: pd.DataFrame) -> pd.DataFrame:
    return total


@hw.save_to.json(path="a.json", target_="low")
@hw.extract_fields({"low": float, "high": float})
@hw.save_to.pickle(path="bounds.pickle", output_name_="kept_bounds")
def bounds(price: pd.Series) -> dict[str, float]:
    return {"low": 0.0, "high": 1.0}


@parameterize(doubled={"factor": value(2)}, tripled={"factor": value(3)})
@load_from.text(path="text.txt", inject_="text")
def repeated(text: str, factor: int) -> str:
    return text * factor


@dataloader()
def weather(weather_path: str) -> tuple[pd.DataFrame, dict]:
    """The weather."""
    return pd.read_csv(weather_path), {}


@dataloader
def words() -> tuple[list[str], dict[str, str]]:
    return [], {}


@datasaver()
def sent(weather: pd.DataFrame, words: list[str]) -> dict:
    return {"rows": len(weather)}


@save_to.json(path=configuration("out"))
def report(low: float) -> dict[str, float]:
    return {"low": low}
