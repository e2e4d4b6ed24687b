check_puzzle(
    {
        "shipping": ["kilograms"],
        "insurance": ["kilograms"],
        "price": ["shipping", "insurance"],
    },
    values={"price": 12},
    functions=2,
)
expect(
    lambda: same(run(["price"], inputs={"kilograms": 8.0})["price"], 24),
    "`price` is 24 if `kilograms` is 8.",
    hint="`price` should be 24 if `kilograms` is 8.",
)
parts = [name for name in nodes if name not in ("kilograms", "price")]
expect(
    lambda: same(sorted(value(name) for name in parts), [2, 10]),
    "The nodes in the middle are 10 and 2.",
    hint=lambda: (
        "The nodes in the middle should be 10 and 2: 4 kg at 2.50 and 0.50 dollars per kg. But "
        + " and ".join(f"`{name}` is {value(name)}" for name in sorted(parts))
        + "."
    ),
)
