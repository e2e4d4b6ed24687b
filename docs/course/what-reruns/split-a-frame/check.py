import pandas as pd

COLUMNS = {"temp_max": "temp_max", "rain": "precipitation"}
READERS = {
    "warm_days": "temp_max",
    "hottest_day": "temp_max",
    "rainy_days": "rain",
}
days = value("weather")
for name, column in COLUMNS.items():
    kind = type(value(name)).__name__
    expect(
        lambda: isinstance(value(name), pd.Series),
        f"`{name}` is a Series.",
        hint=f'`{name}` should be a Series, the column `{column}`, but its type is {kind}. Use single brackets: `weather["{column}"]`.',
    )
    expect(
        lambda: (
            isinstance(value(name), pd.Series)
            and same(value(name), days[column])
            and reads(name, "weather")
        ),
        f"`{name}` is the column `{column}` of `weather`.",
        hint=f"`{name}` should be the whole column `{column}`, taken from the node `weather`.",
    )
for name, source in READERS.items():
    expect(
        lambda: reads(name, source) and not depends(source, on=name),
        f"`{name}` reads `{source}`.",
        hint=f"`{name}` should read `{source}`, the column that it needs. Give it a parameter of that name.",
    )
wide = [name for name in READERS if reads(name, "weather")]
expect(
    not wide,
    "No result reads the whole table.",
    hint=f"Remove the parameter `weather` from {', '.join(f'`{name}`' for name in wide)}. A function with this parameter reruns when any column changes.",
)
expect(
    lambda: unchanged(*READERS),
    "The three results are the same as before.",
    hint="`warm_days`, `hottest_day` and `rainy_days` should have the same values as before.",
)
dry = run(list(READERS), overrides={"rain": value("rain") * 0})
expect(
    lambda: dry["rainy_days"] == 0 and dry["warm_days"] == value("warm_days"),
    "Without rain, only `rainy_days` changes.",
    hint="The check set all values of `rain` to 0. Then `rainy_days` should be 0, and the others should stay the same.",
)
