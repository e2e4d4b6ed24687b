import pandas as pd

airports = ("ewr", "jfk", "lga")
failed = []


def require(condition, criterion, hint):
    """Add a criterion, and record it if it is not met."""
    if not condition:
        failed.append(criterion)
    expect(condition, criterion, hint=hint)


rows = {f"{airport}_rows": value(f"{airport}_rows") for airport in airports}
weights = {f"{a}_weights": value(f"{a}_weights") for a in airports}
columns = list(rows["lga_rows"].columns)
for airport in airports:
    name = f"{airport}_contributions"
    require(
        name in nodes
        and depends(name, on=f"{airport}_rows")
        and depends(name, on=f"{airport}_weights"),
        f"`{name}` depends on the rows and weights of its airport.",
        f"There should be a node `{name}` that depends on `{airport}_rows` and `{airport}_weights`. Define a node for each airport with a comprehension in `@parameterize`, and use `source(...)` for both parameters.",
    )
    if name not in nodes:
        continue
    forecasts = value(f"{airport}_forecast")
    for day in ("2013-11-28", "2013-10-01"):
        inputs = {"day": day} if "day" in nodes else {}
        parts = run([name], inputs=inputs, overrides={**rows, **weights})[name]
        total = float(pd.Series(parts).sum())
        require(
            len(pd.Series(parts)) == len(columns)
            and same(total, float(forecasts[day])),
            f"On {day}, `{name}` adds up to the forecast.",
            f"If `day` is {day}, `{name}` should have {len(columns)} numbers that add up to {forecasts[day]:.3f}, the forecast for that day. It has {len(pd.Series(parts))}, which add up to {total:.3f}. Multiply the sum of the rows for that day by the weights: `rows.loc[day].sum() * weights`.",
        )
for name, other in (("explanation", "contributions"), ("report", "errors")):
    missing = [a for a in airports if not depends(name, on=f"{a}_{other}")]
    require(
        not missing,
        f"`{name}` depends on the {other} of all three airports.",
        f"`{name}` should depend on `ewr_{other}`, `jfk_{other}` and `lga_{other}`. Collect them with `@inject` and `group(...)`.",
    )
    table = value(name)
    require(
        isinstance(table, pd.DataFrame)
        and sorted(table.columns) == sorted(airports),
        f"`{name}` has a column for each airport.",
        f"`{name}` should be a table with the columns `ewr`, `jfk` and `lga`.",
    )
table = value("report")
if not failed:
    expected = pd.DataFrame({a: value(f"{a}_errors").mean() for a in airports})
    require(
        same(table.loc[["model", "baseline"], list(airports)], expected),
        "Each number in `report` is a mean absolute error.",
        "Each number in `report` should be the mean of a column in an airport's table of errors, such as `lga_errors`. The rows of `report` should be `model` and `baseline`.",
    )
    require(
        all(table.loc["model"] < table.loc["baseline"]),
        "The model beats the baseline at all three airports.",
        "The model should beat the baseline at all three airports. Keep the other functions as they are.",
    )
    before = value("lga_forecast")
    changed = value("departures").copy()
    changed.loc["2013-10-28"] += 5
    after = run(["lga_forecast"], overrides={"departures": changed})
    after = after["lga_forecast"]
    require(
        same(after[:"2013-10-28"], before[:"2013-10-28"])
        and not same(after, before),
        "The departures on October 28 do not affect any forecast up to that day.",
        "The check changed all departures on October 28, and a forecast up to that day changed. Keep the other functions as they are.",
    )
