import pandas as pd


def is_mean_temp(expected):
    """Return whether `mean_temp` has the expected value."""
    try:
        return same(float(value("mean_temp")), expected)
    except AssertionError:
        return False


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
computed = ran | reused
missing = "`mean_temp` should be 11.9 °C in this run. Select the node in the graph, open Override this value in its panel, and enter 11.9."
expect(
    "weather" not in computed,
    "`weather` does not run.",
    hint=missing
    if problems
    else "`weather` loaded another file. Restore the code, and override `mean_temp`, so that `weather` does not run.",
)


def overridden():
    """Return the results that have a value but were not computed."""
    value("heating_cost")
    results = ("heating_cost", "heat_demand")
    return [name for name in results if name not in computed]


expect(
    lambda: not overridden(),
    "`heat_demand` and `heating_cost` are computed.",
    hint=lambda: (
        f"{', '.join(f'`{name}`' for name in overridden())} should be computed, not overridden. Override only `mean_temp`."
    ),
)
expect(
    is_mean_temp(11.9),
    "`mean_temp` is 11.9 °C in this run.",
    hint=missing,
)
expect(
    lambda: same(float(value("heating_cost")), 0.12 * 365 * 6 * (18 - 11.9)),
    "`heating_cost` follows from this temperature.",
    hint="`heating_cost` should follow from 11.9 °C: 1,603.08 dollars. Restore the code of `heat_demand` and `heating_cost`.",
)
