import pandas as pd


def value_or_nan(name):
    """Return a value, or NaN if the node has none."""
    try:
        return float(value(name))
    except Exception:
        return float("nan")


two_days = pd.DataFrame({"temp_max": [10.0, 20.0], "temp_min": [0.0, 10.0]})
is_function = "mean_temp" in nodes and node("mean_temp").kind == "function"
expect(
    lambda: (
        is_function
        and reads("mean_temp", "weather")
        and reads("heat_demand", "mean_temp")
        and same(
            float(
                run(["mean_temp"], overrides={"weather": two_days})["mean_temp"]
            ),
            10.0,
        )
    ),
    "The code is the same as before.",
    hint="The code should stay as it is, because the file will be delivered later. Restore it, and override the node `mean_temp`.",
)
loaded = "weather" in ran | reused
expect(
    not loaded or bool(problems),
    "`weather` does not run.",
    hint="`weather` loaded another file. Restore the code: `mean_temp` should have the value of an override, so `weather` does not run.",
)
computed = ran | reused
overridden = [
    name
    for name in ("heating_cost", "heat_demand")
    if name not in computed and not problems
]
expect(
    not overridden,
    "`heat_demand` and `heating_cost` are computed.",
    hint=f"{', '.join(f'`{name}`' for name in overridden)} should be computed, not overridden. Remove that override, and override `mean_temp`.",
)
expect(
    lambda: same(value_or_nan("mean_temp"), 11.9),
    "`mean_temp` is 11.9 °C in this run.",
    hint="`mean_temp` should be 11.9 °C in this run. Select the node, and enter 11.9 as its override.",
)
expect(
    lambda: same(value_or_nan("heating_cost"), 0.12 * 365 * 6 * (18 - 11.9)),
    "`heating_cost` follows from this temperature.",
    hint="`heating_cost` should follow from 11.9 °C: 1,603.08 dollars. Restore the code of `heat_demand` and `heating_cost`.",
)
