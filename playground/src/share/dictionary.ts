/**
 * What links have in common: Python as dataflows are written in it. Whoever packs or unpacks a `v2` link has it at hand,
 * so a link names these words instead of carrying them, and is a fifth shorter.
 *
 * It is part of the format: one changed character, and no `v2` link opens any more. Better words are for a `v3`.
 */

/** What is most likely stands last: it is the nearest to name. */
const CODE = `sys.numpy as np.to_numpy().rename_axis("").sort_values(.values[: str = "pd.DataFrame) -> pd.DataFrame:
    """.columns.drop_duplicates().merge(, on="how="left").to_datetime(.dt.shift().cumsum().iloc[.loc[.notna()].isna().fillna(0).astype(int)
        if  else:
        for  in enumerate(range(len(self, .items():
    while True:
    try:
    except ValueError:
    raise ValueError(f"
from dataclasses import dataclass
from headwater import \nfrom headwater.modifiers import config, tag, extract_columns, extract_fields, parameterize, source, value, check_output
@config.when(="@tag(="@check_output(
@extract_columns("@parameterize(from collections.abc import Mapping
list[str]dict[str, int]: bool = True, False, None) -> None:
    print(, lambda ) and  not  or  is : float = 1.0) -> float:
    """The  of  with  and  is  to  from  that  by : int = 2) -> int:
    """ as  each  for  per  over  value  number  mean  total  rate  price  cost  data  table  rows  days  year
.groupby(.agg(=("", "mean").sum().mean().max().min().std().round(2).dropna().reset_index(drop=True).rolling(window, min_periods=1).mean()
from pathlib import Path
    return pd.read_csv(Path(__file__).with_name(".csv"), parse_dates=["date"], index_col="date")
import pandas as pd


def _: pd.DataFrame) -> pd.Series:
    """: pd.Series, window: int = .""""
    return \n\n\n`;

const FRAME = `","selected":"","outputs":["{"engine":"0.1.0","title":"","example":"seattle-weather","files":{},"patches":{"features.py":["{"engine":"0.1.0","files":{"main.py":"flow.py":"`;

/** The code stands in links as JSON has it. */
export const DICTIONARY: Uint8Array<ArrayBuffer> = new TextEncoder().encode(JSON.stringify(CODE).slice(1, -1) + FRAME);
