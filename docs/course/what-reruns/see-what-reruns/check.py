count = value("warm_days")
expected = int((value("temp_mean") > 20).sum())
assert count == expected, (
    f"{expected} days are warmer than 20 °C, but `warm_days` is {count}."
)
assert reads("warm_days", "temp_mean"), (
    "`warm_days` should still depend on `temp_mean`. Change only the number."
)
extra = ", ".join(
    f"`{name}`" for name in sorted(reruns() - {"warm_days", "report"})
)
assert not extra, (
    f"Only `warm_days` and `report` should rerun, but your edit also reruns {extra}. "
    "Change only the number in `warm_days`."
)
others = {"weather", "temp_mean", "rainy_days"}
edited = ", ".join(f"`{name}`" for name in sorted(changed(*others)))
assert not edited, (
    f"{edited} should have the same value as before. Change only the number in `warm_days`."
)
