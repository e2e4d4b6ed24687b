assert depends("warm_days", on="warm"), (
    "`warm_days` must depend on an input called `warm`. Give the function that parameter, "
    "with a default of 20.0."
)
assert node("warm").kind == "input", (
    "A function computes `warm`, so it is not an input. Remove that function, and give the "
    "parameter of `warm_days` a default instead."
)
assert not any(problem.kind == "MissingInput" for problem in problems), (
    "`warm` has no value. Give the parameter a default: `warm: float = 20.0`."
)
count = run(["warm_days"])["warm_days"]
temps = value("temp_mean")
expected = int((temps > 20).sum())
assert count == expected, (
    f"With the default, `warm_days` should still be {expected}, but it is {count}."
)
for warm in (25.0, 10.0):
    expected = int((temps > warm).sum())
    count = run(["warm_days"], inputs={"warm": warm})["warm_days"]
    assert count == expected, (
        f"With the input `warm={warm}`, `warm_days` should be {expected}, but it is {count}. "
        "Compare `temp_mean` with `warm` instead of a number."
    )
