count = value("warm_days")
expected = int((value("temp_mean") > 20).sum())
assert count == expected, (
    f"{expected} days are warmer than 20 °C, but `warm_days` is {count}."
)
extra = ", ".join(f"`{name}`" for name in sorted(ran - {"warm_days", "report"}))
assert not extra, (
    f"Only `warm_days` and `report` may rerun, but {extra} also ran. The first run after you "
    "open the page computes everything. Change the number, wait for the run, and change it back to 20."
)
