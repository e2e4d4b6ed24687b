cities = ("seattle", "san_francisco")


def expected(city, base):
    return float((base - value(f"{city}.daily")).clip(lower=0).sum())


assert all(f"{city}.heating" in nodes for city in cities), (
    "Keep the subdags of both cities. Change only what `base` is bound to."
)
unbound = sorted(
    name
    for name in upstream("seattle.heating") | upstream("san_francisco.heating")
    if node(name).kind == "input" and name != "room"
)
assert not unbound, (
    f"The subdags need `{unbound[0]}`, but no function computes it. Bind `base` in "
    "`inputs` to `source(...)` with the name of the node `comfort`."
)
in_celsius = [
    city
    for city in cities
    if "room" in upstream(f"{city}.heating")
    and "comfort" not in upstream(f"{city}.heating")
]
assert not in_celsius, (
    "`base` receives `room`, which is in °C. The temperatures are in °F: bind `base` "
    "to the node `comfort`."
)
apart = [city for city in cities if not depends(f"{city}.heating", "comfort")]
expect(
    not apart,
    "Both cities depend on `comfort`.",
    hint=f'{" and ".join(f"`{city}`" for city in apart)} should depend on the node `comfort`. Bind `base` to `source("comfort")`, for both cities.',
)
tried = run(list(cities), overrides={"comfort": 50.0})
wrong = [city for city in cities if not same(tried[city], expected(city, 50.0))]
expect(
    not wrong,
    "With a `comfort` of 50 °F, both cities sum the degrees below 50 °F.",
    hint=f"The check set `comfort` to 50 °F. `{wrong[0] if wrong else ''}` should then sum the degrees below 50 °F.",
)
warm = run(list(cities), inputs={"room": 20.0})
expect(
    all(same(warm[city], expected(city, 68.0)) for city in cities),
    "With a `room` of 20 °C, both cities sum the degrees below 68 °F.",
    hint="The check set `room` to 20 °C, which is 68 °F. Both cities should then sum the degrees below 68 °F.",
)
expect(
    lambda: (
        same(value("comfort"), 64.4)
        and len({node(city).function for city in cities}) == 1
    ),
    "`comfort` is still 64.4 °F, and one function defines both cities.",
    hint="`comfort` should still be 64.4 °F, and one function should define both cities. Change only what `base` is bound to.",
)
