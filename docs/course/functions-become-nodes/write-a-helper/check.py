import ast

days = start.value("weather")
functions = {
    definition.name: definition
    for name, text in files.items()
    if name.endswith(".py")
    for definition in ast.parse(text).body
    if isinstance(definition, ast.FunctionDef)
}
helpers = functions.keys() - nodes


def calls_helper(name):
    called = {
        part.func.id
        for part in ast.walk(functions[name])
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name)
    }
    return bool(called & helpers)


COLUMNS = {"temp_score": "temp_max", "rain_score": "precipitation"}
extra = sorted(nodes - {"weather", "temp_score", "rain_score", "extreme_days"})
expect(
    not extra,
    "Only the four values are nodes.",
    hint=f"{', '.join(f'`{name}`' for name in extra)} should not be in the graph. Begin the name of the helper with an underscore: `_standardized`.",
)
for name, column in COLUMNS.items():
    correct = (days[column] - days[column].mean()) / days[column].std()
    expect(
        lambda: same(value(name), correct),
        f"`{name}` has the correct values.",
        hint=f"`{name}` should be the column `{column}` minus its mean, divided by its standard deviation. Keep the formula as it is.",
    )
expect(
    all(name in functions and calls_helper(name) for name in COLUMNS),
    "`temp_score` and `rain_score` call one helper.",
    hint="The formula should be in one helper, which `temp_score` and `rain_score` call. Keep the function `_standardized`.",
)
expect(
    lambda: (
        reads("temp_score", "weather")
        and reads("rain_score", "weather")
        and unchanged("extreme_days")
    ),
    "`extreme_days` has the same value as before.",
    hint="`extreme_days` should have the same value as before. Change the helper only.",
)
