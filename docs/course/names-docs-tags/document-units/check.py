def documentation(name):
    return (node(name).doc or "").strip()


def mentions(name, *units):
    return any(unit in documentation(name).lower() for unit in units)


def shown(name):
    text = documentation(name)
    return f"says: “{text}”" if text else "is missing."


expect(
    lambda: mentions("monthly_change", "thousand", "1000", "1,000"),
    "The docstring of `monthly_change` states its unit.",
    hint=f"`monthly_change` is the difference between two values of `total_jobs`, so it has the same unit: thousands of jobs. Its docstring {shown('monthly_change')}",
)
expect(
    lambda: mentions("yearly_growth", "percent", "per cent", "%"),
    "The docstring of `yearly_growth` states its unit.",
    hint=f"`yearly_growth` is multiplied by 100, so its unit is percent. Its docstring {shown('yearly_growth')}",
)
expect(
    lambda: mentions("time_below_peak", "months"),
    "The docstring of `time_below_peak` states its unit.",
    hint=f"`time_below_peak` counts rows, and each row is a month. State the unit in a docstring: a string in triple quotes, on the first line of the function's body. Its docstring {shown('time_below_peak')}",
)
expect(
    lambda: unchanged(),
    "No value has changed.",
    hint="A value has changed. Change only the docstrings: the code already determines the units.",
)
