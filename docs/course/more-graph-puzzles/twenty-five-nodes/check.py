months = range(1, 13)
rain = {f"rain_{month}": [] for month in months}
sums = {
    f"sum_{month}": [f"rain_{month}"]
    + ([f"sum_{month - 1}"] if month > 1 else [])
    for month in months
}
check_puzzle(
    {**rain, **sums, "report": [*rain, "sum_12"]},
    values={
        "sum_6": 390,
        "sum_12": 780,
        "report": "780 mm, at most 115 mm in a month",
    },
    functions=3,
)
