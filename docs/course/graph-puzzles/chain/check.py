check_puzzle(
    {"minutes": ["seconds"], "hours": ["minutes"], "days": ["hours"]},
    values={"minutes": 10080, "hours": 168, "days": 7},
    functions=3,
)
expect(
    lambda: same(run(["days"], inputs={"seconds": 86400})["days"], 1),
    "`days` is 1 if `seconds` is 86400.",
    hint="`days` should be 1 if `seconds` is 86400. Compute it from `hours`.",
)
