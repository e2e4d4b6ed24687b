import pandas as pd


def records(*amounts):
    first = 1990
    years = range(first, first + len(amounts))
    found = call("record_years", pd.Series(amounts, index=list(years)))
    return [int(year) - first for year in found]


def shown(*amounts):
    years = [str(1990 + position) for position in records(*amounts)]
    return f"For {list(amounts)} GWh from 1990 on, `record_years` returns [{', '.join(years)}]"


expect(
    lambda: 0 in records(5, 7),
    "The first year is a record.",
    hint=f"{shown(5, 7)}, but the first year, 1990, is a record, too.",
)
expect(
    lambda: records(10, 12, 12, 15) == [0, 1, 3],
    "A year that only equals an earlier one is not a record.",
    hint=f"{shown(10, 12, 12, 15)}, but 1992 only equals 1991. The test is right: change the comparison in `record_years`.",
)
expect(
    lambda: records(10, 8, 9, 11) == [0, 3],
    "A record exceeds all years before it.",
    hint=f"{shown(10, 8, 9, 11)}, but 1992 does not exceed 1990. Compare with the highest of all earlier years.",
)
expect(
    lambda: records(0, 0, 4) == [0, 2],
    "A first year of 0 is a record, too.",
    hint=f"{shown(0, 0, 4)}, but a first year of 0 is a record, too. Do not compare the first year with 0.",
)
expect(
    lambda: unchanged("record_years", "record_count"),
    "The records for Iowa are the same as before.",
    hint="The values for Iowa were right, and should be the same as before. Compute the years from `renewables`, for any data.",
)
