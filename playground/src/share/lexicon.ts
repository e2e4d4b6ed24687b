/**
 * What dataflows say again and again. A link tells of it by its place here, so this text stays as it is for ever: a letter
 * changed would change every link that was made with it. Another text would be another lexicon, beside this one.
 */
export const LEXICON = `    for index, value in enumerate(range(len(
    raise ValueError(f"    while True:    except Exception as error:    try:    with open(path, encoding="utf-8") as file:
    elif     if not  is not None: is None else  and  or  lambda  None  True False dict[str, int] list[float] tuple[str, ...] bool = str
.sum(axis=1).max().min().std().median().count().cumsum().shift(1).diff().fillna(0).dropna().astype(float).reset_index(drop=True).sort_values("by", ascending=False).head()
.groupby("year").agg(.rolling(window, min_periods=1).mean()pd.to_datetime(pd.date_range(.index.month.dt.year.apply(.merge(on=how="left").join(.items().values().round(2)
from collections.abc import from dataclasses import dataclass@dataclass(frozen=True)import json import math import numpy as np.array(np.where(np.sqrt(
@config.when(region="@tag(unit="@extract_columns("@parameterize(@check_output(range=(0, 1), importance="fail")from headwater import 
"""The  of all  of each  that  with  the  days  for  a mean of  total  number of  price: float, rate: float, amount: int, spend: pd.Series, signups: pd.Series
print(assert isinstance(self, class Enumerate:sorted(zip(sum(max(min(abs(round(float(int(str(set(
"""

from pathlib import Path

import pandas as pd


def data() -> pd.DataFrame:
    """
    data = pd.read_csv(Path(__file__).with_name(".csv"), parse_dates=["date"], index_col="date")
    return data


def total(price: int, count: float = 0.5) -> pd.Series:
    return `;
