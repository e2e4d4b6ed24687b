check_puzzle(
    {"small": ["bill"], "usual": ["bill"], "large": ["bill"]},
    values={"small": 4, "usual": 6, "large": 10},
    functions=1,
)
expect(
    lambda: same(run(["large"], inputs={"bill": 80.0})["large"], 20),
    "`large` is 20 if `bill` is 80.",
    hint="`large` should be 20 if `bill` is 80. Multiply `bill` by the percentage.",
)
