sample = value("flights").iloc[:3]
sample = sample.assign(
    carrier=["UA", "UA", "AA"], arr_delay=[4.0, 6.0, 30.0], dep_delay=0.0
)
assert "delay" in nodes and "carrier" in nodes, (
    "Keep the functions `carrier` and `delay`, and change their types and the body of `delay`."
)
found = value("delay")
is_nested = isinstance(found, list) and any(
    isinstance(item, list) for item in found
)
assert not is_nested, (
    "`delay` returns a list for each airline. It is called once per airline, so "
    "return one number."
)
try:
    result = call("delay", "UA", sample)
except AssertionError:
    raise
except Exception:
    result = None
is_number = isinstance(result, (int, float))
expect(
    is_number and same(float(result), 5.0),
    "`delay` computes the mean delay of one airline.",
    hint=f"For two flights of UA with delays of 4 and 6 minutes, and one of AA with 30, `delay` should be 5.0 for UA, but it is {result}."
    if is_number
    else "`delay` should take the code of one airline and return one number, but it still needs all codes. Remove the loop, and change `carrier` to return `Parallelizable[str]`.",
)
expect(
    lambda: isinstance(found, list) and len(found) == 9,
    "`delay` is called for each of the 9 airlines.",
    hint="`delay` should be called for each of the 9 airlines. Give `carrier` the return annotation `Parallelizable[str]`.",
)
expect(
    lambda: reads("delay", "carrier") and reads("delay", "flights"),
    "`delay` depends on `carrier` and `flights`.",
    hint="`delay` should depend on `carrier` and `flights`. Keep both parameters.",
)
expect(
    lambda: list(value("carrier")) == start.value("carrier"),
    "`carrier` has the same elements as before.",
    hint="`carrier` should have the same elements as before. Change only its return type.",
)
expect(
    lambda: same(found, start.value("delay")),
    "The delays are the same as before.",
    hint="The delays should be the same as before, rounded to one decimal place.",
)
