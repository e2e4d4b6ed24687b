found = value("worst")
assert not isinstance(found, list), (
    "`worst` is called for each airline, so its value is a list. Annotate both "
    "parameters with `Collect`: `carrier: Collect[str]` and `delay: Collect[float]`."
)
assert isinstance(found, str), (
    f"`worst` should be the code of an airline, such as `UA`, but its type is {type(found).__name__}."
)
expect(
    lambda: reads("worst", "delay") and reads("worst", "carrier"),
    "`worst` depends on `carrier` and `delay`.",
    hint="`worst` should depend on `carrier` and `delay`. Give it both parameters, and do not compute the delays again.",
)
tried = run(
    ["worst"],
    overrides={"carrier": ["AA", "B6", "UA"], "delay": [3.0, 9.0, -12.0]},
)
expect(
    tried["worst"] == "B6",
    "`worst` finds the highest delay.",
    hint=f"For delays of 3, 9 and -12 minutes for AA, B6 and UA, `worst` should be `B6`, but it is `{tried['worst']}`.",
)
expect(
    lambda: found == "EV",
    "`worst` is the airline with the highest mean delay in the data.",
    hint=f"`worst` should be `EV`, whose mean delay is the highest, but it is `{found}`.",
)
expect(
    lambda: unchanged("delay"),
    "The delays are the same as before.",
    hint="The delays should be the same as before. Restore `delay`.",
)
