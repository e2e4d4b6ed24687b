count = value("warm_days")
expected = int((value("temp_mean") > 20).sum())
assert count == expected, (
    f"Above 20 °C there are {expected} days; `warm_days` is {count}."
)
others = ", ".join(
    f"`{name}`" for name in sorted(ran - {"warm_days", "report"})
)
assert not others, (
    f"Only `warm_days` and `report` may run again; {others} ran as well. The first run of a "
    "page computes everything: write another number, let it run, and write 20 once more."
)
