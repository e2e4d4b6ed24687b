expect(
    lambda: node("temps").kind == "function",
    "Without a config, a function computes `temps`.",
    hint="Without a config, no function computes `temps`. Put `@config.otherwise` above `temps__celsius`, the variant that should apply by default.",
)
default = run(["mean_temp"])["mean_temp"]
expect(
    abs(default - 11.127) < 0.01,
    "Without a config, `mean_temp` is in °C.",
    hint=f"Without a config, `mean_temp` should be in °C: 11.13, but it is {default:.2f}.",
)
celsius = run(["mean_temp"], config={"unit": "celsius"})["mean_temp"]
expect(
    abs(celsius - 11.127) < 0.01,
    'With `unit="celsius"`, `mean_temp` is in °C.',
    hint=f'With `unit="celsius"`, `mean_temp` should be 11.13, but it is {celsius:.2f}.',
)
fahrenheit = run(["mean_temp"], config={"unit": "fahrenheit"})["mean_temp"]
expect(
    abs(fahrenheit - 52.028) < 0.01,
    'With `unit="fahrenheit"`, `mean_temp` is in °F.',
    hint=f'With `unit="fahrenheit"`, `mean_temp` should be 52.03, but it is {fahrenheit:.2f}.',
)
expect(
    lambda: reads("mean_temp", "temps") and reads("temps", "fahrenheit"),
    "`mean_temp` reads `temps`, and `temps` reads `fahrenheit`.",
    hint="Keep the parameters: `mean_temp` should read `temps`, and both variants of `temps` should read `fahrenheit`.",
)
